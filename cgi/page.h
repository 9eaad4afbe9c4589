/*
 * The handlers of the route table, one file a kind of page.  Each fills
 * c->body and c->res, or returns an error that becomes an error page.
 */
#ifndef PAGE_H
#define PAGE_H

#include "ctx.h"

enum err page_home(struct ctx *c) MUST_CHECK;		/* page_home.c */
enum err page_article(struct ctx *c) MUST_CHECK;	/* page_article.c */
enum err page_permalink(struct ctx *c) MUST_CHECK;
enum err page_reply(struct ctx *c) MUST_CHECK;		/* page_reply.c */
enum err page_static(struct ctx *c) MUST_CHECK;		/* page_file.c */
enum err page_media(struct ctx *c) MUST_CHECK;
enum err page_login(struct ctx *c) MUST_CHECK;		/* page_login.c */
enum err page_login_try(struct ctx *c) MUST_CHECK;
enum err page_logout(struct ctx *c) MUST_CHECK;
enum err page_admin(struct ctx *c) MUST_CHECK;
enum err page_moderate(struct ctx *c) MUST_CHECK;	/* page_moderate.c */
enum err page_moderate_act(struct ctx *c) MUST_CHECK;
enum err page_articles(struct ctx *c) MUST_CHECK;	/* page_edit.c */
enum err page_edit(struct ctx *c) MUST_CHECK;
enum err page_edit_save(struct ctx *c) MUST_CHECK;

/* Instead of a page for staff: sign in, then come back here. */
enum err page_login_first(struct ctx *c) MUST_CHECK;

/* The page for an error, in the site's look where the database allows. */
enum err page_error(struct ctx *c, enum err e) MUST_CHECK;

#endif
