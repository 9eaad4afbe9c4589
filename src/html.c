#include "config.h"

#include "html.h"
#include "utf8.h"

/* What each byte becomes in text and quoted attributes; the others are
 * themselves. */
static const struct str entity[256] = {
	['&'] = { "&amp;", 5 },
	['<'] = { "&lt;", 4 },
	['>'] = { "&gt;", 4 },
	['"'] = { "&quot;", 6 },
	['\''] = { "&#39;", 5 },
};

/* Pages are mostly bytes that stay as they are: copied in runs.  keep: one
 * that needs no entity here. */
static void
escape(struct buf *b, struct str s, char keep)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		const struct str *e = &entity[(unsigned char)s.p[i]];

		if (e->n == 0 || s.p[i] == keep)
			continue;
		buf_put(b, s.p + from, i - from);
		buf_str(b, *e);
		from = i + 1;
	}
	if (from < s.n)
		buf_put(b, s.p + from, s.n - from);
}

void
buf_escape(struct buf *b, struct str s)
{
	escape(b, s, '\0');
}

void
buf_text(struct buf *b, struct str s)
{
	escape(b, s, '\'');
}

void
buf_html(struct buf *b, struct html h)
{
	buf_put(b, h.p, h.n);
}

/* RFC 3986 §2: unreserved, gen-delims, sub-delims, and '%' as it stands;
 * less '&' and '\'', which HTML wants escaped. */
static bool
url_byte_plain(unsigned char c)
{
	static const uint64_t plain[4] = {
		/* ! # $ % ( ) * + , - . / 0-9 : ; = ? */
		UINT64_C(0xafffff3a00000000),
		/* @ A-Z [ ] _ a-z ~ */
		UINT64_C(0x47fffffeafffffff),
	};

	return (plain[c / 64] >> (c % 64) & 1) != 0;
}

static void
url_byte(struct buf *b, unsigned char c)
{
	static const char hex[] = "0123456789ABCDEF";
	char code[3] = { '%', hex[c >> 4], hex[c & 15] };

	if (c == '&' || c == '\'')
		buf_str(b, entity[c]);
	else
		buf_put(b, code, sizeof(code));
}

/* Where the host of s is over: only there, around an IP address, brackets
 * may stand. */
static size_t
url_host_end(struct str s)
{
	size_t i = str_find(s, ':', 0);

	i = i == s.n || memchr(s.p, '/', i) != NULL ? 0 : i + 1;
	if (!str_starts(str_sub(s, i, s.n), STR("//")))
		return 0;
	for (i += 2; i < s.n && strchr("/?#", s.p[i]) == NULL;)
		i++;
	return i;
}

void
buf_url(struct buf *b, struct str s)
{
	size_t from = 0, host = url_host_end(s);

	for (size_t i = 0; i < s.n; i++) {
		bool bracket = s.p[i] == '[' || s.p[i] == ']';

		if (url_byte_plain((unsigned char)s.p[i]) &&
		    (!bracket || i < host))
			continue;
		buf_put(b, s.p + from, i - from);
		url_byte(b, (unsigned char)s.p[i]);
		from = i + 1;
	}
	if (from < s.n)
		buf_put(b, s.p + from, s.n - from);
}

struct html
html_escape(struct arena *a, struct str s)
{
	struct buf b = buf_new(s.n * 6);
	struct str out;

	buf_escape(&b, s);
	out = buf_copy(&b, a);
	buf_free(&b);
	return (struct html){ out.p, out.n };
}

/* ---- words of markup ------------------------------------------------- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Does the tag at s stand inside a line, so that it parts no words? */
static bool
is_inline_tag(struct str s)
{
	static const char *const names[] = { "a", "abbr", "b", "bdi", "bdo",
		"cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark",
		"q", "ruby", "s", "samp", "small", "span", "strong", "sub",
		"sup", "time", "u", "var", "wbr" };
	size_t from = str_starts(s, STR("</")) ? 2 : 1, end = from;

	while (end < s.n && !is_blank(s.p[end]) && s.p[end] != '>' &&
	    s.p[end] != '/')
		end++;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(str_sub(s, from, end), str_c(names[i])))
			return true;
	return false;
}

/* Behind the '>' of the tag at i; quoted ones do not count. */
static size_t
tag_end(struct str s, size_t i)
{
	char quote = '\0';

	for (; i < s.n; i++) {
		char c = s.p[i];

		if (quote == '\0' && c == '>')
			return i + 1;
		if (quote == '\0' && (c == '"' || c == '\''))
			quote = c;
		else if (c == quote)
			quote = '\0';
	}
	return s.n;
}

/* The code point of the reference at i, moving i past it, or '&'. */
static uint32_t
reference(struct str s, size_t *i)
{
	static const char named[] = "&<>\"'";
	struct str rest = str_sub(s, *i, s.n);
	uint32_t c = 0;
	size_t k = 2;
	bool hex;

	for (const char *p = named; *p != '\0'; p++)
		if (str_starts(rest, entity[(unsigned char)*p])) {
			*i += entity[(unsigned char)*p].n;
			return (unsigned char)*p;
		}
	hex = k < rest.n && (rest.p[k] | 32) == 'x';
	for (k += hex; k < rest.n && c < 0x110000; k++) {
		unsigned char d = (unsigned char)rest.p[k];

		if (d >= '0' && d <= '9')
			c = c * (hex ? 16 : 10) + d - '0';
		else if (hex && (d | 32) >= 'a' && (d | 32) <= 'f')
			c = c * 16 + (d | 32) - 'a' + 10;
		else
			break;
	}
	(*i)++;
	if (rest.n < 2 || rest.p[1] != '#' || k >= rest.n || rest.p[k] != ';' ||
	    c < ' ' || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return '&';
	*i += k;
	return c;
}

/* Words without tags, white space folded; stops past max bytes. */
static void
put_words(struct buf *b, struct str s, size_t max)
{
	bool gap = false;
	char c[4];

	for (size_t i = 0; i < s.n && b->n <= max;) {
		size_t n = 1;

		if (s.p[i] == '<') {
			gap = gap || !is_inline_tag(str_sub(s, i, s.n));
			i = tag_end(s, i);
			continue;
		}
		c[0] = s.p[i];
		if (c[0] == '&')
			n = utf8_put(c, reference(s, &i));
		else
			i++;
		if (n == 1 && is_blank(c[0])) {
			gap = true;
			continue;
		}
		if (gap && b->n > 0)
			buf_char(b, ' ');
		gap = false;
		buf_put(b, c, n);
	}
}

struct str
html_text(struct arena *a, struct html h, size_t max)
{
	struct buf b = buf_new(max + 8);
	struct str s, out;
	size_t end;

	put_words(&b, (struct str){ h.p, h.n }, max);
	s = buf_view(&b);
	if (s.n <= max) {
		out = arena_str(a, s);
		buf_free(&b);
		return out;
	}
	/* At the last space; inside a word that is longer than all. */
	for (end = max; end > 0 && s.p[end] != ' ';)
		end--;
	s = end > 0 ? str_sub(s, 0, end) : utf8_cut(s, max);
	out = arena_printf(a, "%.*s\xe2\x80\xa6", (int)s.n, s.p);
	buf_free(&b);
	return out;
}
