/*
 * The list of articles and the editor: one form, four buttons.  A preview and
 * an error show the form again with everything in it; saving over somebody
 * else's saving shows both texts.
 */
#include "config.h"

#include "article.h"
#include "date.h"
#include "page.h"
#include "slug.h"
#include "utf8.h"
#include "view.h"

#define ROWS 30

/* ---- the list -------------------------------------------------------------------- */

/* clang-format off */
static const struct {
	const char *name;
	enum article_filter filter;
	enum msg label;
} tabs[] = {
	{ "all",	ARTICLES_ALL,		MSG_tab_all },
	{ "published",	ARTICLES_PUBLISHED,	MSG_status_published },
	{ "draft",	ARTICLES_DRAFT,		MSG_status_draft },
};
/* clang-format on */

static enum err
fill_tabs(struct ctx *c, struct view *v, size_t current)
{
	int64_t drafts, published;
	enum err e = article_counts(c->staff, &drafts, &published);
	const int64_t counts[] = { drafts + published, published, drafts };

	for (size_t i = 0; e == OK && i < ARRAY_LEN(tabs); i++) {
		struct view *item = view_item(v, N_tabs);

		view_text(item, N_label, view_msg(c, tabs[i].label));
		view_text(item, N_count,
		    msg_number(c->a, c->lang, counts[i]));
		view_link(c, item, N_url,
		    arena_printf(c->a, "/admin/articles?tab=%s",
			tabs[i].name));
		view_bool(item, N_current, i == current);
	}
	return e;
}

static enum msg
status_word(const struct ctx *c, enum article_status status,
    int64_t published_at)
{
	if (status == ARTICLE_DRAFT)
		return MSG_status_draft;
	return published_at > c->now ? MSG_status_scheduled :
				       MSG_status_published;
}

static void
fill_row(struct ctx *c, struct view *v, const struct article_row *r)
{
	struct view *item = view_item(v, N_rows);
	int64_t at = r->published_at != 0 ? r->published_at : r->updated_at;
	bool visible = r->status == ARTICLE_PUBLISHED &&
	    r->published_at <= c->now;

	view_text(item, N_title, r->title);
	view_link(c, item, N_edit_url,
	    arena_printf(c->a, "/admin/articles/%lld", (long long)r->id));
	if (visible)
		view_link(c, item, N_url, r->path);
	view_text(item, N_status_name,
	    view_msg(c, status_word(c, r->status, r->published_at)));
	view_bool(item, N_is_published, visible);
	view_text(item, N_date, date_long(c->a, c->lang, at));
	view_text(item, N_date_iso, date_rfc3339(c->a, at));
	view_text(item, N_author, r->author_name);
	view_text(item, N_lang, str_c(lang_name(r->lang)));
	view_text(item, N_comment_count,
	    view_count(c, MSG_count_one, MSG_count_other, r->comments));
	view_link(c, item, N_comments_url,
	    arena_printf(c->a, "/admin/comments?tab=approved&article=%lld",
		(long long)r->id));
}

/* "after" in the address is the key of the last row of the page before. */
static enum err
read_after(struct ctx *c, int64_t *at, int64_t *id)
{
	struct str after;
	uint64_t a, i;
	size_t dot;
	enum err e = field_one(&c->req.query, "after", &after);

	*at = *id = INT64_MAX;
	if (e != OK)
		return e;
	dot = str_find(after, '.', 0);
	if (str_u64(str_sub(after, 0, dot), INT64_MAX, &a) &&
	    str_u64(str_sub(after, dot + 1, after.n), INT64_MAX, &i)) {
		*at = (int64_t)a;
		*id = (int64_t)i;
	}
	return OK;
}

