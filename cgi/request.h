/*
 * What was asked: the variables and the body of an exchange, checked once,
 * with limits, as data.
 */
#ifndef REQUEST_H
#define REQUEST_H

#include "conf.h"
#include "fcgi.h"

#define TARGET_MAX_BYTES 8192
#define FIELDS_MAX	 256

enum method { METHOD_GET, METHOD_HEAD, METHOD_POST, METHOD_OTHER };

struct field {
	struct str name, value; /* decoded, any bytes */
};

struct fields {
	const struct field *list;
	size_t n;
};

struct request {
	enum method method;
	/* decoded path below the blog's base, beginning with '/', and the
	 * same in canonical encoding; false in canonical: it was written
	 * another way */
	struct str path, canon;
	bool canonical;
	struct str query_raw;
	struct fields query;
	struct fields form; /* after request_body */
	struct str host, origin, content_type, if_none_match, cookies;
	struct str remote; /* the peer's network address, as text */
	int64_t content_length; /* -1: not said */
};

/*
 * Read everything but the body.  ERR_INPUT: a target, query or header that
 * cannot be; ERR_NOTFOUND: outside the blog's base; ERR_HOST: a host that is
 * not on the list.  *out is filled as far as it is known.
 */
enum err request_read(struct arena *a, const struct conf *c,
    const struct exchange *x, struct request *out) MUST_CHECK;

/*
 * Read the body, an application/x-www-form-urlencoded form of at most max
 * bytes, into out->form.  ERR_TOOBIG, ERR_TYPE, ERR_INPUT (too many fields,
 * shorter than announced).
 */
enum err request_body(struct arena *a, const struct exchange *x, size_t max,
    struct request *out) MUST_CHECK;

/* Parse "a=1&b=2" (RFC 1866 §8.2.1).  ERR_INPUT: more than FIELDS_MAX. */
enum err fields_parse(struct arena *a, struct str s, struct fields *out)
    MUST_CHECK;

/*
 * The value of a field that is there at most once.  *out is empty and the
 * result OK when it is not there; ERR_INPUT when it is there twice.
 */
enum err field_one(const struct fields *f, const char *name, struct str *out)
    MUST_CHECK;

/* Is there a field of this name? */
bool field_has(const struct fields *f, const char *name);

/* The value of a cookie (RFC 6265 §4.2.1), or empty. */
struct str cookie_get(struct str cookies, const char *name);

#endif
