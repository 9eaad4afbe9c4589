/*
 * From foreign HTML to HTML we trust: gumbo parses, our strict serialiser
 * writes allow-listed elements and attributes and escapes everything again.
 */
#ifndef SANITIZE_H
#define SANITIZE_H

#include "arena.h"
#include "base.h"

/*
 * Sanitise a fragment.  Total time is linear: a linear scan keeps as escaped
 * text what opens more than 256 elements or has more than 64 attributes in a
 * tag.  Idempotent: sanitize(sanitize(x)) == sanitize(x).  No id or name that
 * could clobber (ids get no prefix but must be slugs).  Images keep only a
 * local src ("/…" but not "//…"); a remote one becomes a link.  Never fails:
 * bad UTF-8 is repaired. Lives in a.
 */
struct html sanitize(struct arena *a, struct str src);

#endif
