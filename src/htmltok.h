/*
 * Cuts foreign HTML into text and tags, much as WHATWG HTML §13.2.5 does.
 * Comments, declarations and processing instructions vanish.  Where it reads
 * something else than a browser would, only looks suffer: what is written
 * afterwards does not depend on the source's quoting.  Linear, whatever
 * comes; where the source ends inside a tag or comment, the rest is text.
 */
#ifndef HTMLTOK_H
#define HTMLTOK_H

#include "base.h"

/* The attributes anybody looks at; all others are skipped. */
#define HTMLTOK_ATTRS(X)                                                       \
	X(align)                                                               \
	X(alt) X(cite) X(class) X(colspan) X(datetime) X(decoding) X(dir)      \
	    X(height) X(href) X(id) X(lang) X(loading) X(name) X(open) X(rel)  \
		X(reversed) X(rowspan) X(scope) X(span) X(src) X(start)        \
		    X(title) X(type) X(value) X(width)

enum attr {
#define X(name) ATTR_##name,
	HTMLTOK_ATTRS(X)
#undef X
	    ATTR_MAX
};

enum tok { TOK_TEXT, TOK_OPEN, TOK_CLOSE, TOK_END };

/* Room for the longest tag name anybody looks at, and a NUL. */
#define HTMLTOK_NAME 16

/* Numbers for names in htmltok_raw are below this. */
#define HTMLTOK_RAW 128

struct htmltok {
	struct str src;
	size_t at;
	/* TOK_TEXT: characters, references not decoded. */
	struct str text;
	/* Tags: in lower case; "" when longer than we care for. */
	char name[HTMLTOK_NAME];
	/* TOK_OPEN: the first of each name, not decoded; has says which. */
	struct str value[ATTR_MAX];
	bool has[ATTR_MAX];
	/* Raw elements whose end tag is known to be nowhere ahead. */
	bool endless[HTMLTOK_RAW];
};

/* src without NUL and CR (text_clean); borrowed. */
void htmltok_init(struct htmltok *t, struct str src);

enum tok htmltok_next(struct htmltok *t);

/*
 * Behind a start tag: move to the end tag called name and return what was
 * between, as it stands.  False, nothing moved, when there is none.  id: a
 * number of the caller's for this name, so that it is sought in vain once.
 */
bool htmltok_raw(struct htmltok *t, const char *name, unsigned id,
    struct str *out) MUST_CHECK;

/* Behind <pre>: a line end that follows at once is none. */
void htmltok_skip_newline(struct htmltok *t);

#endif
