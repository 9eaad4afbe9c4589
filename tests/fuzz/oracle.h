/*
 * What must hold for all HTML we write, judged by somebody else's parser and
 * by lists of its own, so that a mistake in ours is not repeated here.
 */
#ifndef ORACLE_H
#define ORACLE_H

#include "base.h"

/* The process ends with a message when claim is false. */
void oracle_claim(bool claim, const char *what, struct str input);

/*
 * html, made from input: an HTML parser reads exactly the tree that is
 * written, every element and attribute is one we know, no link stands in a
 * link, no URL has a scheme but http, https and mailto.  elements: the names
 * allowed, each between spaces; NULL: the long list.
 */
void oracle_html(struct html html, const char *elements, struct str input);

#endif
