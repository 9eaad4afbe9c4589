/*
 * Threads that each accept a connection, answer one request and close it:
 * the simplest transport that is right with every web server.  Connections
 * are not kept: a libfcgi thread belongs to its kept connection even while
 * that is idle, so a few idle ones would starve everybody else.
 *
 * The body is read to its end on every path, because a peer that is still
 * sending when the connection closes may lose the answer.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <fcgiapp.h>

#include "fcgi.h"
#include "log.h"

#define BACKLOG 1024

/* What is still read of a body nobody wanted. */
#define DRAIN_BYTES (64 * 1024 * 1024)

/* How long threads may take to finish after SIGTERM. */
#define DRAIN_S 10

/* ---- FastCGI --------------------------------------------------------------- */

static const char *
fcgi_param(const struct exchange *x, const char *name)
{
	FCGX_Request *r = x->io;

	return FCGX_GetParam(name, r->envp);
}

static size_t
fcgi_read(const struct exchange *x, char *to, size_t n)
{
	FCGX_Request *r = x->io;
	int got = FCGX_GetStr(to, n > INT32_MAX ? INT32_MAX : (int)n, r->in);

	return got > 0 ? (size_t)got : 0;
}

static enum err
fcgi_write(const struct exchange *x, struct str answer)
{
	FCGX_Request *r = x->io;

	while (answer.n > 0) {
		int part = answer.n > INT32_MAX ? INT32_MAX : (int)answer.n;

		if (FCGX_PutStr(answer.p, part, r->out) != part)
			return ERR_GONE;
		answer.p += part;
		answer.n -= (size_t)part;
	}
	return OK;
}

static void
drain(FCGX_Request *r)
{
	char waste[16 * 1024];
	size_t left = DRAIN_BYTES;
	int n;

	while (left > 0 &&
	    (n = FCGX_GetStr(waste, sizeof(waste), r->in)) > 0)
		left -= (size_t)n < left ? (size_t)n : left;
}

struct thread {
	const struct fcgi_server *server;
	int fd;
	pthread_t id;
	atomic_bool ended, failed;
	/* one for all threads */
	atomic_bool *stopping;
};

/* Out of descriptors, or a peer that broke the protocol: the next connection
 * may be better, but not at once. */
static void
after_failure(void)
{
	const struct timespec pause = { .tv_nsec = 20 * 1000 * 1000 };

	nanosleep(&pause, NULL);
}

static void *
run(void *arg)
{
	struct thread *t = arg;
	void *own = t->server->enter(t->server->arg);
	FCGX_Request r;
	struct exchange x = { fcgi_param, fcgi_read, fcgi_write, &r };

	if (own == NULL || FCGX_InitRequest(&r, t->fd,
			       FCGI_FAIL_ACCEPT_ON_INTR) != 0) {
		atomic_store(&t->failed, true);
		atomic_store(&t->ended, true);
		return NULL;
	}
	while (!atomic_load(t->stopping)) {
		if (FCGX_Accept_r(&r) != 0) {
			after_failure();
			continue;
		}
		r.keepConnection = 0;
		t->server->answer(own, &x);
		drain(&r);
		FCGX_Finish_r(&r);
	}
	FCGX_Free(&r, 1);
	t->server->leave(own);
	atomic_store(&t->ended, true);
	return NULL;
}

/* ---- threads and signals ------------------------------------------------------- */

static void
on_wake(int sig)
{
	/* Only there so that a blocking accept(2) returns EINTR. */
	(void)sig;
}

static void
block_signals(sigset_t *set)
{
	struct sigaction wake = { .sa_handler = on_wake };
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	sigemptyset(&wake.sa_mask);
	sigemptyset(&ignore.sa_mask);
	sigaction(SIGUSR2, &wake, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGCHLD);
	pthread_sigmask(SIG_BLOCK, set, NULL);
}

static bool
any_failed(struct thread *t, int n)
{
	for (int i = 0; i < n; i++)
		if (atomic_load(&t[i].failed))
			return true;
	return false;
}

/* Until a signal, or a thread that could not begin. */
static bool
wait_for_end(const sigset_t *set, struct thread *t, int n)
{
	const struct timespec tick = { .tv_nsec = 200 * 1000 * 1000 };

	for (;;) {
		int sig = sigtimedwait(set, NULL, &tick);

		if (any_failed(t, n))
			return false;
		if (sig == SIGTERM || sig == SIGINT)
			return true;
	}
}

/* A thread may be just before accept(2) when the signal comes, so it is sent
 * until the thread has ended.  A request that takes longer than DRAIN_S is
 * left: nothing of the process may be freed under it. */
