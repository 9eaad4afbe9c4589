/*
 * From a request to its handler, through the guards its row asks for.
 */
#ifndef ROUTE_H
#define ROUTE_H

#include "ctx.h"

/* Who may send a form to a row. */
enum guard {
	GUARD_NONE, /* rows that change nothing */
	/* A stamp for the article in the path: anybody who has read the form.
	 * What it found is in ctx.stamp: the text of a late form is not to be
	 * lost, so the handler answers. */
	GUARD_STAMP,
	/* The sign-in form's token, the same way. */
	GUARD_LOGIN,
	/* The session's token: refused here. */
	GUARD_CSRF,
};

struct route {
	enum method method; /* METHOD_GET serves HEAD too */
	/* "/c/:n": ":n" is a number for ctx.arg, a last "*" anything, the
	 * rest stands for itself. */
	const char *pattern;
	enum err (*handler)(struct ctx *c);
	enum capability wants;
	enum guard guard;
	size_t body_max_bytes;
};

/* The site map (routes.c), ending with a row without a handler. */
extern const struct route routes[];

/* Is the table sound?  Names the first bad row on standard error. */
bool routes_ok(void) MUST_CHECK;

/* Answer the request in c->req: guards, handler, error page.  Returns only
 * what the error page, too, could not do. */
enum err route_request(struct ctx *c) MUST_CHECK;

#endif
