/*
 * An article with its comments and the form.  The same page for everybody is
 * shared and answered with 304; a page made for one person (signed in, his
 * own held comment, a reply to somebody) is private.
 */
#include "config.h"

#include "date.h"
#include "page.h"
#include "view.h"

/* ---- what the page is made for ------------------------------------------------ */

struct personal {
	bool any;
	/* ?reply=ID: the form answers this comment */
	struct comment parent;
	/* ?pending=ID-TOKEN: this browser wrote it */
	struct comment own;
	enum comment_status own_status;
	/* ?received=1: the same comment was sent twice */
	bool received;
};

static enum err
read_reply(struct ctx *c, const struct article *a, struct personal *p)
{
	struct str value;
	uint64_t id;
	enum err e;

	if ((e = field_one(&c->req.query, "reply", &value)) != OK)
		return e;
	if (!str_u64(value, INT64_MAX, &id))
		return OK;
	e = comment_parent(c->pub, c->a, a->id, (int64_t)id, &p->parent);
	if (e == OK)
		p->any = true;
	return e == ERR_NOTFOUND ? OK : e;
}

static enum err
read_own(struct ctx *c, const struct article *a, struct personal *p)
{
	struct str value, id_text;
	size_t dash;
	uint64_t id;
	enum err e;

	if ((e = field_one(&c->req.query, "pending", &value)) != OK)
		return e;
	dash = str_find(value, '-', 0);
	id_text = str_sub(value, 0, dash);
	if (!str_u64(id_text, INT64_MAX, &id) ||
	    token_check(c->site->secret, TOKEN_PENDING, id_text,
		str_sub(value, dash + 1, value.n), c->now) != TOKEN_OK)
		return OK;
	e = comment_own(c->staff, c->a, a->id, (int64_t)id, &p->own,
	    &p->own_status);
	if (e == OK)
		p->any = true;
	return e == ERR_NOTFOUND ? OK : e;
}

static enum err
read_personal(struct ctx *c, const struct article *a, struct personal *p)
{
	struct str received;
	enum err e;

	*p = (struct personal){ .any = c->user.id != 0 };
	if ((e = read_reply(c, a, p)) != OK || (e = read_own(c, a, p)) != OK ||
	    (e = field_one(&c->req.query, "received", &received)) != OK)
		return e;
	p->received = str_eq(received, STR("1"));
	p->any = p->any || p->received;
	return OK;
}

/* ---- the thread ------------------------------------------------------------------ */

struct thread {
	struct ctx *c;
	const struct article *a;
	const struct comment *list;
	size_t n;
	const struct personal *personal;
	/* ids to their place in list: open addressing, never full */
	uint32_t *place;
	size_t mask;
};

static size_t
slot(const struct thread *t, int64_t id)
{
	size_t i = (size_t)id * 0x9E3779B1u & t->mask;

	while (t->place[i] != 0 && t->list[t->place[i] - 1].id != id)
		i = (i + 1) & t->mask;
	return i;
}

static const struct comment *
find_comment(const struct thread *t, int64_t id)
{
	uint32_t place = t->place[slot(t, id)];

	return place == 0 ? NULL : &t->list[place - 1];
}

static void
index_thread(struct thread *t)
{
	size_t size = 16;

	while (size < t->n * 2)
		size *= 2;
	t->mask = size - 1;
	t->place = arena_array(t->c->a, size, sizeof(*t->place));
	for (size_t i = 0; i < t->n; i++)
		t->place[slot(t, t->list[i].id)] = (uint32_t)i + 1;
}

static struct str
anchor(struct ctx *c, int64_t id)
{
	return arena_printf(c->a, "#comment-%lld", (long long)id);
}

static void
fill_parent(const struct thread *t, struct view *v, const struct comment *cm)
{
	const struct comment *parent = find_comment(t, cm->parent);

	if (parent == NULL)
		return;
	view_text(v, N_in_reply_to,
	    view_msg1(t->c, MSG_in_reply_to, parent->name));
	view_url(v, N_parent_url, anchor(t->c, parent->id));
}

static void
fill_reply_link(const struct thread *t, struct view *v,
    const struct comment *cm)
{
	struct ctx *c = t->c;
	struct str path = t->a->path;

	view_link(c, v, N_reply_url,
	    arena_printf(c->a, "%.*s?reply=%lld#respond", (int)path.n, path.p,
		(long long)cm->id));
	view_text(v, N_reply_label, view_msg1(c, MSG_reply_to, cm->name));
}

static struct str
shown_name(struct ctx *c, struct str name)
{
	return name.n > 0 ? name : view_msg(c, MSG_anonymous);
}

