#include "config.h"

#include <arpa/inet.h>

#include "url.h"
#include "utf8.h"

/* A name of the DNS is at most this long (RFC 1035 §2.3.4), a label 63. */
#define HOST_MAX  253
#define LABEL_MAX 63

#define EMAIL_MAX 254

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_alnum(char c)
{
	return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z');
}

/* Does s begin with prefix (lower case) whatever its case? */
static bool
starts_nocase(struct str s, struct str prefix)
{
	if (s.n < prefix.n)
		return false;
	for (size_t i = 0; i < prefix.n; i++)
		if (lower(s.p[i]) != prefix.p[i])
			return false;
	return true;
}

/* ---- percent encoding ------------------------------------------------- */

/* The value of a hexadecimal digit, or -1. */
static int
hex(char c)
{
	if (is_digit(c))
		return c - '0';
	c = lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct str
url_decode(struct arena *a, struct str s, bool plus)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '%' && s.n - i > 2 && hex(s.p[i + 1]) >= 0 &&
		    hex(s.p[i + 2]) >= 0) {
			c = (char)(hex(s.p[i + 1]) << 4 | hex(s.p[i + 2]));
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		out[n++] = c;
	}
	return (struct str){ out, n };
}

struct str
url_encode(struct arena *a, struct str s, bool slash)
{
	static const char digits[] = "0123456789ABCDEF";
	char *out = arena_array(a, s.n + 1, 3);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (is_alnum(s.p[i]) || c == '-' || c == '.' || c == '_' ||
		    c == '~' || (c == '/' && slash)) {
			out[n++] = s.p[i];
			continue;
		}
		out[n++] = '%';
		out[n++] = digits[c >> 4];
		out[n++] = digits[c & 15];
	}
	return (struct str){ out, n };
}

/* ---- links ------------------------------------------------------------ */

/*
 * The scheme of s as a browser reads it, lower case, into to; its length, 0
 * when s is relative.  Schemes longer than to are cut: none of ours is.
 */
static size_t
scheme(struct str s, char *to, size_t size)
{
	size_t i = 0, n = 0;

	while (i < s.n && (unsigned char)s.p[i] <= 0x20)
		i++;
	for (; i < s.n; i++) {
		char c = lower(s.p[i]);

		if (c == '\t' || c == '\n' || c == '\r')
			continue;
		if (c == ':')
			return n;
		if (n == 0 ? !(c >= 'a' && c <= 'z')
			   : !(is_alnum(c) || c == '+' || c == '-' || c == '.'))
			return 0;
		if (n < size)
			to[n++] = c;
	}
	return 0;
}

bool
url_scheme_ok(struct str s)
{
	char buf[16];
	struct str got = { buf, scheme(s, buf, sizeof(buf)) };

	return got.n == 0 || str_eq(got, STR("http")) ||
	    str_eq(got, STR("https")) || str_eq(got, STR("mailto"));
}

/* Where the authority that begins at from ends. */
static size_t
authority_end(struct str s, size_t from)
{
	while (from < s.n && s.p[from] != '/' && s.p[from] != '\\' &&
	    s.p[from] != '?' && s.p[from] != '#')
		from++;
	return from;
}

/* One label of a host; bytes above ASCII are those of a name like bücher.de
 * and have been looked at already. */
static bool
label_ok(struct str s)
{
	if (s.n == 0 || s.n > LABEL_MAX || s.p[0] == '-' || s.p[s.n - 1] == '-')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] != '_' &&
		    (unsigned char)s.p[i] < 0x80)
			return false;
	return true;
}

static bool
address_ok(struct arena *a, int family, struct str s)
{
	unsigned char bytes[sizeof(struct in6_addr)];

	return inet_pton(family, arena_cstr(a, s), bytes) == 1;
}

/* A name with a dot, "localhost" or an IP literal. */
static bool
host_ok(struct arena *a, struct str s)
{
	struct str last = s;
	size_t dots = 0;

	if (s.n > 1 && s.p[0] == '[' && s.p[s.n - 1] == ']')
		return address_ok(a, AF_INET6, str_sub(s, 1, s.n - 1));
	if (s.n > HOST_MAX || !str_eq(utf8_name(a, s), s))
		return false;
	for (size_t from = 0, to; from <= s.n; from = to + 1) {
		to = str_find(s, '.', from);
		last = str_sub(s, from, to);
		if (!label_ok(last))
			return false;
		dots += to < s.n;
	}
	/* No top-level domain begins with a digit; a browser takes such a
	 * name for an address. */
	if (is_digit(last.p[0]))
		return address_ok(a, AF_INET, s);
	return dots > 0 || str_eq(s, STR("localhost"));
}

/* Split "host:port"; false when the port is none. */
static bool
split_port(struct str authority, struct str *host)
{
	size_t colon = authority.n;
	uint64_t port;

	for (size_t i = authority.n; i > 0 && authority.p[i - 1] != ']'; i--)
		if (authority.p[i - 1] == ':')
			colon = i - 1;
	*host = str_sub(authority, 0, colon);
	return colon == authority.n ||
	    (str_u64(
		 str_sub(authority, colon + 1, authority.n), 65535, &port) &&
		port > 0);
}

