/*
 * What a request needs, in one place, made empty for each.  site is the
 * process's and read-only after the start (the store and the secret guard
 * themselves); the rest belongs to the thread.
 */
#ifndef CTX_H
#define CTX_H

#include "conf.h"
#include "request.h"
#include "response.h"
#include "secret.h"
#include "setting.h"
#include "store.h"
#include "theme.h"
#include "user.h"

struct site {
	struct conf conf;
	struct store *store;
	struct secret *secret;
	struct theme *theme;
};

/* What the guard of a form that anybody may send found. */
enum stamp { STAMP_NONE, STAMP_GOOD, STAMP_OLD, STAMP_WRONG };

struct ctx {
	const struct site *site;
	/* the thread's */
	struct arena *a;
	struct db *pub;
	struct db *staff;
	struct buf body, answer;
	/* the request's */
	const struct exchange *x;
	struct request req;
	struct response res;
	struct settings set;
	int64_t now;
	enum lang lang;	   /* of the page */
	struct user user;  /* id 0: a visitor */
	struct str token;  /* of the session, or empty */
	enum stamp stamp;
	uint64_t arg;	   /* the number in the route's pattern */
	struct str rest;   /* what '*' in the pattern stands for */
};

#endif
