#include "config.h"


#include "html.h"

/* What each byte becomes in text and quoted attributes; "" is itself. */
static struct str
entity(char c)
{
	switch (c) {
	case '&':
		return STR("&amp;");
	case '<':
		return STR("&lt;");
	case '>':
		return STR("&gt;");
	case '"':
		return STR("&quot;");
	case '\'':
		return STR("&#39;");
	default:
		return STR("");
	}
}

void
buf_escape(struct buf *b, struct str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		struct str e = entity(s.p[i]);

		if (e.n == 0)
			continue;
		buf_put(b, s.p + from, i - from);
		buf_str(b, e);
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

/* RFC 3986 §2: unreserved, gen-delims, sub-delims, and '%' as it stands. */
static bool
url_byte_ok(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') ||
	    (c != 0 && strchr("-._~:/?#[]@!$&'()*+,;=%", c) != NULL);
}

void
buf_url(struct buf *b, struct str s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (!url_byte_ok(c)) {
			buf_char(b, '%');
			buf_char(b, hex[c >> 4]);
			buf_char(b, hex[c & 15]);
		} else {
			buf_escape(b, (struct str){ s.p + i, 1 });
		}
	}
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
