/*
 * The moderation page: lists by state, buttons on each comment and for many,
 * Undo after everything but Delete permanently, which asks first.
 */
#include "config.h"

#include "date.h"
#include "page.h"
#include "view.h"

#define ROWS 20

/* clang-format off */
static const struct tab {
	const char *name;
	enum comment_status status;
	enum msg label, empty;
	/* what can be done with a comment here, in the order of the buttons */
	enum comment_act acts[4];
	size_t nacts;
} tabs[] = {
	{ "pending",  COMMENT_PENDING,	MSG_tab_pending,  MSG_empty_pending,
		{ ACT_APPROVE, ACT_SPAM, ACT_TRASH }, 3 },
	{ "approved", COMMENT_APPROVED,	MSG_tab_approved, MSG_empty_approved,
		{ ACT_UNAPPROVE, ACT_SPAM, ACT_TRASH }, 3 },
	{ "spam",     COMMENT_SPAM,	MSG_tab_spam,	  MSG_empty_spam_tab,
		{ ACT_UNSPAM, ACT_TRASH, ACT_DELETE }, 3 },
	{ "trash",    COMMENT_TRASH,	MSG_tab_trash,	  MSG_empty_trash_tab,
		{ ACT_RESTORE, ACT_SPAM, ACT_DELETE }, 3 },
};

static const struct {
	enum msg button, label, done_one, done_other;
} words[ACT_MAX] = {
	[ACT_APPROVE] = { MSG_approve, MSG_approve_comment,
		MSG_did_approve_one, MSG_did_approve_other },
	[ACT_UNAPPROVE] = { MSG_unapprove, MSG_unapprove_comment,
		MSG_did_unapprove_one, MSG_did_unapprove_other },
	[ACT_SPAM] = { MSG_spam, MSG_spam_comment,
		MSG_did_spam_one, MSG_did_spam_other },
	[ACT_UNSPAM] = { MSG_not_spam, MSG_not_spam_comment,
		MSG_did_not_spam_one, MSG_did_not_spam_other },
	[ACT_TRASH] = { MSG_trash, MSG_trash_comment,
		MSG_did_trash_one, MSG_did_trash_other },
	[ACT_RESTORE] = { MSG_restore, MSG_restore_comment,
		MSG_did_restore_one, MSG_did_restore_other },
	[ACT_DELETE] = { MSG_delete_permanently, MSG_delete_comment,
		MSG_did_delete_one, MSG_did_delete_other },
	[ACT_UNDO] = { MSG_undo, MSG_undo,
		MSG_did_undo_one, MSG_did_undo_other },
};
/* clang-format on */

/* Which list is looked at. */
struct list {
	const struct tab *tab;
	int64_t article; /* 0: all */
	int64_t before;	 /* older than this comment */
	int64_t done;	 /* an action to tell about, or 0 */
	enum msg problem;
};

static const struct tab *
tab_find(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(tabs); i++)
		if (str_eq(str_c(tabs[i].name), name))
			return &tabs[i];
	return &tabs[0];
}

static enum err
read_id(const struct fields *f, const char *name, int64_t otherwise,
    int64_t *out)
{
	struct str value;
	uint64_t n;
	enum err e = field_one(f, name, &value);

	if (e != OK)
		return e;
	*out = str_u64(value, INT64_MAX, &n) ? (int64_t)n : otherwise;
	return OK;
}

static enum err
read_list(const struct fields *f, struct list *out)
{
	struct str tab;
	enum err e;

	*out = (struct list){ .problem = MSG_MAX };
	if ((e = field_one(f, "tab", &tab)) != OK ||
	    (e = read_id(f, "article", 0, &out->article)) != OK ||
	    (e = read_id(f, "before", INT64_MAX, &out->before)) != OK ||
	    (e = read_id(f, "done", 0, &out->done)) != OK)
		return e;
	out->tab = tab_find(tab);
	return OK;
}

static struct str
list_path(struct ctx *c, const struct tab *tab, int64_t article,
    const char *more, int64_t value)
{
	struct str path = arena_printf(c->a, "/admin/comments?tab=%s",
	    tab->name);

	if (article != 0)
		path = arena_printf(c->a, "%s&article=%lld", path.p,
		    (long long)article);
	if (more != NULL)
		path = arena_printf(c->a, "%s&%s=%lld", path.p, more,
		    (long long)value);
	return path;
}

/* ---- showing ------------------------------------------------------------------------ */

static enum err
fill_tabs(struct ctx *c, struct view *v, const struct list *l)
{
	int64_t counts[COMMENT_DELETED];
	enum err e = comment_counts(c->staff, counts);

	for (size_t i = 0; e == OK && i < ARRAY_LEN(tabs); i++) {
		struct view *item = view_item(v, N_tabs);

		view_text(item, N_label, view_msg(c, tabs[i].label));
		view_text(item, N_count,
		    msg_number(c->a, c->lang, counts[tabs[i].status]));
		view_link(c, item, N_url,
		    list_path(c, &tabs[i], l->article, NULL, 0));
		view_bool(item, N_current, l->tab == &tabs[i]);
	}
	return e;
}

