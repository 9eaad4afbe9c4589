/*
 * The site map.  What a row asks for is checked before its handler runs: the
 * size of the body, who is signed in, what they may do, and that the form was
 * ours.
 */
#include "config.h"

#include "page.h"
#include "route.h"

#define KIB 1024

/* clang-format off */
const struct route routes[] = {
/* method	pattern			handler			who may			form		body */

{ METHOD_GET,	"/",			page_home,		CAN_NOTHING,		GUARD_NONE,	0 },
{ METHOD_GET,	"/page/:n/",		page_home,		CAN_NOTHING,		GUARD_NONE,	0 },
{ METHOD_GET,	"/c/:n",		page_permalink,		CAN_NOTHING,		GUARD_NONE,	0 },
{ METHOD_POST,	"/article/:n/comments",	page_reply,		CAN_NOTHING,		GUARD_STAMP,	128 * KIB },
{ METHOD_GET,	"/static/*",		page_static,		CAN_NOTHING,		GUARD_NONE,	0 },
{ METHOD_GET,	"/media/*",		page_media,		CAN_NOTHING,		GUARD_NONE,	0 },

{ METHOD_GET,	"/admin/login",		page_login,		CAN_NOTHING,		GUARD_NONE,	0 },
{ METHOD_POST,	"/admin/login",		page_login_try,		CAN_NOTHING,		GUARD_LOGIN,	8 * KIB },
{ METHOD_POST,	"/admin/logout",	page_logout,		CAN_SIGN_OUT,		GUARD_CSRF,	8 * KIB },
{ METHOD_GET,	"/admin/",		page_admin,		CAN_SIGN_OUT,		GUARD_NONE,	0 },
{ METHOD_GET,	"/admin/comments",	page_moderate,		CAN_MODERATE,		GUARD_NONE,	0 },
{ METHOD_POST,	"/admin/comments",	page_moderate_act,	CAN_MODERATE,		GUARD_CSRF,	64 * KIB },
{ METHOD_GET,	"/admin/articles",	page_articles,		CAN_WRITE,		GUARD_NONE,	0 },
{ METHOD_GET,	"/admin/articles/new",	page_edit,		CAN_WRITE,		GUARD_NONE,	0 },
{ METHOD_POST,	"/admin/articles/new",	page_edit_save,		CAN_WRITE,		GUARD_CSRF,	8 * KIB * KIB },
{ METHOD_GET,	"/admin/articles/:n",	page_edit,		CAN_WRITE,		GUARD_NONE,	0 },
{ METHOD_POST,	"/admin/articles/:n",	page_edit_save,		CAN_WRITE,		GUARD_CSRF,	8 * KIB * KIB },

/* every other address may be an article's */
{ METHOD_GET,	"/*",			page_article,		CAN_NOTHING,		GUARD_NONE,	0 },

{ METHOD_OTHER,	NULL,			NULL,			CAN_NOTHING,		GUARD_NONE,	0 },
};
/* clang-format on */
