/*
 * From Markdown to HTML we trust: md4c parses, our callbacks write.  Nothing
 * of the source reaches the output unescaped but what passed the element and
 * URL-scheme allow-lists (raw HTML in an article passes the sanitiser).
 */
#ifndef MARKDOWN_H
#define MARKDOWN_H

#include "arena.h"
#include "base.h"

/* Raised when the output for the same source may change: rendered HTML is
 * kept with it and made again when it is older. */
#define MARKDOWN_VERSION 1

/* A comment that visitors may send; an article. */
#define COMMENT_MAX_BYTES (16 * 1024)
#define ARTICLE_MAX_BYTES (2 * 1024 * 1024)

/* What an article's image needs to become a figure; strings borrowed. */
struct md_image {
	int width, height;	/* pixels; 0: unknown */
	struct str caption;	/* text */
	struct str credit;	/* text */
	struct str credit_url;	/* http(s) or empty */
	struct str credit_label; /* "Photo: " in the page's language */
};

struct md_opts {
	/* Only CommonMark: no heading ids, rel, lazy images, figures, tables,
	 * strikethrough, autolinks. For `balas render markdown --plain`. */
	bool plain;
	/* Looks up an image of an article by its src; NULL: none known.
	 * False when there is no such picture. */
	bool (*image)(void *arg, struct str src, struct md_image *out);
	void *image_arg;
};

/*
 * An article's text.  opts may be NULL.  ERR_TOOBIG when src is longer than
 * ARTICLE_MAX_BYTES or the output than 8 times the source plus 64 KiB, when
 * nesting passes 32, or when md4c would take more than linear time
 * (mdguard.h); out lives in a.
 *
 * Headings have ids (anchor.h), links to other hosts rel="noopener".  A local
 * image alone in its paragraph is a figure, its caption that of opts->image,
 * else its title; an image from elsewhere is a link, for the page shows none.
 * Raw HTML passes the sanitiser.  Classes: text-left, text-center, text-right
 * on th and td; task on li, its box being text; credit on a figure's small;
 * language-* on code.
 */
enum err markdown_article(struct arena *a, struct str src,
    const struct md_opts *opts, struct html *out) MUST_CHECK;

/*
 * A comment's text: never fails on content.  No HTML and no tables (both are
 * text), no headings (a strong paragraph), no images (a link), no code by
 * indentation; bare http(s) URLs are links, and all links get
 * rel="nofollow ugc noopener".  Single line ends are <br>, as people expect
 * of a comment.  A source that trips a guard (longer than COMMENT_MAX_BYTES,
 * as imported ones may be, more than 8 lines that look like reference
 * definitions, 12 container markers on a line, 20 links, nesting 8, output 8
 * times the source plus 4 KiB) is rendered as plain text: escaped, blank
 * lines as paragraphs, line ends as <br>.
 */
struct html markdown_comment(struct arena *a, struct str src);

/* The same comment with its links inert (no href), for previews of comments
 * nobody has approved (B-24). */
struct html markdown_comment_inert(struct arena *a, struct str src);

#endif
