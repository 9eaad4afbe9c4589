#include "config.h"

#include "request.h"
#include "url.h"

static struct str
param(struct arena *a, const struct exchange *x, const char *name)
{
	return arena_str(a, str_c(x->param(x, name)));
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static enum method
method_of(struct str s)
{
	if (str_eq(s, STR("GET")))
		return METHOD_GET;
	if (str_eq(s, STR("HEAD")))
		return METHOD_HEAD;
	if (str_eq(s, STR("POST")))
		return METHOD_POST;
	return METHOD_OTHER;
}

/* Names of hosts have no case (RFC 3986 §3.2.2). */
static bool
same_host(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

static bool
host_allowed(const struct conf *c, struct str host)
{
	/* "[::1]:8080": the port is behind the last bracket. */
	size_t bracket = str_find(host, ']', 0);
	size_t port = str_find(host, ':', bracket == host.n ? 0 : bracket);
	struct str name = str_sub(host, 0, port);

	if (c->nhosts == 0)
		return true;
	for (size_t i = 0; i < c->nhosts; i++)
		if (same_host(c->hosts[i], name) ||
		    same_host(c->hosts[i], host))
			return true;
	return false;
}

/* A redirect repeats the query in a header: no line may begin in it. */
static bool
query_ok(struct str query)
{
	for (size_t i = 0; i < query.n; i++) {
		unsigned char c = (unsigned char)query.p[i];

		if (c <= 0x20 || c == 0x7f)
			return false;
	}
	return true;
}

/* The path below the base, from REQUEST_URI only: servers disagree about
 * PATH_INFO and SCRIPT_NAME. */
static enum err
read_path(struct arena *a, const struct conf *c, struct str target,
    struct request *out)
{
	struct str raw, path, canon, base = c->base;
	size_t query = str_find(target, '?', 0);

	if (target.n > TARGET_MAX_BYTES)
		return ERR_INPUT;
	raw = str_sub(target, 0, query);
	out->query_raw = str_sub(target, query + 1, target.n);
	if (!query_ok(out->query_raw) || !url_path(a, raw, &path, &canon))
		return ERR_INPUT;
	if (canon.n + 1 == base.n &&
	    str_eq(canon, str_sub(base, 0, base.n - 1))) {
		/* "/blog" for "/blog/" */
		path = canon = base;
		out->canonical = false;
	} else if (!str_starts(canon, base)) {
		return ERR_NOTFOUND;
	} else {
		out->canonical = str_eq(raw, canon);
	}
	/* The base is plain ASCII and so equally long in both. */
	out->path = str_sub(path, base.n - 1, path.n);
	out->canon = str_sub(canon, base.n - 1, canon.n);
	return OK;
}

enum err
request_read(struct arena *a, const struct conf *c, const struct exchange *x,
    struct request *out)
{
	struct str length = param(a, x, "CONTENT_LENGTH");
	uint64_t n;
	enum err e;

	*out = (struct request){
		.method = method_of(param(a, x, "REQUEST_METHOD")),
		.path = STR("/"),
		.canon = STR("/"),
		.canonical = true,
		.host = param(a, x, "HTTP_HOST"),
		.origin = param(a, x, "HTTP_ORIGIN"),
		.content_type = param(a, x, "CONTENT_TYPE"),
		.if_none_match = param(a, x, "HTTP_IF_NONE_MATCH"),
		.cookies = param(a, x, "HTTP_COOKIE"),
		.remote = param(a, x, "REMOTE_ADDR"),
		.content_length = -1,
	};
	if (length.n > 0) {
		if (!str_u64(length, INT64_MAX, &n))
			return ERR_INPUT;
		out->content_length = (int64_t)n;
	}
	e = read_path(a, c, param(a, x, "REQUEST_URI"), out);
	if (e != OK)
		return e;
	if (!host_allowed(c, out->host))
		return ERR_HOST;
	return fields_parse(a, out->query_raw, &out->query);
}

static bool
is_form(struct str type)
{
	static const char form[] = "application/x-www-form-urlencoded";
	size_t n = sizeof(form) - 1;

	if (type.n < n || (type.n > n && type.p[n] != ';' && type.p[n] != ' '))
		return false;
	for (size_t i = 0; i < n; i++)
		if (lower(type.p[i]) != form[i])
			return false;
	return true;
}

enum err
request_body(struct arena *a, const struct exchange *x, size_t max,
    struct request *out)
{
	struct str body = { NULL, 0 };
	char *p;
	size_t n = 0, got;

	if (out->content_length > 0 && (uint64_t)out->content_length > max)
		return ERR_TOOBIG;
	if (!is_form(out->content_type) && out->content_length != 0)
		return ERR_TYPE;
	/* One byte more than allowed shows a body longer than it said. */
	if (out->content_length >= 0)
		max = (size_t)out->content_length;
	p = arena_alloc(a, max + 1);
	while (n <= max && (got = x->read(x, p + n, max + 1 - n)) > 0)
		n += got;
	if (n > max)
		return ERR_TOOBIG;
	if (out->content_length >= 0 && n < (size_t)out->content_length)
		return ERR_INPUT;
	body = (struct str){ p, n };
	return fields_parse(a, body, &out->form);
}

enum err
fields_parse(struct arena *a, struct str s, struct fields *out)
{
	struct field *list;
	size_t n = 0, count = 1;

	*out = (struct fields){ NULL, 0 };
	for (size_t i = str_find(s, '&', 0); i < s.n;
	    i = str_find(s, '&', i + 1))
		if (++count > FIELDS_MAX)
			return ERR_INPUT;
	list = arena_array(a, count, sizeof(*list));
	for (size_t i = 0; i < s.n;) {
		size_t end = str_find(s, '&', i);
		struct str pair = str_sub(s, i, end);
		size_t eq = str_find(pair, '=', 0);

		i = end + 1;
		if (pair.n == 0)
			continue;
		list[n++] = (struct field){
			url_decode(a, str_sub(pair, 0, eq), true),
			url_decode(a, str_sub(pair, eq + 1, pair.n), true),
		};
	}
	*out = (struct fields){ list, n };
	return OK;
}

enum err
field_one(const struct fields *f, const char *name, struct str *out)
{
	bool seen = false;

	*out = STR("");
	for (size_t i = 0; i < f->n; i++) {
		if (!str_eq(f->list[i].name, str_c(name)))
			continue;
		if (seen)
			return ERR_INPUT;
		*out = f->list[i].value;
		seen = true;
	}
	return OK;
}

bool
field_has(const struct fields *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->list[i].name, str_c(name)))
			return true;
	return false;
}

struct str
cookie_get(struct str cookies, const char *name)
{
	for (size_t i = 0; i < cookies.n;) {
		size_t end = str_find(cookies, ';', i);
		struct str pair = str_trim(str_sub(cookies, i, end));
		size_t eq = str_find(pair, '=', 0);

		if (eq < pair.n && str_eq(str_sub(pair, 0, eq), str_c(name)))
			return str_sub(pair, eq + 1, pair.n);
		i = end + 1;
	}
	return STR("");
}