static void
fill_reasons(struct ctx *c, struct view *item, const struct comment_row *r)
{
	for (size_t i = 0; i < r->nreasons; i++) {
		struct str key = arena_printf(c->a, "reason_%s",
		    r->reasons[i].code);
		enum msg m;

		if (msg_find(key, &m))
			view_item_text(item, N_reasons,
			    view_msg1(c, m, r->reasons[i].detail));
	}
}

static void
fill_acts(struct ctx *c, struct view *item, const struct tab *tab,
    const struct comment_row *r, struct str name)
{
	for (size_t i = 0; i < tab->nacts; i++) {
		struct view *act = view_item(item, N_acts);

		view_text(act, N_act, str_c(comment_act_name(tab->acts[i])));
		view_int(act, N_value, r->c.id);
		view_text(act, N_label,
		    view_msg(c, words[tab->acts[i]].button));
		view_text(act, N_title,
		    view_msg1(c, words[tab->acts[i]].label, name));
		view_bool(act, N_danger, tab->acts[i] == ACT_DELETE);
		view_bool(act, N_first, i == 0);
	}
}

static void
fill_row(struct ctx *c, struct view *v, const struct list *l,
    const struct comment_row *r)
{
	struct view *item = view_item(v, N_rows);
	struct str name = r->c.name.n > 0 ? r->c.name :
					    view_msg(c, MSG_anonymous);

	view_int(item, N_id, r->c.id);
	view_text(item, N_name, name);
	view_url(item, N_website, r->c.url);
	if (r->email.n > 0) {
		view_text(item, N_email, r->email);
		view_url(item, N_mailto,
		    arena_printf(c->a, "mailto:%.*s", (int)r->email.n,
			r->email.p));
	}
	view_html(item, N_content, r->c.html);
	view_text(item, N_date, date_time_long(c->a, c->lang, r->c.created_at));
	view_text(item, N_date_iso, date_rfc3339(c->a, r->c.created_at));
	view_text(item, N_select_label,
	    view_msg1(c, MSG_select_comment, name));
	view_text(item, N_article_title, r->article_title);
	if (r->article_path.n > 0)
		view_link(c, item, N_article_url, r->article_path);
	if (r->article_path.n > 0 && r->status == COMMENT_APPROVED)
		view_link(c, item, N_url,
		    arena_printf(c->a, "%.*s#comment-%lld",
			(int)r->article_path.n, r->article_path.p,
			(long long)r->c.id));
	view_link(c, item, N_filter,
	    list_path(c, l->tab, r->article, NULL, 0));
	view_text(item, N_article_count,
	    view_count(c, MSG_count_one, MSG_count_other,
		r->article_comments));
	fill_reasons(c, item, r);
	fill_acts(c, item, l->tab, r, name);
}

static void
fill_bulk(struct ctx *c, struct view *v, const struct tab *tab)
{
	for (size_t i = 0; i < tab->nacts; i++) {
		struct view *item = view_item(v, N_bulk);

		view_text(item, N_act,
		    str_c(comment_act_name(tab->acts[i])));
		view_text(item, N_label,
		    view_msg(c, words[tab->acts[i]].button));
	}
}

static enum err
fill_done(struct ctx *c, struct view *v, const struct list *l)
{
	enum comment_act act;
	bool undone;
	int64_t n;
	enum err e;

	if (l->problem != MSG_MAX)
		view_text(v, N_error, view_msg(c, l->problem));
	if (l->done == 0)
		return OK;
	e = comment_action(c->staff, l->done, &act, &undone, &n);
	if (e != OK)
		return e == ERR_NOTFOUND ? OK : e;
	view_text(v, N_notice,
	    n == 0 ? view_msg(c, MSG_did_nothing) :
		     view_count(c, words[act].done_one,
			 words[act].done_other, n));
	if (act != ACT_DELETE && !undone && n > 0)
		view_int(v, N_undo_action, l->done);
	return OK;
}

