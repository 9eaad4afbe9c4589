/*
 * The transport: requests come in over FastCGI, or one of them over plain
 * CGI, and leave as one piece.  Everything about libfcgi, sockets, threads
 * and signals is in fcgi.c.
 */
#ifndef FCGI_H
#define FCGI_H

#include "arena.h"
#include "base.h"

/* One request, while it is being answered. */
struct exchange {
	/* A variable of RFC 3875 or FastCGI; NULL when the server did not
	 * send it.  Borrowed until the exchange ends. */
	const char *(*param)(const struct exchange *x, const char *name);
	/* Up to n bytes of the body; 0 at its end. */
	size_t (*read)(const struct exchange *x, char *to, size_t n);
	/* The whole answer, header and body, once. ERR_GONE. */
	enum err (*write)(const struct exchange *x, struct str answer);
	void *io;
};

struct fcgi_server {
	int threads;
	/* Called once in each thread; NULL ends the program. */
	void *(*enter)(void *arg);
	void (*answer)(void *thread, const struct exchange *x);
	void (*leave)(void *thread);
	void *arg;
};

/* Was the program started as plain CGI: no socket on descriptor 0? */
bool fcgi_is_cgi(void);

/* A listening Unix socket, mode 0660.  A stale one is replaced; ERR_CONFLICT
 * when another program listens on it.  *why (in a) otherwise. */
enum err fcgi_listen(struct arena *a, const char *path, int *fd,
    const char **why) MUST_CHECK;

/*
 * Answer requests on the listening socket fd until SIGTERM or SIGINT; then
 * finish those at work and return.  ERR_CONFIG when a thread cannot start.
 */
enum err fcgi_serve(const struct fcgi_server *s, int fd) MUST_CHECK;

/* Answer the one request of plain CGI. */
enum err fcgi_serve_cgi(const struct fcgi_server *s) MUST_CHECK;

#endif
