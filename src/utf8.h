/*
 * Strict UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above
 * U+10FFFF) and what we do to text from outside before it is stored.
 */
#ifndef UTF8_H
#define UTF8_H

#include "arena.h"
#include "base.h"

/* Replacement character, for bytes that are not UTF-8. */
#define UTF8_BAD 0xFFFD

/*
 * The code point at *i, moving *i past it.  Where the bytes are not strict
 * UTF-8: UTF8_BAD, and *i moves past the maximal ill-formed part (Unicode
 * 15, §3.9, "substitution of maximal subparts"), at least one byte.
 */
uint32_t utf8_next(struct str s, size_t *i);

/* Is the whole of s strict UTF-8? */
bool utf8_ok(struct str s);

/* Write c as UTF-8 into to (4 bytes of room); the number of bytes. */
size_t utf8_put(char *to, uint32_t c);

/* How many code points; an ill-formed part counts as one. */
size_t utf8_count(struct str s);

/* s with every ill-formed part as U+FFFD. Borrows s when it was fine. */
struct str utf8_repair(struct arena *a, struct str s);

/* s cut to at most max bytes, never inside a code point.  Borrows. */
struct str utf8_cut(struct str s, size_t max);

/*
 * Does s hold a control character that has no place in text: C0 other than
 * tab, line feed, carriage return, or DEL, or C1 (U+0080 to U+009F)?
 */
bool utf8_has_control(struct str s);

/*
 * A one-line name (B-10): NFC, without bidirectional controls and characters
 * that print nothing (format characters, fillers, variation selectors, tags:
 * U+00AD, U+034F, U+061C, U+115F-60, U+17B4-5, U+180B-F, U+200B, U+200E-F,
 * U+202A-E, U+2060-F, U+3164, U+FE00-F, U+FEFF, U+FFA0, U+FFF9-B,
 * U+E0000-E0FFF …; U+200C and U+200D only between letters or emoji), runs of
 * white space as one space, trimmed.  s must be utf8_ok and without controls.
 * Empty when nothing visible is left.  Idempotent.
 */
struct str utf8_name(struct arena *a, struct str s);

/*
 * For comparing names: NFKC, case folded, diacritics dropped, the invisible
 * characters of utf8_name out, look-alikes of Latin letters and digits from
 * Greek, Cyrillic, Armenian and fullwidth or mathematical alphabets as the
 * letter they look like (a small table of ours, after UTS 39), spaces and
 * punctuation dropped.  Names that look the same fold the same; to be sure
 * of that, a few that differ do too (I, i, l and 1 are one letter).  Empty
 * when there is nothing but punctuation: that is no match.  Idempotent.
 */
struct str utf8_fold(struct arena *a, struct str s);

/* Text for comparison and hashing: NFC, a run of white space as one space,
 * or as one LF when it holds a line end, trimmed, case kept.  Idempotent. */
struct str utf8_squeeze(struct arena *a, struct str s);

#endif
