/*
 * The state of one rendering of Markdown, and its links, images and figures:
 * what decides about URLs.  mdhtml.c has the rest.
 */
#ifndef MDRENDER_H
#define MDRENDER_H

#include <md4c.h>

#include "anchor.h"
#include "mdhtml.h"

struct render {
	struct arena *a;
	struct buf *out;
	enum md_mode mode;
	const struct md_opts *opts;
	struct anchors *anchors;
	bool raw, stop;

	unsigned containers, links;
	MD_SPANTYPE span[ARTICLE_NESTING];
	unsigned spans;
	unsigned link_depth;
	bool link_shown, in_code;

	/* The outermost image being read, or the last one. */
	unsigned image_depth;
	unsigned images_shown;
	struct str src, title;
	struct buf alt;
	struct md_image info; /* of the last one shown */

	/* A paragraph that may turn out to be one image. */
	size_t paragraph_at;
	unsigned paragraph_images;
	bool paragraph_words;

	size_t heading_at; /* where its id goes */
	bool in_heading;
	struct buf heading;

	const char *task; /* box to write before the item's first words */
};

bool mdrender_is_comment(const struct render *r);

/* Begin a line of the output, unless one has begun. */
void mdrender_fresh_line(struct render *r);

/* An attribute of md4c's as text, its references decoded. */
struct str mdrender_attr(struct render *r, const MD_ATTRIBUTE *at);

/* words as a link to url; words alone inside another link, or when the scheme
 * is refused. */
void mdrender_link(struct render *r, struct str url, struct str words);

/* A link begins and ends.  md4c 0.4.8 finds autolinks inside links: of two
 * the inner one is text. */
void mdrender_enter_link(struct render *r, const MD_SPAN_A_DETAIL *d);
void mdrender_leave_link(struct render *r);

/* The outermost image begins; at its end r->alt is what was read within. */
void mdrender_enter_image(struct render *r, const MD_SPAN_IMG_DETAIL *d);
void mdrender_leave_image(struct render *r);

/* The paragraph since r->paragraph_at was one image: make it a figure. */
void mdrender_figure(struct render *r);

#endif
