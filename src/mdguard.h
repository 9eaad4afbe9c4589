/*
 * What md4c 0.4.8 pays for more than once, found in one walk before it is
 * asked: deep containers, nested or countless brackets, many definitions.
 */
#ifndef MDGUARD_H
#define MDGUARD_H

#include "arena.h"
#include "base.h"

/* May an article's text (text_clean) be parsed?  a is for the walk. */
bool mdguard_article(struct arena *a, struct str src);

/* May a comment's? */
bool mdguard_comment(struct str src);

#endif
