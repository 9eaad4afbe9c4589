#include "config.h"

#include <sodium.h>

#include "ctx.h"

#define HEADER_MAX_BYTES (16 * 1024)

/* clang-format off */
static const struct {
	enum err err;
	int status;
} statuses[] = {
	{ OK,			200 },
	{ ERR_INPUT,		400 },
	{ ERR_DENIED,		403 },
	{ ERR_NOTFOUND,		404 },
	{ ERR_METHOD,		405 },
	{ ERR_CONFLICT,		409 },
	{ ERR_TOOBIG,		413 },
	{ ERR_TYPE,		415 },
	{ ERR_HOST,		421 },
	{ ERR_LIMIT,		429 },
	{ ERR_IO,		500 },
	{ ERR_CONFIG,		500 },
	{ ERR_BUSY,		503 },
};

static const struct {
	int status;
	const char *reason;
} reasons[] = {
	{ 200, "OK" },
	{ 301, "Moved Permanently" },
	{ 303, "See Other" },
	{ 304, "Not Modified" },
	{ 400, "Bad Request" },
	{ 403, "Forbidden" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 409, "Conflict" },
	{ 413, "Content Too Large" },
	{ 415, "Unsupported Media Type" },
	{ 421, "Misdirected Request" },
	{ 422, "Unprocessable Content" },
	{ 429, "Too Many Requests" },
	{ 500, "Internal Server Error" },
	{ 503, "Service Unavailable" },
};
/* clang-format on */

/* BEHAVIOUR "baseline headers"; HSTS belongs to the web server, which knows
 * whether all of the host is on https. */
static const char baseline[] =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), "
    "payment=(), usb=(), browsing-topics=(), interest-cohort=()\r\n";

static const char policy[] =
    "Content-Security-Policy: default-src 'none'; img-src 'self' data:; "
    "style-src 'self'; script-src 'self'; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'\r\n";

static const char sandbox_policy[] =
    "Content-Security-Policy: default-src 'none'; sandbox; "
    "frame-ancestors 'none'\r\n";

int
response_status(enum err e)
{
	for (size_t i = 0; i < ARRAY_LEN(statuses); i++)
		if (statuses[i].err == e)
			return statuses[i].status;
	return 500;
}

const char *
response_reason(int status)
{
	for (size_t i = 0; i < ARRAY_LEN(reasons); i++)
		if (reasons[i].status == status)
			return reasons[i].reason;
	return "Error";
}

void
response_begin(struct ctx *c)
{
	c->res = (struct response){ .status = 200,
		.type = "text/html; charset=utf-8" };
	buf_reset(&c->body);
}

static enum err
redirect(struct ctx *c, int status, struct str path)
{
	struct str base = c->site->conf.base;

	buf_reset(&c->body);
	c->res.status = status;
	c->res.location = arena_printf(c->a, "%.*s%.*s", (int)base.n - 1,
	    base.p, (int)path.n, path.p);
	return OK;
}

enum err
response_see_other(struct ctx *c, struct str path)
{
	return redirect(c, 303, path);
}

enum err
response_moved(struct ctx *c, struct str path)
{
	if (c->req.query_raw.n > 0)
		path = arena_printf(c->a, "%.*s?%.*s", (int)path.n, path.p,
		    (int)c->req.query_raw.n, c->req.query_raw.p);
	c->res.cache = CACHE_PUBLIC;
	return redirect(c, 301, path);
}

/* Is tag in the If-None-Match list?  Weak comparison, RFC 9110 §8.8.3.2. */
static bool
tag_listed(struct str list, struct str tag)
{
	for (size_t i = 0; i < list.n;) {
		size_t end = str_find(list, ',', i);
		struct str one = str_trim(str_sub(list, i, end));

		if (str_starts(one, STR("W/")))
			one = str_sub(one, 2, one.n);
		if (str_eq(one, tag) || str_eq(one, STR("*")))
			return true;
		i = end + 1;
	}
	return false;
}