enum err
page_articles(struct ctx *c)
{
	struct article_row *rows;
	struct view *v;
	struct str tab;
	size_t n, t = 0;
	int64_t at, id;
	enum err e;

	if ((e = field_one(&c->req.query, "tab", &tab)) != OK ||
	    (e = read_after(c, &at, &id)) != OK)
		return e;
	for (size_t i = 0; i < ARRAY_LEN(tabs); i++)
		if (str_eq(str_c(tabs[i].name), tab))
			t = i;
	e = article_rows(c->staff, c->a, tabs[t].filter, at, id, ROWS + 1,
	    &rows, &n);
	if (e != OK)
		return e;
	v = view_page(c, view_msg(c, MSG_posts));
	if ((e = fill_tabs(c, v, t)) != OK)
		return e;
	view_link(c, v, N_new_url, STR("/admin/articles/new"));
	if (n > ROWS) {
		n = ROWS;
		view_link(c, v, N_older_url,
		    arena_printf(c->a, "/admin/articles?tab=%s&after=%lld.%lld",
			tabs[t].name, (long long)rows[n - 1].updated_at,
			(long long)rows[n - 1].id));
	}
	if (n == 0)
		view_text(v, N_empty,
		    view_msg(c, t == 0 ? MSG_empty_posts :
					 MSG_empty_posts_tab));
	for (size_t i = 0; i < n; i++)
		fill_row(c, v, &rows[i]);
	view_render(c, "articles", v);
	return OK;
}

/* ---- the form ---------------------------------------------------------------------- */

enum wish { WISH_SAVE, WISH_PUBLISH, WISH_UNPUBLISH, WISH_PREVIEW };

/* In the order of the form. */
enum edit_field {
	EDIT_TITLE,
	EDIT_SOURCE,
	EDIT_WHEN,
	EDIT_TAGS,
	EDIT_CATEGORIES,
	EDIT_SLUG,
	EDIT_SUMMARY,
	EDIT_MAX,
};

/* clang-format off */
static const struct {
	const char *id;
	enum name error;
	enum msg label;
	int limit;
} fields[EDIT_MAX] = {
	[EDIT_TITLE] = { "title", N_err_title, MSG_title_field,
		TITLE_MAX_BYTES },
	[EDIT_SOURCE] = { "source", N_err_source, MSG_text, 0 },
	[EDIT_WHEN] = { "when", N_err_when, MSG_date_field, 0 },
	[EDIT_TAGS] = { "tags", N_err_tags, MSG_tags, TERMS_MAX },
	[EDIT_CATEGORIES] = { "categories", N_err_categories, MSG_categories,
		TERMS_MAX },
	[EDIT_SLUG] = { "slug", N_err_slug, MSG_slug, 0 },
	[EDIT_SUMMARY] = { "summary", N_err_summary, MSG_summary,
		SUMMARY_MAX_BYTES },
};
/* clang-format on */

/* What is typed, beside what it means. */
struct editing {
	struct draft d;
	struct str tags, categories, when, language;
	enum msg error[EDIT_MAX];   /* MSG_MAX: none */
	struct str wrong[EDIT_MAX]; /* the part of a list that is meant */
	bool bad;
	bool preview;
	struct html html;
	bool conflict;
	struct str theirs;
	enum msg notice;
};

static struct editing
editing_new(void)
{
	struct editing ed = { .notice = MSG_MAX };

	for (int f = 0; f < EDIT_MAX; f++)
		ed.error[f] = MSG_MAX;
	return ed;
}

static void
wrong(struct editing *ed, enum edit_field f, enum msg m)
{
	if (ed->error[f] == MSG_MAX)
		ed->error[f] = m;
	ed->bad = true;
}

static struct str
join_terms(struct ctx *c, const struct draft *d, bool category)
{
	struct str out = STR("");

	for (size_t i = 0; i < d->nterms; i++) {
		if (d->terms[i].category != category)
			continue;
		out = arena_printf(c->a, "%.*s%s%.*s", (int)out.n, out.p,
		    out.n > 0 ? ", " : "", (int)d->terms[i].name.n,
		    d->terms[i].name.p);
	}
	return out;
}

