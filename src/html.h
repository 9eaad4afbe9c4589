/*
 * From text to markup.  This is the only place that knows the entities.
 */
#ifndef HTML_H
#define HTML_H

#include "buf.h"

/* Append s so that it stands for itself in HTML text and in a quoted
 * attribute: & < > " ' become entities. */
void buf_escape(struct buf *b, struct str s);

/* The same where ' may stand: element content and values in double quotes,
 * so in all that the text renderers write. */
void buf_text(struct buf *b, struct str s);

/* Append markup as it is. */
void buf_html(struct buf *b, struct html h);

/*
 * Append s as the value of a URL attribute: bytes that RFC 3986 does not
 * allow in a URI reference are percent-encoded, then & and ' are escaped.
 * The scheme is not judged here: url_scheme_ok (url.h).
 */
void buf_url(struct buf *b, struct str s);

/* s escaped, as markup of its own. */
struct html html_escape(struct arena *a, struct str s);

/* The words of markup without its tags, entities decoded no further than the
 * five of buf_escape and numeric ones, white space folded, blocks and line
 * breaks as a space; cut at a word to at most max bytes and, when cut, "…"
 * behind that.  For summaries. */
struct str html_text(struct arena *a, struct html h, size_t max);

#endif
