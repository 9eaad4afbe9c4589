/*
 * balas.fcgi: opens the blog, checks that everything it needs is there, and
 * answers requests.
 */
#include "config.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "date.h"
#include "fcgi.h"
#include "log.h"
#include "page.h"
#include "route.h"

/* The largest page: an article of 2 MiB and its thread. */
#define BODY_MAX_BYTES	 (64 * 1024 * 1024)
#define ANSWER_MAX_BYTES (BODY_MAX_BYTES + 64 * 1024)

static int
exit_code(enum err e)
{
	switch (e) {
	case OK:
		return EX_OK;
	case ERR_CONFIG:
		return EX_CONFIG;
	case ERR_CONFLICT:
	case ERR_BUSY:
		return EX_TEMPFAIL;
	default:
		return EX_IOERR;
	}
}

/* ---- a thread ------------------------------------------------------------------- */

static enum err
open_handles(struct ctx *c, const char **why)
{
	const char *path = store_path(c->site->store);
	enum err e = db_open(c->a, path, DB_PUBLIC, &c->pub, why);

	if (e == OK)
		e = db_open(c->a, path, DB_STAFF, &c->staff, why);
	return e;
}

static void
leave(void *thread)
{
	struct ctx *c = thread;

	db_close(c->pub);
	db_close(c->staff);
	buf_free(&c->body);
	buf_free(&c->answer);
	arena_free(c->a);
	free(c);
}

static void *
enter(void *arg)
{
	struct ctx *c = xmalloc(sizeof(*c));
	const char *why;

	memset(c, 0, sizeof(*c));
	c->site = arg;
	c->a = arena_new();
	c->body = buf_new(BODY_MAX_BYTES);
	c->answer = buf_new(ANSWER_MAX_BYTES);
	if (open_handles(c, &why) != OK) {
		log_line(LOG_ERROR, "%s", why);
		leave(c);
		return NULL;
	}
	return c;
}

/* A path may hold an address somebody typed into the bar. */
static const char *
log_path(struct ctx *c)
{
	if (str_find(c->req.path, '@', 0) < c->req.path.n)
		return "(withheld)";
	return log_safe(c->a, c->req.path, 200);
}

static void
log_request(struct ctx *c, const struct timespec *from)
{
	static const char *const methods[] = {
		[METHOD_GET] = "GET",
		[METHOD_HEAD] = "HEAD",
		[METHOD_POST] = "POST",
		[METHOD_OTHER] = "other",
	};
	struct timespec to;
	long us;

	clock_gettime(CLOCK_MONOTONIC, &to);
	us = (to.tv_sec - from->tv_sec) * 1000000 +
	    (to.tv_nsec - from->tv_nsec) / 1000;
	log_line(LOG_INFO, "%s %s %d %zu %ldus", methods[c->req.method],
	    log_path(c), c->res.status, c->answer.n, us);
}

static enum err
answer_request(struct ctx *c)
{
	enum err e = request_read(c->a, &c->site->conf, c->x, &c->req);
	enum err loaded;

	/* Without settings even an error page needs their defaults. */
	loaded = setting_load(c->pub, c->a, &c->set);
	c->lang = c->set.lang;
	if (e == OK)
		e = loaded;
	return e == OK ? route_request(c) : page_error(c, e);
}

static void
answer(void *thread, const struct exchange *x)
{
	struct ctx *c = thread;
	struct timespec from;
	enum err e;

	clock_gettime(CLOCK_MONOTONIC, &from);
	arena_reset(c->a);
	c->x = x;
	c->now = (int64_t)time(NULL);
	c->user = (struct user){ 0 };
	c->token = (struct str){ "", 0 };
	c->stamp = STAMP_NONE;
	c->arg = 0;
	c->rest = (struct str){ "", 0 };
	c->set = (struct settings){ .title = STR("Balas") };
	response_begin(c);
	if ((e = answer_request(c)) == OK)
		e = response_send(c);
	if (e != ERR_GONE)
		log_request(c, &from);
}

/* ---- the process ------------------------------------------------------------------ */

struct options {
	const char *dir, *socket;
};

