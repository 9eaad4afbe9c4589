/*
 * What stands between bytes from outside and the characters they mean:
 * controls that have no place in a page, and character references.
 */
#ifndef ENTITY_H
#define ENTITY_H

#include "buf.h"

/* Spare bytes behind the text of text_clean: md4c 0.4.8 reads one too far. */
#define TEXT_PAD 8

/*
 * s as strict UTF-8 with line ends as LF and without the characters that
 * neither HTML nor XML allows: C0 (but tab and LF), DEL, C1, noncharacters.
 * NUL becomes U+FFFD.  With TEXT_PAD zero bytes behind it.  Lives in a.
 */
struct str text_clean(struct arena *a, struct str s);

/*
 * Append what the character reference at s.p[at] (a '&') stands for and
 * return its length, 0 and nothing appended when there is none.  Named ones
 * need their semicolon, numeric ones do not.  What text_clean would not let
 * through becomes U+FFFD, but &#128; to &#159; are read as windows-1252
 * (WHATWG HTML §13.2.5.80).
 */
size_t entity_put(struct buf *b, struct str s, size_t at);

/* Append s with all its references decoded. */
void entity_decode(struct buf *b, struct str s);

#endif
