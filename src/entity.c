#include "config.h"

#include <md4c-html.h>

#include "entity.h"
#include "utf8.h"

/* The longest name of WHATWG HTML §13.5 has 31 letters. */
#define NAME_MAX_BYTES 32

static bool
char_ok(uint32_t c)
{
	if (c < 0x20)
		return c == '\t' || c == '\n';
	return !(c >= 0x7f && c <= 0x9f) && !(c >= 0xfdd0 && c <= 0xfdef) &&
	    (c & 0xfffe) != 0xfffe;
}

struct str
text_clean(struct arena *a, struct str s)
{
	size_t n = 0, nul = 0;
	char *to;

	s = utf8_repair(a, s);
	for (size_t i = 0; i < s.n; i++)
		nul += s.p[i] == '\0';
	to = arena_alloc(a, s.n + 2 * nul + TEXT_PAD);
	for (size_t i = 0; i < s.n;) {
		size_t from = i;
		uint32_t c = utf8_next(s, &i);

		if (c == '\0') {
			n += utf8_put(to + n, UTF8_BAD);
		} else if (c == '\r') {
			if (i >= s.n || s.p[i] != '\n')
				to[n++] = '\n';
		} else if (c == '\f' || c == '\v') {
			to[n++] = ' ';
		} else if (char_ok(c)) {
			memcpy(to + n, s.p + from, i - from);
			n += i - from;
		}
	}
	return (struct str){ to, n };
}

static int
digit(char c, unsigned base)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (base == 16 && c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (base == 16 && c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static uint32_t
numeric_char(uint32_t c)
{
	static const uint16_t win1252[32] = { 0x20ac, 0, 0x201a, 0x192, 0x201e,
		0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0,
		0x17d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013,
		0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0, 0x17e, 0x178 };

	if (c >= 0x80 && c <= 0x9f && win1252[c - 0x80] != 0)
		return win1252[c - 0x80];
	if (c == '\r')
		return '\n';
	if (c == '\f')
		return ' ';
	if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff) || !char_ok(c))
		return UTF8_BAD;
	return c;
}

static size_t
numeric_put(struct buf *b, struct str s, size_t at)
{
	size_t i = at + 2, first;
	unsigned base = 10;
	uint32_t c = 0;
	char bytes[4];
	int d;

	if (i < s.n && (s.p[i] == 'x' || s.p[i] == 'X')) {
		base = 16;
		i++;
	}
	first = i;
	for (; i < s.n && (d = digit(s.p[i], base)) >= 0; i++)
		c = c > 0x10ffff ? c : c * base + (uint32_t)d;
	if (i == first)
		return 0;
	buf_put(b, bytes, utf8_put(bytes, numeric_char(c)));
	if (i < s.n && s.p[i] == ';')
		i++;
	return i - at;
}

/* What md_html writes for one reference. */
struct answer {
	char p[128];
	size_t n;
};

static void
answer_add(const MD_CHAR *p, MD_SIZE n, void *arg)
{
	struct answer *w = arg;

	if (n <= sizeof(w->p) - w->n) {
		memcpy(w->p + w->n, p, n);
		w->n += n;
	}
}

/* The five that md_html escapes again; true when s was one, moved past it. */
static bool
basic_put(struct buf *b, struct str *s)
{
	static const struct {
		struct str ref;
		char c;
	} t[] = {
		{ { "&amp;", 5 }, '&' },
		{ { "&lt;", 4 }, '<' },
		{ { "&gt;", 4 }, '>' },
		{ { "&quot;", 6 }, '"' },
	};

	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		if (str_starts(*s, t[i].ref)) {
			buf_char(b, t[i].c);
			*s = str_sub(*s, t[i].ref.n, s->n);
			return true;
		}
	return false;
}

/*
 * md4c's own renderer knows the two thousand names.  Asking it costs a
 * microsecond, a table of ours would be a second truth.  An unknown name
 * comes back as it went in, its '&' escaped.
 */
static bool
named_put(struct buf *b, struct str ref)
{
	char in[NAME_MAX_BYTES + 2 + TEXT_PAD] = "";
	struct answer w = { .n = 0 };
	struct str s;

	memcpy(in, ref.p, ref.n);
	in[ref.n] = '\n';
	if (md_html(in, (MD_SIZE)ref.n + 1, answer_add, &w, 0, 0) != 0)
		return false;
	s = (struct str){ w.p, w.n };
	if (!str_starts(s, STR("<p>")) || s.n < 8)
		return false;
	s = str_sub(s, 3, s.n - 5);
	if (s.n == ref.n + 4 && str_starts(s, STR("&amp;")) &&
	    memcmp(s.p + 5, ref.p + 1, ref.n - 1) == 0)
		return false;
	basic_put(b, &s);
	buf_str(b, s);
	return true;
}

static bool
is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

size_t
entity_put(struct buf *b, struct str s, size_t at)
{
	size_t i = at + 1;
	struct str ref, rest;

	if (i < s.n && s.p[i] == '#')
		return numeric_put(b, s, at);
	while (i < s.n && i - at < NAME_MAX_BYTES && is_alnum(s.p[i]))
		i++;
	if (i == at + 1 || i >= s.n || s.p[i] != ';')
		return 0;
	ref = rest = str_sub(s, at, i + 1);
	if (str_eq(ref, STR("&nbsp;")))
		buf_cstr(b, "\xc2\xa0");
	else if (!basic_put(b, &rest) && !named_put(b, ref))
		return 0;
	return ref.n;
}

void
entity_decode(struct buf *b, struct str s)
{
	size_t from = 0;

	for (size_t i = str_find(s, '&', 0); i < s.n; i = str_find(s, '&', i)) {
		size_t n;

		buf_put(b, s.p + from, i - from);
		from = i;
		n = entity_put(b, s, i);
		from = i += n;
		if (n == 0)
			i++;
	}
	if (from < s.n)
		buf_put(b, s.p + from, s.n - from);
}
