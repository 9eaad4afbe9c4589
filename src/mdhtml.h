/*
 * md4c's events as HTML: what articles and comments share.
 */
#ifndef MDHTML_H
#define MDHTML_H

#include "buf.h"
#include "markdown.h"

enum md_mode {
	MODE_PLAIN,   /* CommonMark and nothing else */
	MODE_ARTICLE, /* tables, strikethrough, tasks, figures, ids */
	MODE_COMMENT, /* no HTML, headings or images; bare URLs are links */
	MODE_INERT    /* the same without a working link */
};

/* Nesting of quotes and lists, and of emphasis; links of a comment. */
#define ARTICLE_NESTING 32
#define COMMENT_NESTING 8
#define COMMENT_LINKS   20

/*
 * Render src (text_clean) into out.  opts may be NULL.  raw: the output holds
 * raw HTML of the source, which is not trusted.  ERR_TOOBIG when a limit of
 * the mode or out's maximum is passed; then out is of no use.
 */
enum err mdhtml(struct arena *a, struct str src, enum md_mode mode,
    const struct md_opts *opts, struct buf *out, bool *raw) MUST_CHECK;

#endif
