/*
 * "Leave a Reply" comes in.  Whatever is wrong, the visitor gets the form
 * again with every word he typed; only a body larger than any comment may be
 * is refused unread.
 */
#include "config.h"

#include "page.h"
#include "view.h"

/* Long enough to come back to the tab after a coffee, short enough that a
 * leaked address is of no use to a search engine (B-24). */
#define PENDING_LIFE_S (60 * 60)

struct reply {
	struct article article;
	struct comment_form form;
	struct comment parent; /* id 0: none */
};

static enum err
read_form(struct ctx *c, struct reply *r, uint64_t *parent)
{
	const struct fields *f = &c->req.form;
	struct str text;
	enum err e;

	*parent = 0;
	if ((e = field_one(f, "comment", &r->form.text)) != OK ||
	    (e = field_one(f, "author", &r->form.name)) != OK ||
	    (e = field_one(f, "email", &r->form.email)) != OK ||
	    (e = field_one(f, "url", &r->form.url)) != OK ||
	    (e = field_one(f, "parent", &text)) != OK)
		return e;
	if (text.n > 0 && !str_u64(text, INT64_MAX, parent))
		return ERR_INPUT;
	return OK;
}

/* The form again, on a page of its own. */
static enum err
show_again(struct ctx *c, struct reply *r, int status, enum msg problem)
{
	struct view *v, *item;

	c->res.status = status;
	c->res.noindex = true;
	v = view_page(c, view_msg(c, MSG_reply_title));
	view_text(v, N_article_title, r->article.title);
	view_link(c, v, N_article_url, r->article.path);
	if (problem != MSG_MAX) {
		item = view_item(v, N_errors);
		view_text(item, N_field, STR("comment"));
		view_text(item, N_message, view_msg(c, problem));
	}
	if (r->parent.id != 0) {
		view_html(v, N_quote, r->parent.html);
		view_text(v, N_label,
		    view_msg1(c, MSG_replying_to, r->parent.name));
	}
	view_bool(v, N_closed, !r->article.open);
	view_form(c, v, &r->article, &r->form,
	    r->parent.id != 0 ? &r->parent : NULL);
	view_render(c, "reply", v);
	return OK;
}

static enum err
see_comment(struct ctx *c, const struct reply *r,
    const struct comment_stored *stored)
{
	struct str path = r->article.path, id, token;

	if (stored->status == COMMENT_APPROVED)
		return response_see_other(c,
		    arena_printf(c->a, "%.*s#comment-%lld", (int)path.n,
			path.p, (long long)stored->id));
	/* Who sends the same again may be somebody else: only the first one
	 * is given the right to see it. */
	if (stored->repeated)
		return response_see_other(c,
		    arena_printf(c->a, "%.*s?received=1#respond", (int)path.n,
			path.p));
	id = arena_printf(c->a, "%lld", (long long)stored->id);
	token = token_make(c->site->secret, c->a, TOKEN_PENDING, id,
	    c->now + PENDING_LIFE_S);
	return response_see_other(c,
	    arena_printf(c->a, "%.*s?pending=%.*s-%.*s#comment-%.*s",
		(int)path.n, path.p, (int)id.n, id.p, (int)token.n, token.p,
		(int)id.n, id.p));
}

static enum err
store_reply(struct ctx *c, struct reply *r)
{
	struct comment_new n = {
		.article = r->article.id,
		.parent = r->parent.id,
		.form = &r->form,
		.user = &c->user,
		/* Under one's own article nobody waits for a moderator. */
		.may_moderate = user_can(&c->user, CAN_MODERATE) ||
		    (c->user.id != 0 && c->user.id == r->article.author),
		.address = c->req.remote,
		.now = c->now,
	};
	struct comment_stored stored;
	enum err e = comment_add(c->site->store, c->site->secret, c->a, &n,
	    &stored);

	switch (e) {
	case OK:
		return see_comment(c, r, &stored);
	case ERR_DENIED:
		r->article.open = false;
		return show_again(c, r, 403, MSG_err_closed);
	case ERR_INPUT:
		return show_again(c, r, 403, MSG_err_parent);
	case ERR_BUSY:
		return show_again(c, r, 503, MSG_err_save);
	case ERR_IO:
		return show_again(c, r, 500, MSG_err_save);
	default:
		return e;
	}
}

/* Signed in, the comment is staff's: then it takes the session's token, so
 * that no other page can write in that name. */
static bool
token_good(struct ctx *c)
{
	struct str token;

	if (c->user.id == 0)
		return c->stamp == STAMP_GOOD;
	return c->stamp != STAMP_WRONG &&
	    field_one(&c->req.form, "csrf", &token) == OK &&
	    token_check(c->site->secret, TOKEN_CSRF, c->token, token,
		c->now) == TOKEN_OK;
}

/* The order of checks is B-05's: article, parent, closed, fields. */
enum err
page_reply(struct ctx *c)
{
	struct reply r = { .parent.id = 0 };
	uint64_t parent;
	bool parent_gone = false;
	enum err e;

	e = article_by_id(c->pub, c->a, (int64_t)c->arg, &r.article);
	if (e != OK)
		return e;
	c->lang = r.article.lang;
	if ((e = read_form(c, &r, &parent)) != OK)
		return e;
	if (parent != 0) {
		e = comment_parent(c->pub, c->a, r.article.id,
		    (int64_t)parent, &r.parent);
		parent_gone = e == ERR_NOTFOUND;
		if (e != OK && !parent_gone)
			return e;
	}
	e = comment_form_check(&r.form, c->a, c->staff, &c->set, &c->user);
	if (e != OK)
		return e;
	if (parent_gone)
		return show_again(c, &r, 403, MSG_err_parent);
	if (!r.article.open)
		return show_again(c, &r, 403, MSG_err_closed);
	if (r.form.nerrors > 0)
		return show_again(c, &r, 422, MSG_MAX);
	if (!token_good(c))
		return show_again(c, &r, 422, MSG_err_stamp);
	return store_reply(c, &r);
}
