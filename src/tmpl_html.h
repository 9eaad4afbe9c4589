/*
 * Where in HTML a template has come to, followed character by character, so
 * that the parser knows what a placeholder would become part of.  Stricter
 * than a browser: what browsers disagree about, or what a section could make
 * ambiguous, is an error.
 */
#ifndef TMPL_HTML_H
#define TMPL_HTML_H

#include "base.h"

struct html_at {
	uint8_t state;
	uint8_t attr;  /* what the attribute means, while in its value */
	uint8_t raw;   /* the element when its content is not markup */
	uint8_t match; /* progress in a comment's end or a raw end tag */
	bool closing;  /* in an end tag */
	bool url_head; /* in a URL whose scheme may be undecided yet */
	uint8_t word_n;
	char word[16]; /* the tag or attribute name so far, lower case */
};

/* The start of a template: text.  All zeros. */
#define HTML_START ((struct html_at){ 0 })

/* Go on by one character.  NULL, or what is wrong with it (static). */
const char *html_step(struct html_at *at, char c) MUST_CHECK;

/* NULL, or where a placeholder here would be, which is refused (static). */
const char *html_refuses(const struct html_at *at);

/* Is this text between tags, where a whole template may stand? */
bool html_is_text(const struct html_at *at);

/* Is this inside a quoted value, <title> or <textarea>? */
bool html_in_value(const struct html_at *at);

/* A section or block begins or ends here: a name being read ends too. */
void html_pause(struct html_at *at);

/* Whatever comes next must not run into an attribute before it. */
void html_part(struct html_at *at);

/* The same place?  Both paused. */
bool html_same(const struct html_at *a, const struct html_at *b);

/*
 * Two branches meet (both paused).  False when what follows would mean
 * different things; else *at is the place after both.
 */
bool html_join(struct html_at *at, const struct html_at *other) MUST_CHECK;

/* Where this is, for messages: "text", "an attribute value".  Static. */
const char *html_where(const struct html_at *at);

#endif
