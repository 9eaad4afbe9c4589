/*
 * The web server's side of FastCGI, for tests: one request goes out, one
 * answer comes back.  Written from the protocol, without libfcgi, so that the
 * two ends of a test do not share their mistakes.
 */
#ifndef CLIENT_H
#define CLIENT_H

#include "arena.h"
#include "base.h"
#include "buf.h"

#define CLIENT_MAX_BYTES (64 * 1024 * 1024)

struct pair {
	struct str name, value;
};

struct pairs {
	struct pair *v;
	size_t n;
};

/* Append a copy of the pair; the strings themselves are borrowed. */
void pairs_add(
    struct arena *a, struct pairs *p, struct str name, struct str value);

/* The first value of that name (ASCII case ignored), or NULL. */
const struct str *pairs_get(const struct pairs *p, struct str name);

/* "name<sep>value" cut at the first sep; without one the value is empty. */
struct pair pair_split(struct str s, char sep);

/* ASCII case-insensitive equality: header, element and attribute names. */
bool str_eq_nocase(struct str a, struct str b);

struct client_request {
	const char *method;
	struct str uri;    /* as in the request line, sent unchanged */
	struct str host;   /* Host header; port after a colon */
	struct str remote; /* REMOTE_ADDR */
	bool https;
	bool keep; /* ask the responder to keep the connection */
	int timeout_s;
	struct pairs headers; /* an empty value takes the header away */
	struct pairs params;  /* set last: anything may be overwritten */
	struct str type;      /* Content-Type; empty: there is no body */
	struct str body;
};

struct client_answer {
	int status;
	struct str reason; /* the words behind the number */
	struct pairs headers;
	struct str body;
	struct str errors; /* what came as FCGI_STDERR */
	int protocol_status;
};

/* A connected Unix socket, or -1 and errno. */
int client_connect(const char *path);

/* The records of one request, ready to be sent. */
struct str client_records(struct arena *a, const struct client_request *r);

/*
 * Send the request on fd and read its answer, both at once: a responder may
 * begin to answer before it has read everything.
 * Returns NULL, or what went wrong; strings of *out live in `a`.
 */
const char *client_exchange(struct arena *a, int fd,
    const struct client_request *r, struct client_answer *out) MUST_CHECK;

/*
 * Send bytes as they are, close the sending side, and collect whatever comes
 * back until the peer closes or timeout_s is over (that is no error).
 */
const char *client_raw(struct arena *a, int fd, struct str bytes, int timeout_s,
    struct str *out) MUST_CHECK;

/*
 * Cut the bytes of FCGI_STDOUT into status, headers and body (RFC 3875, 6).
 * Returns NULL, or what is malformed.
 */
const char *client_parse(
    struct arena *a, struct str out, struct client_answer *ans) MUST_CHECK;

#endif