static void
end_threads(struct thread *t, int n, atomic_bool *stopping)
{
	const struct timespec pause = { .tv_nsec = 10 * 1000 * 1000 };
	int64_t tries = DRAIN_S * 100;

	atomic_store(stopping, true);
	FCGX_ShutdownPending();
	for (int i = 0; i < n; i++) {
		while (!atomic_load(&t[i].ended) && tries-- > 0) {
			pthread_kill(t[i].id, SIGUSR2);
			nanosleep(&pause, NULL);
		}
		if (!atomic_load(&t[i].ended)) {
			log_line(LOG_WARN, "left a request unfinished");
			_exit(0);
		}
		pthread_join(t[i].id, NULL);
	}
}

enum err
fcgi_serve(const struct fcgi_server *s, int fd)
{
	struct thread *t = xmalloc((size_t)s->threads * sizeof(*t));
	atomic_bool *stopping = xmalloc(sizeof(*stopping));
	sigset_t set;
	int n;
	bool ok = true;

	block_signals(&set);
	atomic_init(stopping, false);
	if (FCGX_Init() != 0) {
		free(t);
		free(stopping);
		return ERR_CONFIG;
	}
	for (n = 0; n < s->threads && ok; n++) {
		t[n].server = s;
		t[n].fd = fd;
		t[n].stopping = stopping;
		atomic_init(&t[n].ended, false);
		atomic_init(&t[n].failed, false);
		ok = pthread_create(&t[n].id, NULL, run, &t[n]) == 0;
	}
	if (!ok) {
		n--;
		log_line(LOG_ERROR, "cannot start %d threads", s->threads);
	} else {
		ok = wait_for_end(&set, t, n);
	}
	end_threads(t, n, stopping);
	free(t);
	free(stopping);
	return ok ? OK : ERR_CONFIG;
}

/* ---- sockets -------------------------------------------------------------------- */

static bool
somebody_listens(const struct sockaddr_un *addr)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool yes;

	if (fd < 0)
		return false;
	yes = connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) == 0;
	close(fd);
	return yes;
}

enum err
fcgi_listen(struct arena *a, const char *path, int *out, const char **why)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	struct stat st;
	mode_t mask;
	int fd;

	if (strlen(path) >= sizeof(addr.sun_path)) {
		*why = arena_printf(a, "%s: longer than %zu bytes", path,
		    sizeof(addr.sun_path) - 1)
			   .p;
		return ERR_CONFIG;
	}
	memcpy(addr.sun_path, path, strlen(path) + 1);
	if (somebody_listens(&addr)) {
		*why = arena_printf(a,
		    "%s: another program is listening on this socket", path)
			   .p;
		return ERR_CONFLICT;
	}
	if (lstat(path, &st) == 0 && S_ISSOCK(st.st_mode))
		unlink(path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	/* Only the owner and the web server's group may connect. */
	mask = umask(0117);
	if (fd < 0 ||
	    bind(fd, (struct sockaddr *)&addr, sizeof(addr)) != 0 ||
	    listen(fd, BACKLOG) != 0) {
		*why = arena_printf(a, "%s: %s", path, strerror(errno)).p;
		umask(mask);
		if (fd >= 0)
			close(fd);
		return ERR_CONFIG;
	}
	umask(mask);
	*out = fd;
	return OK;
}

/* ---- plain CGI -------------------------------------------------------------------- */

bool
fcgi_is_cgi(void)
{
	struct sockaddr_storage peer;
	socklen_t n = sizeof(peer);

	/* FastCGI's own test (specification 2.2): a listening socket has no
	 * peer. */
	if (getpeername(STDIN_FILENO, (struct sockaddr *)&peer, &n) == 0)
		return true;
	return errno != ENOTCONN;
}

static const char *
cgi_param(const struct exchange *x, const char *name)
{
	(void)x;
	return getenv(name);
}

static size_t
cgi_read(const struct exchange *x, char *to, size_t n)
{
	ssize_t got;

	(void)x;
	do
		got = read(STDIN_FILENO, to, n);
	while (got < 0 && errno == EINTR);
	return got > 0 ? (size_t)got : 0;
}

static enum err
cgi_write(const struct exchange *x, struct str answer)
{
	(void)x;
	while (answer.n > 0) {
		ssize_t n = write(STDOUT_FILENO, answer.p, answer.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return ERR_GONE;
		answer.p += n;
		answer.n -= (size_t)n;
	}
	return OK;
}

enum err
fcgi_serve_cgi(const struct fcgi_server *s)
{
	struct exchange x = { cgi_param, cgi_read, cgi_write, NULL };
	void *own = s->enter(s->arg);

	if (own == NULL)
		return ERR_CONFIG;
	s->answer(own, &x);
	s->leave(own);
	return OK;
}