static void
fill_comment(const struct thread *t, struct view *v, const struct comment *cm)
{
	struct ctx *c = t->c;
	bool own = cm == &t->personal->own;
	bool held = own && t->personal->own_status != COMMENT_APPROVED;

	view_int(v, N_id, cm->id);
	view_text(v, N_name, shown_name(c, cm->name));
	view_url(v, N_website, cm->url);
	view_bool(v, N_in_reply_to, false);
	view_bool(v, N_own_note, false);
	view_bool(v, N_reply_url, false);
	view_bool(v, N_by_author, cm->user == t->a->author && cm->user != 0);
	view_url(v, N_url, anchor(c, cm->id));
	view_text(v, N_label,
	    view_msg1(c, MSG_comment_permalink, shown_name(c, cm->name)));
	view_text(v, N_date, date_time_long(c->a, c->lang, cm->created_at));
	view_text(v, N_date_iso, date_rfc3339(c->a, cm->created_at));
	view_html(v, N_content, cm->html);
	if (cm->parent != 0)
		fill_parent(t, v, cm);
	if (held)
		view_text(v, N_own_note, view_msg(c, MSG_pending_preview));
	else if (t->a->open)
		fill_reply_link(t, v, cm);
}

/*
 * The list comes in reading order with the ancestors of each; a stack of
 * views follows it.  An ancestor nobody may see (removed, or held again)
 * keeps its place with a sentence, so that the answers do not seem to answer
 * somebody else.  Past the depth setting everything hangs on the last level.
 */
struct nesting {
	struct view *view[COMMENT_PATH_DEPTH];
	int64_t id[COMMENT_PATH_DEPTH];
	int depth; /* entries in use */
};

static struct view *
nest(struct nesting *s, struct view *top, int level, int64_t id)
{
	struct view *v = level == 0 ?
	    view_item(top, N_comments) :
	    view_item(s->view[level - 1], N_children);

	view_bool(level == 0 ? top : s->view[level - 1], N_nested, true);
	/* What this one lacks must not be looked for around it. */
	view_bool(v, N_nested, false);
	view_bool(v, N_children, false);
	view_bool(v, N_hidden, false);
	s->view[level] = v;
	s->id[level] = id;
	s->depth = level + 1;
	return v;
}

static void
put_comment(const struct thread *t, struct nesting *s, struct view *top,
    const struct comment *cm)
{
	int last = t->c->set.thread_depth - 1;
	int level = cm->depth < last ? cm->depth : last;

	for (int i = 0; i < level; i++) {
		if (i < s->depth && s->id[i] == cm->above[i])
			continue;
		view_bool(nest(s, top, i, cm->above[i]), N_hidden, true);
	}
	fill_comment(t, nest(s, top, level, cm->id), cm);
}

/* Where the writer's own held comment belongs: after everything that its
 * thread holds already, which is where it will stand. */
static size_t
own_place(const struct thread *t)
{
	const struct comment *own = &t->personal->own;
	size_t place = t->n;

	if (own->parent == 0)
		return place;
	for (size_t i = 0; i < t->n; i++) {
		const struct comment *cm = &t->list[i];
		bool below = cm->id == own->parent;

		for (int k = 0; k < cm->depth; k++)
			below = below || cm->above[k] == own->parent;
		if (below)
			place = i + 1;
	}
	return place;
}

static void
fill_thread(const struct thread *t, struct view *v)
{
	bool own = t->personal->own.id != 0 &&
	    find_comment(t, t->personal->own.id) == NULL;
	size_t place = own ? own_place(t) : t->n + 1;
	struct nesting s = { .depth = 0 };

	for (size_t i = 0; i <= t->n; i++) {
		if (i == place)
			put_comment(t, &s, v, &t->personal->own);
		if (i < t->n)
			put_comment(t, &s, v, &t->list[i]);
	}
}

static void
fill_comments_title(struct ctx *c, struct view *v, const struct article *a)
{
	if (a->comments == 0)
		view_text(v, N_comments_title,
		    view_msg(c, MSG_no_comments));
	else
		view_text(v, N_comments_title,
		    msg_count(c->a, c->lang, MSG_title_one, MSG_title_other,
			a->comments, &a->title, 1));
}

/* ---- the page ---------------------------------------------------------------------- */

static enum err
fill_terms(struct ctx *c, struct view *v, const struct article *a)
{
	struct term *terms;
	size_t n;
	enum err e = article_terms(c->pub, c->a, a->id, &terms, &n);

	for (size_t i = 0; e == OK && i < n; i++) {
		struct view *item = view_item(v,
		    terms[i].category ? N_categories : N_tags);

		view_text(item, N_name, terms[i].name);
		view_bool(v, N_terms, true);
	}
	return e;
}

