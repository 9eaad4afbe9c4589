/*
 * The attributes of foreign tags: which stay, and in what form.  They are
 * written in one order, so that what was written once is written so again.
 */
#ifndef ATTRS_H
#define ATTRS_H

#include "anchor.h"
#include "buf.h"
#include "htmltok.h"
#include "nest.h"

struct attrs {
	struct arena *a;
	const struct htmltok *tok; /* the tag at hand */
	struct anchors *ids;
	struct buf out, scratch;
	bool comment; /* no ids and classes; links are not vouched for */
};

/* For tags of a source of n bytes.  Its buffers end with attrs_free. */
struct attrs attrs_new(
    struct arena *a, const struct htmltok *tok, size_t n, bool comment);
void attrs_free(struct attrs *t);

/* s with its character references decoded; borrows s if it has none. */
struct str attrs_decode(struct attrs *t, struct str s);

/* The value of an attribute, decoded; "" when the tag has none. */
struct str attrs_value(struct attrs *t, enum attr attr);

/* The same as the URL that a browser makes of it: no white space around it,
 * no line ends within; "" when its scheme is refused. */
struct str attrs_url(struct attrs *t, enum attr attr);

/* What goes behind the name of the tag at hand, written as el, and the same
 * without its id (nest_open).  They live in the arena. */
struct str attrs_write(struct attrs *t, enum el el, struct str *again);

/* For an img with this local src. */
struct str attrs_write_img(struct attrs *t, struct str src);

/* For a link of ours to url. */
struct str attrs_write_link(struct attrs *t, struct str url);

#endif