static struct str
error_text(struct ctx *c, const struct editing *ed, enum edit_field f)
{
	enum msg m = ed->error[f];
	struct str limit = msg_number(c->a, c->lang, fields[f].limit);
	const struct str args[] = { view_msg(c, fields[f].label), limit };

	if (m == MSG_err_tag)
		return view_msg1(c, m, ed->wrong[f]);
	if (m == MSG_err_terms_many)
		return view_msg1(c, m, limit);
	return msg_fmt(c->a, c->lang, m, args, ARRAY_LEN(args));
}

static void
fill_errors(struct ctx *c, struct view *v, const struct editing *ed)
{
	for (int f = 0; f < EDIT_MAX; f++) {
		struct view *item;
		struct str text;

		if (ed->error[f] == MSG_MAX)
			continue;
		text = error_text(c, ed, (enum edit_field)f);
		view_text(v, (int)fields[f].error, text);
		item = view_item(v, N_errors);
		view_text(item, N_field, str_c(fields[f].id));
		view_text(item, N_message, text);
	}
}

static void
fill_languages(struct view *v, enum lang selected)
{
	for (int l = 0; l < LANG_MAX; l++) {
		struct view *item = view_item(v, N_langs);

		view_text(item, N_code, str_c(lang_code((enum lang)l)));
		view_text(item, N_name, str_c(lang_name((enum lang)l)));
		view_bool(item, N_selected, (enum lang)l == selected);
	}
}

static void
fill_state(struct ctx *c, struct view *v, const struct editing *ed)
{
	const struct draft *d = &ed->d;

	view_bool(v, N_is_published, d->status == ARTICLE_PUBLISHED);
	view_text(v, N_status_name,
	    view_msg(c, status_word(c, d->status, d->published_at)));
	if (d->status == ARTICLE_PUBLISHED && d->published_at <= c->now)
		view_link(c, v, N_view_url, d->path);
	if (ed->notice == MSG_scheduled_notice)
		view_text(v, N_notice,
		    view_msg1(c, ed->notice,
			date_time_long(c->a, c->lang, d->published_at)));
	else if (ed->notice != MSG_MAX)
		view_text(v, N_notice, view_msg(c, ed->notice));
}

static enum err
show_form(struct ctx *c, const struct editing *ed)
{
	const struct draft *d = &ed->d;
	struct view *v = view_page(c,
	    view_msg(c, d->id == 0 ? MSG_new_post : MSG_edit_post));

	view_link(c, v, N_action,
	    d->id == 0 ?
		STR("/admin/articles/new") :
		arena_printf(c->a, "/admin/articles/%lld", (long long)d->id));
	view_int(v, N_revision, d->revision);
	view_typed(c, v, N_title, d->title);
	view_typed(c, v, N_slug, d->slug);
	view_typed(c, v, N_summary, d->summary);
	view_typed(c, v, N_source, d->source);
	view_typed(c, v, N_tag_list, ed->tags);
	view_typed(c, v, N_category_list, ed->categories);
	view_typed(c, v, N_when, ed->when);
	view_bool(v, N_open, d->open);
	fill_languages(v, d->lang);
	fill_errors(c, v, ed);
	view_bool(v, N_problems, ed->bad);
	fill_state(c, v, ed);
	if (ed->conflict) {
		view_bool(v, N_conflict, true);
		view_text(v, N_their_source, ed->theirs);
	}
	if (ed->preview) {
		struct view *p = view_object(v, N_preview);

		view_text(p, N_title, d->title);
		view_html(p, N_content, ed->html);
	}
	view_render(c, "edit", v);
	return OK;
}

static struct str
when_text(struct ctx *c, int64_t at)
{
	return at == 0 ? STR("") : date_input(c->a, at);
}

