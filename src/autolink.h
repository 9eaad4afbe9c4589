/*
 * Bare web addresses in running text.
 */
#ifndef AUTOLINK_H
#define AUTOLINK_H

#include "base.h"

/* Does s begin with "http://" or "https://", in any case? */
bool autolink_starts(struct str s);

/*
 * The next bare http(s) URL of s at or after *at: [*at, *end).  It begins
 * where no letter or digit stands before it and ends before white space, <,
 * > or ", without closing punctuation and unmatched closing parentheses.
 * False when there is none.  A walk over s is linear.
 */
bool autolink_find(struct str s, size_t *at, size_t *end) MUST_CHECK;

#endif
