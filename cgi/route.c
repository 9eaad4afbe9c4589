#include "config.h"

#include "log.h"
#include "page.h"
#include "route.h"
#include "session.h"

/* ---- finding the row ----------------------------------------------------------- */

/* One segment of pattern and path, from *i and *k to the next '/'. */
static struct str
segment(struct str s, size_t *i)
{
	size_t end = str_find(s, '/', *i);
	struct str part = str_sub(s, *i, end);

	*i = end + 1;
	return part;
}

static bool
matches(const char *pattern, struct str path, uint64_t *arg, struct str *rest)
{
	struct str p = str_c(pattern);
	size_t i = 0, k = 0;

	while (i <= p.n) {
		struct str want = segment(p, &i), got;

		if (str_eq(want, STR("*"))) {
			*rest = str_sub(path, k, path.n);
			return true;
		}
		if (k > path.n)
			return false;
		got = segment(path, &k);
		if (str_eq(want, STR(":n"))) {
			if (!str_u64(got, INT64_MAX, arg))
				return false;
		} else if (!str_eq(want, got)) {
			return false;
		}
	}
	return k > path.n;
}

static bool
serves(const struct route *r, enum method m)
{
	return r->method == m ||
	    (r->method == METHOD_GET && m == METHOD_HEAD);
}

static bool
takes_all(const struct route *r)
{
	return strcmp(r->pattern, "/*") == 0;
}

/* The row, or NULL; *allow then tells what the address can do.  The last row
 * takes any path, but not one that a row before it knows. */
static const struct route *
find(struct ctx *c, const char **allow)
{
	bool get = false, post = false;

	for (const struct route *r = routes; r->handler != NULL; r++) {
		if ((takes_all(r) && (get || post)) ||
		    !matches(r->pattern, c->req.path, &c->arg, &c->rest))
			continue;
		if (serves(r, c->req.method))
			return r;
		get = get || r->method == METHOD_GET;
		post = post || r->method == METHOD_POST;
	}
	*allow = get && post ? "GET, HEAD, POST" :
	    get		     ? "GET, HEAD" :
			       "POST";
	return NULL;
}

/* ---- guards ---------------------------------------------------------------------- */

static enum err
guard_session(struct ctx *c)
{
	struct str token = cookie_get(c->req.cookies,
	    response_cookie_name(c, "balas"));
	enum err e;

	if (token.n == 0)
		return OK;
	e = session_user(c->site->store, c->staff, c->a, token, c->now,
	    &c->user);
	if (e == OK)
		c->token = token;
	return e == ERR_NOTFOUND ? OK : e;
}

/* A browser says where a form was; the page came from our address, or from
 * the host that was asked for (both names of a machine will do). */
static bool
foreign_origin(const struct ctx *c)
{
	struct str origin = c->req.origin, host;

	if (origin.n == 0 || str_eq(origin, c->site->conf.origin))
		return false;
	host = str_starts(origin, STR("https://")) ?
	    str_sub(origin, 8, origin.n) :
	    str_sub(origin, 7, origin.n);
	return host.n == 0 || !str_eq(host, c->req.host);
}

static enum stamp
check_stamp(struct ctx *c, enum token_purpose purpose, struct str object)
{
	struct str token;

	/* "null" is what some browsers send for privacy; nothing is done in
	 * a visitor's name that he could not do himself. */
	if (foreign_origin(c) && !str_eq(c->req.origin, STR("null")))
		return STAMP_WRONG;
	if (field_one(&c->req.form, "stamp", &token) != OK)
		return STAMP_WRONG;
	switch (token_check(c->site->secret, purpose, object, token, c->now)) {
	case TOKEN_OK:
		return STAMP_GOOD;
	case TOKEN_EXPIRED:
		return STAMP_OLD;
	case TOKEN_BAD:
		break;
	}
	return STAMP_WRONG;
}

static enum err
guard_csrf(struct ctx *c)
{
	struct str token;
	enum err e = field_one(&c->req.form, "csrf", &token);

	if (e != OK)
		return e;
	if (foreign_origin(c) ||
	    token_check(c->site->secret, TOKEN_CSRF, c->token, token,
		c->now) != TOKEN_OK) {
		log_line(LOG_WARN, "a form without its token was refused");
		return ERR_DENIED;
	}
	return OK;
}