enum err
page_edit(struct ctx *c)
{
	struct editing ed = editing_new();
	struct str done;
	enum err e = field_one(&c->req.query, "done", &done);

	if (e != OK)
		return e;
	if (c->arg == 0) {
		ed.d.open = true;
		ed.d.lang = c->set.lang;
		return show_form(c, &ed);
	}
	e = draft_load(c->staff, c->a, (int64_t)c->arg, &ed.d);
	if (e != OK)
		return e;
	ed.tags = join_terms(c, &ed.d, false);
	ed.categories = join_terms(c, &ed.d, true);
	ed.when = when_text(c, ed.d.published_at);
	if (str_eq(done, STR("saved")))
		ed.notice = MSG_saved_notice;
	else if (str_eq(done, STR("updated")))
		ed.notice = MSG_updated_notice;
	else if (str_eq(done, STR("published")))
		ed.notice = ed.d.published_at > c->now ?
		    MSG_scheduled_notice :
		    MSG_published_notice;
	else if (str_eq(done, STR("unpublished")))
		ed.notice = MSG_unpublished_notice;
	return show_form(c, &ed);
}

/* ---- saving ------------------------------------------------------------------------- */

/* Nothing of the list is left out without a word. */
static void
read_terms(
    struct ctx *c, struct editing *ed, struct str list, enum edit_field f)
{
	struct draft *d = &ed->d;

	if (!utf8_ok(list) || utf8_has_control(list)) {
		wrong(ed, f, MSG_err_chars);
		return;
	}
	for (size_t i = 0; i <= list.n;) {
		size_t end = str_find(list, ',', i);
		struct str name = utf8_name(c->a, str_sub(list, i, end));
		struct str slug = slug_make(c->a, name);

		i = end + 1;
		if (name.n == 0)
			continue;
		if (slug.n == 0) {
			wrong(ed, f, MSG_err_tag);
			ed->wrong[f] = name;
		} else if (d->nterms == TERMS_MAX) {
			wrong(ed, f, MSG_err_terms_many);
		} else {
			d->terms[d->nterms++] =
			    (struct term){ f == EDIT_CATEGORIES, slug, name };
		}
	}
}

static enum err
read_form(struct ctx *c, struct editing *ed, enum wish *wish)
{
	const struct fields *f = &c->req.form;
	struct draft *d = &ed->d;
	struct str open, revision, act;
	uint64_t n;
	enum err e;

	if ((e = field_one(f, "title", &d->title)) != OK ||
	    (e = field_one(f, "slug", &d->slug)) != OK ||
	    (e = field_one(f, "summary", &d->summary)) != OK ||
	    (e = field_one(f, "source", &d->source)) != OK ||
	    (e = field_one(f, "tags", &ed->tags)) != OK ||
	    (e = field_one(f, "categories", &ed->categories)) != OK ||
	    (e = field_one(f, "when", &ed->when)) != OK ||
	    (e = field_one(f, "language", &ed->language)) != OK ||
	    (e = field_one(f, "open", &open)) != OK ||
	    (e = field_one(f, "revision", &revision)) != OK ||
	    (e = field_one(f, "do", &act)) != OK)
		return e;
	if (!lang_find(ed->language, &d->lang))
		return ERR_INPUT;
	d->open = str_eq(open, STR("1"));
	if (str_u64(revision, INT64_MAX, &n))
		d->revision = (int64_t)n;
	*wish = str_eq(act, STR("publish"))   ? WISH_PUBLISH :
	    str_eq(act, STR("unpublish")) ? WISH_UNPUBLISH :
	    str_eq(act, STR("preview"))	  ? WISH_PREVIEW :
					    WISH_SAVE;
	return OK;
}

static bool
line_ok(struct str s)
{
	return utf8_ok(s) && !utf8_has_control(s);
}

