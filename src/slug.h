/*
 * The part of an address that is made from a title.
 */
#ifndef SLUG_H
#define SLUG_H

#include "arena.h"
#include "base.h"

/* A slug is at most this many bytes. */
#define SLUG_MAX 100

/* Lower-case ASCII letters, digits and single inner hyphens, 1 to SLUG_MAX. */
bool slug_ok(struct str s);

/*
 * From a title: NFKD, diacritics and apostrophes dropped, case folded, a few
 * letters spelled out (ß ss, æ ae, ø o, đ d, ł l, þ th), everything else a
 * hyphen, cut at a word.  The result is slug_ok or, for a title with nothing
 * of the kind, "" (the caller then uses the id).  Lives in a.
 */
struct str slug_make(struct arena *a, struct str title);

#endif