static enum err
guard_form(struct ctx *c, const struct route *r)
{
	switch (r->guard) {
	case GUARD_NONE:
		break;
	case GUARD_STAMP:
		c->stamp = check_stamp(c, TOKEN_STAMP,
		    arena_printf(c->a, "%llu", (unsigned long long)c->arg));
		break;
	case GUARD_LOGIN:
		c->stamp = check_stamp(c, TOKEN_LOGIN, STR("login"));
		break;
	case GUARD_CSRF:
		return guard_csrf(c);
	}
	return OK;
}

/* size -> session -> capability -> origin and token */
static enum err
guards(struct ctx *c, const struct route *r)
{
	enum err e = OK;

	if (r->method == METHOD_POST)
		e = request_body(c->a, c->x, r->body_max_bytes, &c->req);
	if (e == OK)
		e = guard_session(c);
	if (e != OK)
		return e;
	if (r->wants != CAN_NOTHING && c->user.id == 0 &&
	    r->method == METHOD_GET)
		return page_login_first(c);
	if (!user_can(&c->user, r->wants))
		return ERR_DENIED;
	return guard_form(c, r);
}

/* ---- answering --------------------------------------------------------------------- */

static bool
may_redirect(const struct ctx *c)
{
	return c->req.method == METHOD_GET || c->req.method == METHOD_HEAD;
}

static struct str
other_slash(struct ctx *c, struct str path)
{
	if (path.p[path.n - 1] == '/')
		return str_sub(path, 0, path.n - 1);
	return arena_printf(c->a, "%.*s/", (int)path.n, path.p);
}

/* Is there a page at this path with a slash at its end, or without? */
static bool
known_otherwise(struct ctx *c)
{
	struct str path = other_slash(c, c->req.path), rest;
	uint64_t arg;

	for (const struct route *r = routes; r->handler != NULL; r++)
		if (serves(r, METHOD_GET) && strchr(r->pattern, '*') == NULL &&
		    matches(r->pattern, path, &arg, &rest))
			return true;
	return false;
}

/* Where the page of row r is when this is not its address; empty when it is.
 * What may be an article's is left to its handler, so that there is one
 * redirect and none to what is not there. */
static struct str
moved(struct ctx *c, const struct route *r)
{
	if (takes_all(r))
		return known_otherwise(c) ? other_slash(c, c->req.canon) :
					    STR("");
	return c->req.canonical ? STR("") : c->req.canon;
}

static enum err
dispatch(struct ctx *c)
{
	const struct route *r;
	const char *allow;
	struct str to;
	enum err e;

	if ((r = find(c, &allow)) == NULL) {
		c->res.allow = allow;
		return ERR_METHOD;
	}
	if (may_redirect(c) && (to = moved(c, r)).n > 0)
		return response_moved(c, to);
	if ((e = guards(c, r)) != OK || c->res.status != 200)
		return e;
	return r->handler(c);
}

enum err
route_request(struct ctx *c)
{
	enum err e = dispatch(c);

	if (e == OK && !c->body.overflow)
		return OK;
	if (e == ERR_GONE)
		return e;
	return page_error(c, e == OK ? ERR_TOOBIG : e);
}

bool
routes_ok(void)
{
	for (const struct route *r = routes; r->handler != NULL; r++) {
		bool post = r->method == METHOD_POST;
		const char *wrong = NULL;

		if (post != (r->guard != GUARD_NONE))
			wrong = "a POST row, and only that, needs a guard";
		else if (post && r->body_max_bytes == 0)
			wrong = "a POST row needs a size";
		else if (strncmp(r->pattern, "/admin", 6) == 0 &&
		    r->guard != GUARD_LOGIN && r->wants == CAN_NOTHING &&
		    r->handler != page_login)
			wrong = "a row under /admin needs a capability";
		else if (r->wants != CAN_NOTHING && post &&
		    r->guard != GUARD_CSRF)
			wrong = "a row with a capability needs the CSRF guard";
		if (wrong != NULL) {
			log_line(LOG_ERROR, "routes.c: %s: %s", r->pattern,
			    wrong);
			return false;
		}
	}
	return true;
}
