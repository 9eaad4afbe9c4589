/*
 * The answer.  It is built whole and then sent, so that a failure on the way
 * can still become an error page.
 */
#ifndef RESPONSE_H
#define RESPONSE_H

#include "arena.h"
#include "base.h"

struct ctx;

enum cache {
	/* Personal: a cookie, a token or a form's text went into it. The
	 * default: forgetting to choose must not leak. */
	CACHE_PRIVATE,
	/* The same for everybody; asked again each time, answered with 304. */
	CACHE_PUBLIC,
	/* Never changes under its address. */
	CACHE_IMMUTABLE,
};

#define COOKIES_MAX 2

struct response {
	int status;
	const char *type;
	enum cache cache;
	bool noindex;
	/* May be shown inside nothing and may do nothing: for media. */
	bool sandbox;
	struct str location; /* path below the base, or empty */
	struct str etag;     /* with its quotes, or empty */
	const char *allow;   /* methods, for 405 */
	int retry_after_s;   /* 0: not said */
	struct str cookie[COOKIES_MAX];
	size_t ncookies;
	/* NULL: the thread's body buffer */
	const struct str *bytes;
};

/* Empty, 200, private HTML. */
void response_begin(struct ctx *c);

/* 303 to a path below the base, with its query. */
enum err response_see_other(struct ctx *c, struct str path) MUST_CHECK;

/* 301 to a path below the base, with the query that was asked with. */
enum err response_moved(struct ctx *c, struct str path) MUST_CHECK;

/*
 * A public page made of these parts (program, theme, page and versions): is
 * what the client has still right?  Then the answer is a 304 and the handler
 * is done.
 */
bool response_fresh(struct ctx *c, struct str parts);

/* Set a cookie for the whole host; empty value: remove it. HttpOnly,
 * SameSite=Lax, Secure as the site's address says. max_age_s 0: as long as
 * the browser runs. */
void response_cookie(struct ctx *c, const char *name, struct str value,
    int max_age_s);

/* A cookie's name as browsers protect it: "__Host-" in front on https. */
const char *response_cookie_name(const struct ctx *c, const char *name);

/* The status for an error value; log says whether an operator cares. */
int response_status(enum err e);

/* Header and body in one write. */
enum err response_send(struct ctx *c) MUST_CHECK;

/* "Not Found". Static. */
const char *response_reason(int status);

#endif