bool
response_fresh(struct ctx *c, struct str parts)
{
	unsigned char sum[16];
	char hex[sizeof(sum) * 2 + 1];
	struct str build = theme_build(c->site->theme);
	crypto_generichash_state h;

	crypto_generichash_init(&h, NULL, 0, sizeof(sum));
	crypto_generichash_update(&h, (const unsigned char *)build.p, build.n);
	crypto_generichash_update(&h, (const unsigned char *)parts.p, parts.n);
	crypto_generichash_final(&h, sum, sizeof(sum));
	sodium_bin2hex(hex, sizeof(hex), sum, sizeof(sum));
	c->res.etag = arena_printf(c->a, "\"%s\"", hex);
	c->res.cache = CACHE_PUBLIC;
	if (!tag_listed(c->req.if_none_match, c->res.etag))
		return false;
	c->res.status = 304;
	return true;
}

const char *
response_cookie_name(const struct ctx *c, const char *name)
{
	return arena_printf(c->a, "%s%s",
	    c->site->conf.https ? "__Host-" : "", name)
	    .p;
}

void
response_cookie(struct ctx *c, const char *name, struct str value,
    int max_age_s)
{
	struct str age = STR("");

	if (c->res.ncookies == COOKIES_MAX)
		return;
	if (value.n == 0)
		age = STR("; Max-Age=0");
	else if (max_age_s > 0)
		age = arena_printf(c->a, "; Max-Age=%d", max_age_s);
	c->res.cookie[c->res.ncookies++] = arena_printf(c->a,
	    "%s=%.*s; Path=/%s; HttpOnly; SameSite=Lax%.*s",
	    response_cookie_name(c, name), (int)value.n, value.p,
	    c->site->conf.https ? "; Secure" : "", (int)age.n, age.p);
}

static const char *
cache_control(const struct response *r)
{
	switch (r->cache) {
	case CACHE_PUBLIC:
		return "public, no-cache";
	case CACHE_IMMUTABLE:
		return "public, max-age=31536000, immutable";
	case CACHE_PRIVATE:
		break;
	}
	return "private, no-store";
}

/* Values come from us or were encoded (url_encode) before. */
static void
put_header(struct buf *b, const char *name, struct str value)
{
	if (value.n > 0)
		buf_printf(b, "%s: %.*s\r\n", name, (int)value.n, value.p);
}

static void
put_headers(struct ctx *c, struct buf *b, size_t length)
{
	const struct response *r = &c->res;

	buf_printf(b, "Status: %d %s\r\n", r->status,
	    response_reason(r->status));
	if (r->status != 304 && length > 0)
		put_header(b, "Content-Type", str_c(r->type));
	if (r->status != 304)
		buf_printf(b, "Content-Length: %zu\r\n", length);
	put_header(b, "Location", r->location);
	put_header(b, "ETag", r->etag);
	put_header(b, "Cache-Control", str_c(cache_control(r)));
	if (r->allow != NULL)
		put_header(b, "Allow", str_c(r->allow));
	if (r->retry_after_s > 0)
		buf_printf(b, "Retry-After: %d\r\n", r->retry_after_s);
	if (r->noindex)
		buf_cstr(b, "X-Robots-Tag: noindex\r\n");
	for (size_t i = 0; i < r->ncookies; i++)
		put_header(b, "Set-Cookie", r->cookie[i]);
	buf_cstr(b, baseline);
	buf_cstr(b, r->sandbox ? sandbox_policy : policy);
	buf_cstr(b, "\r\n");
}

enum err
response_send(struct ctx *c)
{
	struct str body = c->res.bytes != NULL ? *c->res.bytes :
						 buf_view(&c->body);
	struct buf *out = &c->answer;

	if (c->res.status == 304)
		body.n = 0;
	buf_reset(out);
	put_headers(c, out, body.n);
	if (c->req.method != METHOD_HEAD)
		buf_str(out, body);
	return c->x->write(c->x, buf_view(out));
}
