/*
 * From foreign HTML to HTML we trust: our tokenizer reads (htmltok.h), our
 * strict writer writes (nest.h) allow-listed elements and attributes and
 * escapes everything again.  No HTML parser is between them: the writer puts
 * right what is out of order, in linear time and bounded depth, and a parser
 * reads its output back as it was meant.
 */
#ifndef SANITIZE_H
#define SANITIZE_H

#include "arena.h"
#include "base.h"

/*
 * Sanitise a fragment.  Linear time; idempotent: sanitize(sanitize(x)) ==
 * sanitize(x).  Tags of unknown elements, and of what would nest deeper than
 * NEST_BLOCKS and NEST_INLINE, are dropped and their text is kept; scripts,
 * styles, embedded documents and drawings go with their content.  Ids become
 * slugs (anchor_name, as the fragments of links to them) or go when the page
 * uses them; no name attributes.  Images keep only a local src ("/…" but not
 * "//…"); another becomes a link.  Never fails: bad UTF-8 is repaired.  Should
 * the output be larger than 16 times the source plus 64 KiB, the source comes
 * back escaped.  Lives in a.
 */
struct html sanitize(struct arena *a, struct str src);

/*
 * The same for a comment that another system kept as HTML: also no headings
 * (their text is a paragraph), tables (their text stays), images (a link),
 * ids or classes, and every link has rel="nofollow ugc noopener".
 */
struct html sanitize_comment(struct arena *a, struct str src);

#endif