static enum err
show(struct ctx *c, const struct list *l)
{
	struct comment_row *rows;
	struct view *v = view_page(c, view_msg(c, MSG_comments));
	size_t n;
	enum err e;

	e = comment_queue(c->staff, c->site->secret, c->a, l->tab->status,
	    l->article, l->before, ROWS + 1, &rows, &n);
	if (e != OK || (e = fill_tabs(c, v, l)) != OK ||
	    (e = fill_done(c, v, l)) != OK)
		return e;
	view_link(c, v, N_action, STR("/admin/comments"));
	view_text(v, N_tab, str_c(l->tab->name));
	view_text(v, N_status_name, view_msg(c, l->tab->label));
	if (l->article != 0) {
		view_int(v, N_filter, l->article);
		if (n > 0)
			view_text(v, N_filter_title,
			    view_msg1(c, MSG_in_response_to,
				rows[0].article_title));
		view_link(c, v, N_filter_clear,
		    list_path(c, l->tab, 0, NULL, 0));
	}
	if (n > ROWS) {
		n = ROWS;
		view_link(c, v, N_older_url,
		    list_path(c, l->tab, l->article, "before",
			rows[n - 1].c.id));
	}
	if (n == 0)
		view_text(v, N_empty, view_msg(c, l->tab->empty));
	for (size_t i = 0; i < n; i++)
		fill_row(c, v, l, &rows[i]);
	fill_bulk(c, v, l->tab);
	view_render(c, "moderate", v);
	return OK;
}

enum err
page_moderate(struct ctx *c)
{
	struct list l;
	enum err e = read_list(&c->req.query, &l);

	return e == OK ? show(c, &l) : e;
}

/* ---- acting -------------------------------------------------------------------------- */

struct wish {
	enum comment_act act;
	bool any;	 /* there is one */
	int64_t undo;	 /* an action to take back, or 0 */
	bool confirmed;
	int64_t ids[FIELDS_MAX];
	size_t n;
};

static void
add_id(struct wish *w, struct str value)
{
	uint64_t id;

	if (w->n < ARRAY_LEN(w->ids) && str_u64(value, INT64_MAX, &id))
		w->ids[w->n++] = (int64_t)id;
}

/* A row's button carries its act as the name and the comment as the value;
 * else "op" says what to do with all ticked ones ("id"). */
static enum err
read_wish(struct ctx *c, struct wish *w)
{
	const struct fields *f = &c->req.form;
	struct str op, confirm;
	enum err e;

	*w = (struct wish){ 0 };
	if ((e = field_one(f, "op", &op)) != OK ||
	    (e = field_one(f, "confirm", &confirm)) != OK ||
	    (e = read_id(f, "undo", 0, &w->undo)) != OK)
		return e;
	w->confirmed = str_eq(confirm, STR("1"));
	for (size_t i = 0; i < f->n; i++) {
		enum comment_act act;

		if (!comment_act_find(f->list[i].name, &act) ||
		    act == ACT_UNDO)
			continue;
		w->act = act;
		w->any = true;
		add_id(w, f->list[i].value);
		return OK;
	}
	w->any = comment_act_find(op, &w->act) && w->act != ACT_UNDO;
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->list[i].name, STR("id")))
			add_id(w, f->list[i].value);
	return OK;
}

static enum err
ask_first(struct ctx *c, const struct list *l, const struct wish *w)
{
	struct view *v = view_page(c, view_msg(c, MSG_delete_confirm_title));

	view_text(v, N_question,
	    view_count(c, MSG_delete_confirm_one, MSG_delete_confirm_other,
		(int64_t)w->n));
	view_link(c, v, N_action, STR("/admin/comments"));
	view_link(c, v, N_cancel_url,
	    list_path(c, l->tab, l->article, NULL, 0));
	view_text(v, N_tab, str_c(l->tab->name));
	if (l->article != 0)
		view_int(v, N_filter, l->article);
	view_text(v, N_act, str_c(comment_act_name(w->act)));
	for (size_t i = 0; i < w->n; i++)
		view_item_text(v, N_ids,
		    arena_printf(c->a, "%lld", (long long)w->ids[i]));
	view_render(c, "confirm", v);
	return OK;
}

static enum err
again(struct ctx *c, struct list *l, enum msg problem)
{
	c->res.status = 422;
	l->problem = problem;
	return show(c, l);
}

enum err
page_moderate_act(struct ctx *c)
{
	struct act_done done;
	struct list l;
	struct wish w;
	enum err e;

	if ((e = read_list(&c->req.form, &l)) != OK ||
	    (e = read_wish(c, &w)) != OK)
		return e;
	if (w.undo != 0) {
		e = comment_undo(c->site->store, c->user.id, w.undo, c->now,
		    &done);
		if (e == ERR_NOTFOUND)
			return again(c, &l, MSG_undo_over);
	} else if (!w.any) {
		return again(c, &l, MSG_no_action);
	} else if (w.n == 0) {
		return again(c, &l, MSG_nothing_selected);
	} else if (w.act == ACT_DELETE && !w.confirmed) {
		return ask_first(c, &l, &w);
	} else {
		e = comment_act(c->site->store, c->user.id, w.act, w.ids, w.n,
		    c->now, &done);
	}
	if (e != OK)
		return e;
	return response_see_other(c,
	    list_path(c, l.tab, l.article, "done", done.action));
}
