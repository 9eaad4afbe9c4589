/*
 * Where a link leads, and bare web addresses in running text.
 */
#ifndef LINK_H
#define LINK_H

#include "base.h"

/* Does url lead to another host: http:, https: or "//"?  Browsers take a
 * backslash there for a slash. */
bool link_is_external(struct str url);

/* Is url a path from this host's root: "/…" but not "//…"? */
bool link_is_local(struct str url);

/*
 * The next bare http(s) URL of s at or after *at: [*at, *end).  It begins
 * where no letter or digit stands before it and ends before white space, <,
 * > or ", without closing punctuation and unmatched closing parentheses.
 * False when there is none.  A walk over s is linear.
 */
bool link_find(struct str s, size_t *at, size_t *end) MUST_CHECK;

#endif