static void
check_form(struct ctx *c, struct editing *ed)
{
	struct draft *d = &ed->d;

	d->title = str_trim(d->title);
	d->slug = str_trim(d->slug);
	ed->when = str_trim(ed->when);
	if (d->title.n == 0)
		wrong(ed, EDIT_TITLE, MSG_err_title_empty);
	else if (d->title.n > TITLE_MAX_BYTES)
		wrong(ed, EDIT_TITLE, MSG_err_long);
	else if (!line_ok(d->title))
		wrong(ed, EDIT_TITLE, MSG_err_chars);
	if (d->slug.n > 0 && !slug_ok(d->slug))
		wrong(ed, EDIT_SLUG, MSG_err_slug);
	if (d->summary.n > SUMMARY_MAX_BYTES)
		wrong(ed, EDIT_SUMMARY, MSG_err_long);
	else if (!line_ok(d->summary))
		wrong(ed, EDIT_SUMMARY, MSG_err_chars);
	if (!line_ok(d->source))
		wrong(ed, EDIT_SOURCE, MSG_err_chars);
	if (ed->when.n == 0)
		d->published_at = 0;
	else if (!date_parse(ed->when, &d->published_at))
		wrong(ed, EDIT_WHEN, MSG_err_date);
	read_terms(c, ed, ed->tags, EDIT_TAGS);
	read_terms(c, ed, ed->categories, EDIT_CATEGORIES);
}

/* Somebody else saved meanwhile: his text beside ours, and his revision, so
 * that the next saving is a decision. */
static enum err
show_conflict(struct ctx *c, struct editing *ed)
{
	struct draft theirs;
	enum err e = draft_load(c->staff, c->a, ed->d.id, &theirs);

	if (e != OK)
		return e;
	ed->conflict = true;
	ed->theirs = theirs.source;
	ed->d.revision = theirs.revision;
	ed->d.status = theirs.status;
	ed->d.path = theirs.path;
	c->res.status = 409;
	return show_form(c, ed);
}

static enum err
show_preview(struct ctx *c, struct editing *ed)
{
	enum err e = draft_render(c->pub, c->a, ed->d.source, ed->d.lang,
	    &ed->html);

	if (e == ERR_TOOBIG) {
		wrong(ed, EDIT_SOURCE, MSG_error_413_text);
		c->res.status = 422;
		return show_form(c, ed);
	}
	ed->preview = e == OK;
	return e == OK ? show_form(c, ed) : e;
}

/* Publishing and saving are two blocks: a draft that was saved and could not
 * be published is there to be published again. */
static enum err
follow_up(struct ctx *c, struct editing *ed, enum wish wish)
{
	const char *done = ed->d.status == ARTICLE_PUBLISHED ? "updated" :
							       "saved";
	struct str path;
	enum err e = OK;

	if (wish == WISH_PUBLISH) {
		e = article_publish(c->site->store, c->a, ed->d.id, c->now,
		    &path);
		done = "published";
	} else if (wish == WISH_UNPUBLISH) {
		e = article_unpublish(c->site->store, ed->d.id, c->now);
		done = "unpublished";
	}
	if (e != OK)
		return e;
	return response_see_other(c,
	    arena_printf(c->a, "/admin/articles/%lld?done=%s",
		(long long)ed->d.id, done));
}

/* What the form does not carry. */
static enum err
keep_stored(struct ctx *c, struct draft *d)
{
	struct draft stored;
	enum err e;

	if (c->arg == 0) {
		d->author = c->user.id;
		return OK;
	}
	if ((e = draft_load(c->staff, c->a, (int64_t)c->arg, &stored)) != OK)
		return e;
	d->id = stored.id;
	d->author = stored.author;
	d->image = stored.image;
	d->status = stored.status;
	d->path = stored.path;
	return OK;
}

enum err
page_edit_save(struct ctx *c)
{
	struct editing ed = editing_new();
	enum wish wish;
	enum err e;

	if ((e = keep_stored(c, &ed.d)) != OK ||
	    (e = read_form(c, &ed, &wish)) != OK)
		return e;
	check_form(c, &ed);
	if (ed.bad) {
		c->res.status = 422;
		return show_form(c, &ed);
	}
	if (wish == WISH_PREVIEW)
		return show_preview(c, &ed);
	e = draft_save(c->site->store, c->pub, c->a, &ed.d, c->now);
	if (e == ERR_CONFLICT)
		return show_conflict(c, &ed);
	if (e == ERR_TOOBIG)
		return show_preview(c, &ed);
	return e == OK ? follow_up(c, &ed, wish) : e;
}
