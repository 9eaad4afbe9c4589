#include "config.h"

#include "html.h"

/* What each byte becomes in text and quoted attributes; the others are
 * themselves. */
static const struct str entity[256] = {
	['&'] = { "&amp;", 5 },
	['<'] = { "&lt;", 4 },
	['>'] = { "&gt;", 4 },
	['"'] = { "&quot;", 6 },
	['\''] = { "&#39;", 5 },
};

/* Pages are mostly bytes that stay as they are: copied in runs. */
void
buf_escape(struct buf *b, struct str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		const struct str *e = &entity[(unsigned char)s.p[i]];

		if (e->n == 0)
			continue;
		buf_put(b, s.p + from, i - from);
		buf_str(b, *e);
		from = i + 1;
	}
	if (from < s.n)
		buf_put(b, s.p + from, s.n - from);
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

void
buf_url(struct buf *b, struct str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (url_byte_plain((unsigned char)s.p[i]))
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
