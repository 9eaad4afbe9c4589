/*
 * The ids inside a text: slugs, each once, and never one that the page around
 * it uses for its own parts (#comments, #respond, #comment-7 …).
 */
#ifndef ANCHOR_H
#define ANCHOR_H

#include "arena.h"
#include "base.h"

struct anchors;

/* The ids of one text, none yet.  Lives in a. */
struct anchors *anchors_new(struct arena *a);

/* An id for a heading: slug_make of its text, "section" when that is empty,
 * "h-" before it when the page uses it, "-2", "-3" … behind it when it is
 * taken.  Lives in the arena of s. */
struct str anchor_heading(struct anchors *s, struct str text);

/* Take an id as it stands: false when it is not as anchor_name would write
 * it, is the page's, or is taken. */
bool anchor_claim(struct anchors *s, struct str id) MUST_CHECK;

/*
 * What a foreign id, or the fragment of a link to one, becomes: ASCII letters
 * in lower case, digits, everything else a hyphen, none of them at the ends,
 * at most SLUG_MAX bytes.  Idempotent.  May be empty.  Lives in a.
 */
struct str anchor_name(struct arena *a, struct str id);

#endif
