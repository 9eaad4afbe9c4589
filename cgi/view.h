/*
 * From what a handler found to what a template shows: the values every page
 * has, and the pieces several pages share.
 */
#ifndef VIEW_H
#define VIEW_H

#include "article.h"
#include "comment.h"
#include "ctx.h"

/* The view of a page in language c->lang with its frame filled in: site,
 * language, assets, navigation, who is signed in. title is the page's own;
 * empty: the site's. */
struct view *view_page(struct ctx *c, struct str title);

/* A message in the page's language, with up to three arguments. */
struct str view_msg(struct ctx *c, enum msg m);
struct str view_msg1(struct ctx *c, enum msg m, struct str arg);
struct str view_count(struct ctx *c, enum msg one, enum msg other, int64_t n);

/* What somebody typed, to be shown to him again: any bytes. What is no text
 * (NUL, broken UTF-8) becomes U+FFFD, so that the page is one. */
void view_typed(struct ctx *c, struct view *v, enum name n, struct str s);

/* An address below the blog's base: "/blog" + path. */
struct str view_path(struct ctx *c, struct str path);

/* The same with scheme and host. */
struct str view_absolute(struct ctx *c, struct str path);

/* Set a name to an address below the base. */
void view_link(struct ctx *c, struct view *v, enum name n, struct str path);

/* Its summary, or the first words of its text. */
struct str view_summary(struct ctx *c, const struct article *a);

/* Title, address, dates, author, reading time of an article. */
void view_article(struct ctx *c, struct view *v, const struct article *a);

/* The featured picture under `image`; nothing when there is none. first: it
 * is the largest thing people wait for. */
enum err view_image(struct ctx *c, struct view *v, int64_t media, bool first)
    MUST_CHECK;

/* The reply form under `form`.  typed: what a visitor wrote already, with
 * its errors, or NULL.  parent: whom it answers, or NULL. */
void view_form(struct ctx *c, struct view *v, const struct article *a,
    const struct comment_form *typed, const struct comment *parent);

/* Render a template into c->body. */
void view_render(struct ctx *c, const char *template, const struct view *v);

#endif
