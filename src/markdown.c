#include "config.h"

#include "entity.h"
#include "html.h"
#include "mdguard.h"
#include "mdhtml.h"
#include "sanitize.h"

enum err
markdown_article(struct arena *a, struct str src, const struct md_opts *opts,
    struct html *out)
{
	enum md_mode mode =
	    opts != NULL && opts->plain ? MODE_PLAIN : MODE_ARTICLE;
	struct str text, s;
	struct buf b;
	bool raw;
	enum err e;

	if (src.n > ARTICLE_MAX_BYTES)
		return ERR_TOOBIG;
	text = text_clean(a, src);
	if (!mdguard_article(a, text))
		return ERR_TOOBIG;
	b = buf_new(src.n * 8 + 64 * 1024);
	e = mdhtml(a, text, mode, opts, &b, &raw);
	if (e != OK) {
		buf_free(&b);
		return e;
	}
	s = buf_copy(&b, a);
	buf_free(&b);
	/* Raw HTML may open in one block and close in another: only the whole
	 * can be judged. */
	*out = raw ? sanitize(a, s) : (struct html){ s.p, s.n };
	return OK;
}

/* ---- comments -------------------------------------------------------- */

/* Escaped, blank lines as paragraphs, line ends as <br>. */
static void
put_as_typed(struct buf *b, struct str src)
{
	bool open = false;

	for (size_t from = 0, end; from < src.n; from = end + 1) {
		struct str line;

		end = str_find(src, '\n', from);
		line = str_trim(str_sub(src, from, end));
		if (line.n == 0) {
			if (open)
				buf_cstr(b, "</p>\n");
			open = false;
			continue;
		}
		buf_cstr(b, open ? "<br>\n" : "<p>");
		buf_text(b, line);
		open = true;
	}
	if (open)
		buf_cstr(b, "</p>\n");
}

static struct html
comment(struct arena *a, struct str src, enum md_mode mode)
{
	struct buf b = buf_new(src.n * 8 + 4096);
	struct str text = text_clean(a, src), s;
	bool raw;

	if (src.n > COMMENT_MAX_BYTES || !mdguard_comment(text) ||
	    mdhtml(a, text, mode, NULL, &b, &raw) != OK) {
		buf_reset(&b);
		put_as_typed(&b, text);
	}
	s = buf_copy(&b, a);
	buf_free(&b);
	return (struct html){ s.p, s.n };
}

struct html
markdown_comment(struct arena *a, struct str src)
{
	return comment(a, src, MODE_COMMENT);
}

struct html
markdown_comment_inert(struct arena *a, struct str src)
{
	return comment(a, src, MODE_INERT);
}