static void
usage(FILE *to)
{
	fputs("usage: balas.fcgi [-d DIR] [-s SOCKET]\n"
	      "\n"
	      "Serves the blog in DIR (default $BALAS_DIR, then "
	      "" BALAS_DATADIR ")\n"
	      "over FastCGI on descriptor 0, or on the Unix socket SOCKET, or "
	      "answers one\n"
	      "request when it is started as plain CGI.\n",
	    to);
}

static bool
read_options(int argc, char **argv, struct options *o, int *code)
{
	static const struct option longs[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	*code = EX_OK;
	while ((c = getopt_long(argc, argv, "d:s:hV", longs, NULL)) != -1) {
		switch (c) {
		case 'd':
			o->dir = optarg;
			break;
		case 's':
			o->socket = optarg;
			break;
		case 'h':
			usage(stdout);
			return false;
		case 'V':
			printf("balas %s, %s\n", PACKAGE_VERSION,
			    db_engine());
			return false;
		default:
			usage(stderr);
			*code = EX_USAGE;
			return false;
		}
	}
	if (optind == argc)
		return true;
	usage(stderr);
	*code = EX_USAGE;
	return false;
}

/* The zone is the site's and belongs to the process. */
static enum err
set_zone(struct arena *a, struct store *store, const char **why)
{
	struct settings set;
	struct db *pub;
	enum err e = db_open(a, store_path(store), DB_PUBLIC, &pub, why);

	if (e != OK)
		return e;
	if ((e = setting_load(pub, a, &set)) != OK)
		*why = "cannot read the settings";
	else if ((e = date_set_zone(set.time_zone.p)) != OK)
		*why = arena_printf(a,
		    "%s: time zone '%s' is not in the zone database; install "
		    "tzdata or set another with 'balas setting set "
		    "time_zone ZONE'",
		    store_path(store), log_safe(a, set.time_zone, 60))
			   .p;
	db_close(pub);
	return e;
}

static enum err
site_open(struct arena *a, const char *dir, struct site *site,
    const char **why)
{
	enum err e = conf_load(a, dir, &site->conf, why);

	if (e == OK)
		e = secret_load(a, site->conf.key, site->conf.lock,
		    &site->secret, why);
	if (e == OK)
		e = theme_load(a, &site->conf, &site->theme, why);
	if (e == OK)
		e = store_open(a, site->conf.db, site->secret,
		    &site->store, why);
	if (e == OK)
		e = set_zone(a, site->store, why);
	return e;
}

static void
site_close(struct site *site)
{
	store_close(site->store);
	theme_free(site->theme);
	secret_free(site->secret);
}

static enum err
serve(struct arena *a, const struct site *site, const char *socket,
    const char **why)
{
	struct fcgi_server server = {
		.threads = site->conf.threads,
		.enter = enter,
		.answer = answer,
		.leave = leave,
		.arg = (void *)(uintptr_t)site,
	};
	int fd = STDIN_FILENO;
	enum err e;

	if (socket == NULL && fcgi_is_cgi()) {
		if (getenv("REQUEST_METHOD") != NULL)
			return fcgi_serve_cgi(&server);
		*why = "descriptor 0 is no listening socket; start it from a "
		       "web server, or with -s SOCKET";
		return ERR_CONFIG;
	}
	if (socket != NULL && (e = fcgi_listen(a, socket, &fd, why)) != OK)
		return e;
	log_line(LOG_INFO, "serving %.*s", (int)site->conf.url.n,
	    site->conf.url.p);
	e = fcgi_serve(&server, fd);
	if (socket != NULL)
		unlink(socket);
	*why = "stopped";
	return e;
}

int
main(int argc, char **argv)
{
	struct options o = { NULL, NULL };
	struct site site = { 0 };
	struct arena *a;
	const char *why = "";
	int code;
	enum err e;

	if (!read_options(argc, argv, &o, &code))
		return code;
	if (!routes_ok())
		return EX_SOFTWARE;
	a = arena_new();
	if ((e = site_open(a, conf_dir(o.dir), &site, &why)) == OK)
		e = serve(a, &site, o.socket, &why);
	if (e != OK)
		log_line(LOG_ERROR, "%s", why);
	site_close(&site);
	arena_free(a);
	return exit_code(e);
}