/* Could s stand in one line of an address? */
static bool
website_bytes_ok(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= 0x20 || s.p[i] == '\\')
			return false;
	return utf8_ok(s) && !utf8_has_control(s);
}

bool
url_website(struct arena *a, struct str s, struct str *out)
{
	struct str head = STR("https://"), authority, host;
	size_t from = 0, end;
	char *text;

	s = str_trim(s);
	if (s.n == 0) {
		*out = STR("");
		return true;
	}
	if (!website_bytes_ok(s))
		return false;
	if (starts_nocase(s, STR("http://")))
		head = STR("http://");
	if (starts_nocase(s, head))
		from = head.n;
	end = authority_end(s, from);
	authority = str_sub(s, from, end);
	if (!split_port(authority, &host))
		return false;
	text = arena_cstr(a, host);
	for (size_t i = 0; i < host.n; i++)
		text[i] = lower(text[i]);
	if (!host_ok(a, (struct str){ text, host.n }))
		return false;
	*out = arena_printf(a, "%s%s%.*s", head.p, text,
	    (int)(s.n - from - host.n), s.p + from + host.n);
	return true;
}

/* s without the bytes a browser drops wherever they stand. */
static struct str
drop_breaks(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\t' && s.p[i] != '\n' && s.p[i] != '\r')
			out[n++] = lower(s.p[i]);
	return (struct str){ out, n };
}

struct str
url_host(struct arena *a, struct str s)
{
	char name[8];
	struct str got = { name, scheme(s, name, sizeof(name)) }, host;
	size_t from, end;

	if (!str_eq(got, STR("http")) && !str_eq(got, STR("https")))
		return STR("");
	s = drop_breaks(a, s);
	from = end = str_find(s, ':', 0) + 1;
	while (end < s.n && (s.p[end] == '/' || s.p[end] == '\\'))
		end++;
	if (end - from < 2)
		return STR("");
	from = end;
	end = authority_end(s, from);
	for (size_t i = from; i < end; i++)
		if (s.p[i] == '@')
			from = i + 1;
	(void)split_port(str_sub(s, from, end), &host);
	if (str_starts(host, STR("www.")))
		host = str_sub(host, 4, host.n);
	return host;
}

/* ---- paths ------------------------------------------------------------ */

/* The path of a request target, still encoded; empty when it has none. */
static struct str
raw_path(struct str target)
{
	size_t from = 0;

	if (starts_nocase(target, STR("http://")))
		from = authority_end(target, 7);
	else if (starts_nocase(target, STR("https://")))
		from = authority_end(target, 8);
	target = str_sub(target, 0, str_find(target, '?', 0));
	if (from > 0 && from >= target.n)
		return STR("/");
	return str_sub(target, from, target.n);
}

static bool
path_ok(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == '\\')
			return false;
	for (size_t from = 0, to; from <= s.n; from = to + 1) {
		struct str segment;

		to = str_find(s, '/', from);
		segment = str_sub(s, from, to);
		if (str_eq(segment, STR(".")) || str_eq(segment, STR("..")))
			return false;
	}
	return utf8_ok(s) && !utf8_has_control(s);
}

bool
url_path(
    struct arena *a, struct str target, struct str *path, struct str *canon)
{
	struct str raw = raw_path(target);
	char *out;
	size_t n = 0;

	if (raw.n == 0 || raw.p[0] != '/')
		return false;
	raw = url_decode(a, raw, false);
	if (!path_ok(raw))
		return false;
	out = arena_alloc(a, raw.n);
	for (size_t i = 0; i < raw.n; i++)
		if (raw.p[i] != '/' || n == 0 || out[n - 1] != '/')
			out[n++] = raw.p[i];
	*path = (struct str){ out, n };
	*canon = url_encode(a, *path, true);
	return true;
}

/* ---- mail addresses --------------------------------------------------- */

bool
email_ok(struct str s)
{
	size_t at = str_find(s, '@', 0), dots = 0;

	if (at == 0 || at == s.n || s.n > EMAIL_MAX)
		return false;
	for (size_t i = 0; i < at; i++)
		if (!is_alnum(s.p[i]) &&
		    (s.p[i] == '\0' ||
			strchr(".!#$%&'*+/=?^_`{|}~-", s.p[i]) == NULL))
			return false;
	for (size_t from = at + 1, to; from <= s.n; from = to + 1) {
		struct str label;

		to = str_find(s, '.', from);
		label = str_sub(s, from, to);
		if (!label_ok(label))
			return false;
		for (size_t i = 0; i < label.n; i++)
			if (!is_alnum(label.p[i]) && label.p[i] != '-')
				return false;
		dots += to < s.n;
	}
	return dots > 0;
}