static enum err
fill_neighbours(struct ctx *c, struct view *v, const struct article *a)
{
	struct article_link older, newer;
	struct view *link;
	enum err e = article_neighbours(c->pub, c->a, a, &older, &newer);

	if (e != OK)
		return e;
	if (older.path.n > 0) {
		link = view_object(v, N_prev);
		view_link(c, link, N_url, older.path);
		view_text(link, N_title, older.title);
	}
	if (newer.path.n > 0) {
		link = view_object(v, N_next);
		view_link(c, link, N_url, newer.path);
		view_text(link, N_title, newer.title);
	}
	view_bool(v, N_pager, older.path.n > 0 || newer.path.n > 0);
	return OK;
}

static enum err
versions(struct ctx *c, const struct article *a, struct str *out)
{
	struct q q = q_begin(c->pub, STMT_SITE_VERSIONS);
	int64_t site = 0, newest = 0;

	if (q_row(&q)) {
		site = q_get_i64(&q, 1);
		newest = q_get_i64(&q, 2);
	}
	/* The hour is in the form's stamp. */
	*out = arena_printf(c->a, "article %lld %lld %lld %lld %lld",
	    (long long)a->id, (long long)a->version, (long long)site,
	    (long long)newest, (long long)(c->now / 3600));
	return q_end(&q);
}

static enum err
fill_discussion(struct ctx *c, struct view *v, const struct article *a,
    const struct personal *p)
{
	struct comment *list;
	struct thread t;
	size_t n;
	enum err e = comment_thread(c->pub, c->a, a->id, &list, &n);

	if (e != OK)
		return e;
	t = (struct thread){ .c = c, .a = a, .list = list, .n = n,
		.personal = p };
	index_thread(&t);
	fill_comments_title(c, v, a);
	fill_thread(&t, v);
	if (p->received)
		view_text(v, N_notice, view_msg(c, MSG_pending));
	view_bool(v, N_closed, !a->open);
	if (a->open)
		view_form(c, v, a, NULL,
		    p->parent.id != 0 ? &p->parent : NULL);
	return OK;
}

static enum err
show(struct ctx *c, const struct article *a, const struct personal *p)
{
	struct view *v;
	enum err e;

	c->res.noindex = p->any && c->user.id == 0;
	v = view_page(c, a->title);
	view_article(c, v, a);
	view_bool(v, N_og_article, true);
	view_text(v, N_published, date_rfc3339(c->a, a->published_at));
	view_text(v, N_description, view_summary(c, a));
	view_url(v, N_canonical, view_absolute(c, a->path));
	view_html(v, N_content, a->html);
	if (user_can(&c->user, CAN_WRITE))
		view_link(c, v, N_edit_url,
		    arena_printf(c->a, "/admin/articles/%lld",
			(long long)a->id));
	if ((e = view_image(c, v, a->image, true)) != OK ||
	    (e = fill_terms(c, v, a)) != OK ||
	    (e = fill_neighbours(c, v, a)) != OK ||
	    (e = fill_discussion(c, v, a, p)) != OK)
		return e;
	view_render(c, "article", v);
	return OK;
}

/* By its address; one written another way, or "/2026/11/slug" without its
 * slash, is moved there. */
static enum err
find_article(struct ctx *c, struct article *a)
{
	struct str path = c->req.path;
	bool moved = !c->req.canonical;
	enum err e = article_by_path(c->pub, c->a, path, a);

	if (e == ERR_NOTFOUND && path.p[path.n - 1] != '/') {
		path = arena_printf(c->a, "%.*s/", (int)path.n, path.p);
		e = article_by_path(c->pub, c->a, path, a);
		moved = true;
	}
	return e == OK && moved ? response_moved(c, a->path) : e;
}

enum err
page_article(struct ctx *c)
{
	struct article a;
	struct personal p;
	struct str parts;
	enum err e;

	if ((e = find_article(c, &a)) != OK || c->res.status != 200)
		return e;
	c->lang = a.lang;
	if ((e = read_personal(c, &a, &p)) != OK)
		return e;
	if (!p.any) {
		if ((e = versions(c, &a, &parts)) != OK)
			return e;
		if (response_fresh(c, parts))
			return OK;
	}
	return show(c, &a, &p);
}

enum err
page_permalink(struct ctx *c)
{
	struct article a;
	int64_t article;
	enum err e = comment_article(c->pub, (int64_t)c->arg, &article);

	if (e == OK)
		e = article_by_id(c->pub, c->a, article, &a);
	if (e != OK)
		return e;
	return response_see_other(c,
	    arena_printf(c->a, "%.*s#comment-%llu", (int)a.path.n, a.path.p,
		(unsigned long long)c->arg));
}
