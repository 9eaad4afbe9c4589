/*
 * The tags of a template's source, and the lines they stand on.
 */
#ifndef TMPL_TAG_H
#define TMPL_TAG_H

#include "base.h"

struct tag {
	char sigil; /* one of "#^/><$!", ' ' for a value */
	struct str name;
	size_t from, to;  /* the tag itself */
	bool first, last; /* only blanks before, behind it on its line? */
	size_t blank;     /* if so, where the line begins */
	size_t next;      /* and where the next line begins */
};

/* Where the next tag begins at or after from, or src.n. */
size_t tag_find(struct str src, size_t from);

/* Read the tag at from.  NULL, or what is wrong with it (static); out->name
 * is set then when it is the name. */
const char *tag_read(struct str src, size_t from, struct tag *out) MUST_CHECK;

/* Is the tag alone on its line but for an end tag right behind it? */
bool tag_is_pair(struct str src, const struct tag *g);

/* The blanks that begin the first line, at or after from, that has anything
 * else.  from is where a line begins. */
struct str tag_indent(struct str src, size_t from);

#endif
