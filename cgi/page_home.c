/* Home and the pages after it: the newest articles. */
#include "config.h"

#include "page.h"
#include "view.h"

static struct str
page_path(struct ctx *c, int64_t page)
{
	return page == 1 ?
	    STR("/") :
	    arena_printf(c->a, "/page/%lld/", (long long)page);
}

/* Everything that this page is made of, as far as it can change. */
static enum err
versions(struct ctx *c, int page, struct str *out)
{
	struct q q = q_begin(c->pub, STMT_SITE_VERSIONS);
	int64_t clock = 0, newest = 0;

	if (q_row(&q)) {
		clock = q_get_i64(&q, 0);
		newest = q_get_i64(&q, 2);
	}
	*out = arena_printf(c->a, "home %d %lld %lld", page, (long long)clock,
	    (long long)newest);
	return q_end(&q);
}

static enum err
fill_list(struct ctx *c, struct view *v, const struct article *list, size_t n,
    bool newest_page)
{
	enum err e = OK;

	for (size_t i = 0; e == OK && i < n; i++) {
		struct view *item = view_item(v, N_articles);
		enum lang page_lang = c->lang;

		/* Each in its own language, words around it too. */
		c->lang = list[i].lang;
		view_article(c, item, &list[i]);
		view_text(item, N_lang, str_c(lang_code(c->lang)));
		e = view_image(c, item, list[i].image,
		    i == 0 && newest_page);
		c->lang = page_lang;
	}
	return e;
}

enum err
page_home(struct ctx *c)
{
	int per_page = c->set.posts_per_page;
	int page = c->arg == 0 ? 1 : (int)c->arg;
	struct article *list;
	struct view *v;
	struct str parts, title = STR("");
	bool more;
	size_t n;
	enum err e;

	if (c->arg > 1000000 || (c->arg == 0 && c->req.path.n > 1))
		return ERR_NOTFOUND;
	if (c->arg == 1)
		return response_moved(c, STR("/"));
	if (c->user.id == 0) {
		if ((e = versions(c, page, &parts)) != OK)
			return e;
		if (response_fresh(c, parts))
			return OK;
	}
	e = article_page(c->pub, c->a, page, per_page, &list, &n, &more);
	if (e != OK)
		return e;
	if (n == 0 && page > 1)
		return ERR_NOTFOUND;
	if (page > 1)
		title = view_msg1(c, MSG_page_n,
		    msg_number(c->a, c->lang, page));
	v = view_page(c, title);
	view_text(v, N_description, c->set.tagline);
	view_url(v, N_canonical, view_absolute(c, page_path(c, page)));
	if (page > 1)
		view_text(v, N_page_label, title);
	if (more)
		view_link(c, v, N_older, page_path(c, page + 1));
	if (page > 1)
		view_link(c, v, N_newer, page_path(c, page - 1));
	view_bool(v, N_pager, page > 1 || more);
	view_bool(v, N_empty, n == 0);
	if ((e = fill_list(c, v, list, n, page == 1)) != OK)
		return e;
	view_render(c, "home", v);
	return OK;
}
