#include "config.h"

#include <assert.h>

#include "article.h"
#include "date.h"
#include "html.h"
#include "markdown.h"
#include "sanitize.h"
#include "slug.h"

/* ---- reading --------------------------------------------------------------- */

static enum lang
lang_of(struct str code)
{
	enum lang l = LANG_en;

	/* A catalogue that was removed: English is always there. */
	if (!lang_find(code, &l))
		l = LANG_en;
	return l;
}

static void
read_article(struct q *q, struct arena *a, struct article *out)
{
	struct str html = q_get_str(q, 7, a);

	*out = (struct article){
		.id = q_get_i64(q, 0),
		.path = q_get_str(q, 1, a),
		.lang = lang_of(q_peek(q, 2)),
		.published_at = q_get_i64(q, 3),
		.updated_at = q_get_i64(q, 4),
		.title = q_get_str(q, 5, a),
		.summary = q_get_str(q, 6, a),
		/* Written by our renderer (draft_save) and by nobody else. */
		.html = { html.p, html.n },
		.words = q_get_i64(q, 8),
		.image = q_get_i64(q, 9),
		.open = q_get_i64(q, 10) != 0,
		.comments = q_get_i64(q, 11),
		.version = q_get_i64(q, 12),
		.author = q_get_i64(q, 13),
		.author_name = q_get_str(q, 14, a),
	};
}

static enum err
one_article(struct q *q, struct arena *a, struct article *out)
{
	struct article found = { 0 };
	enum err e;

	if (q_row(q))
		read_article(q, a, &found);
	if ((e = q_end(q)) != OK)
		return e;
	if (found.id == 0)
		return ERR_NOTFOUND;
	*out = found;
	return OK;
}

enum err
article_by_path(struct db *pub, struct arena *a, struct str path,
    struct article *out)
{
	struct q q = q_begin(pub, STMT_ARTICLE_BY_PATH);

	q_str(&q, path);
	return one_article(&q, a, out);
}

enum err
article_by_id(struct db *pub, struct arena *a, int64_t id,
    struct article *out)
{
	struct q q = q_begin(pub, STMT_ARTICLE_BY_ID);

	q_i64(&q, id);
	return one_article(&q, a, out);
}

static enum err
read_terms(struct q *q, struct arena *a, struct term *out, size_t *n)
{
	size_t got = 0;

	while (got < TERMS_MAX && q_row(q))
		out[got++] = (struct term){
			.category = str_eq(q_peek(q, 0), STR("category")),
			.slug = q_get_str(q, 1, a),
			.name = q_get_str(q, 2, a),
		};
	*n = got;
	return q_end(q);
}

enum err
article_terms(struct db *pub, struct arena *a, int64_t id, struct term **out,
    size_t *n)
{
	struct q q = q_begin(pub, STMT_TERM_OF_ARTICLE);

	q_i64(&q, id);
	*out = arena_array(a, TERMS_MAX, sizeof(**out));
	return read_terms(&q, a, *out, n);
}

static enum err
neighbour(struct db *pub, enum stmt s, struct arena *a,
    const struct article *of, struct article_link *out)
{
	struct q q = q_begin(pub, s);

	*out = (struct article_link){ STR(""), STR("") };
	q_i64(&q, of->published_at);
	q_i64(&q, of->id);
	if (q_row(&q)) {
		out->path = q_get_str(&q, 0, a);
		out->title = q_get_str(&q, 1, a);
	}
	return q_end(&q);
}

enum err
article_neighbours(struct db *pub, struct arena *a, const struct article *of,
    struct article_link *older, struct article_link *newer)
{
	enum err e = neighbour(pub, STMT_ARTICLE_OLDER, a, of, older);

	return e == OK ? neighbour(pub, STMT_ARTICLE_NEWER, a, of, newer) : e;
}

/* The key after which a page begins: an index walk, not a sort. */
static enum err
page_key(struct db *pub, int64_t skip, int64_t *at, int64_t *id)
{
	struct q q;

	*at = *id = INT64_MAX;
	if (skip == 0)
		return OK;
	q = q_begin(pub, STMT_ARTICLE_PAGE_KEY);
	q_i64(&q, skip - 1);
	/* Past the end: older than anything, and 1970 is not. */
	*at = *id = INT64_MIN;
	if (q_row(&q)) {
		*at = q_get_i64(&q, 0);
		*id = q_get_i64(&q, 1);
	}
	return q_end(&q);
}

enum err
article_page(struct db *pub, struct arena *a, int page, int per_page,
    struct article **out, size_t *n, bool *more)
{
	int64_t at, id;
	struct q q;
	enum err e;

	e = page_key(pub, (int64_t)(page - 1) * per_page, &at, &id);
	if (e != OK)
		return e;
	*out = arena_array(a, (size_t)per_page, sizeof(**out));
	*n = 0;
	q = q_begin(pub, STMT_ARTICLE_PAGE);
	q_i64(&q, at);
	q_i64(&q, id);
	q_i64(&q, per_page + 1);
	while (*n < (size_t)per_page && q_row(&q)) {
		struct str html = q_get_str(&q, 6, a);

		(*out)[(*n)++] = (struct article){
			.id = q_get_i64(&q, 0),
			.path = q_get_str(&q, 1, a),
			.lang = lang_of(q_peek(&q, 2)),
			.published_at = q_get_i64(&q, 3),
			.title = q_get_str(&q, 4, a),
			.summary = q_get_str(&q, 5, a),
			.html = { html.p, html.n },
			.words = q_get_i64(&q, 7),
			.image = q_get_i64(&q, 8),
			.comments = q_get_i64(&q, 9),
			.author_name = q_get_str(&q, 10, a),
		};
	}
	*more = *n == (size_t)per_page && q_row(&q);
	return q_end(&q);
}

/* ---- writing ------------------------------------------------------------------ */

static enum article_status
status_of(struct str word)
{
	return str_eq(word, STR("published")) ? ARTICLE_PUBLISHED :
						ARTICLE_DRAFT;
}

enum err
draft_load(struct db *staff, struct arena *a, int64_t id, struct draft *out)
{
	struct q q = q_begin(staff, STMT_ARTICLE_GET);
	struct draft d = { 0 };
	enum err e;

	q_i64(&q, id);
	if (q_row(&q)) {
		d.id = q_get_i64(&q, 0);
		d.path = q_get_str(&q, 1, a);
		d.slug = q_get_str(&q, 2, a);
		d.lang = lang_of(q_peek(&q, 3));
		d.author = q_get_i64(&q, 4);
		d.status = status_of(q_peek(&q, 5));
		d.published_at = q_get_i64(&q, 6);
		d.title = q_get_str(&q, 7, a);
		d.summary = q_get_str(&q, 8, a);
		d.source = q_get_str(&q, 9, a);
		d.image = q_get_i64(&q, 11);
		d.open = q_get_i64(&q, 12) != 0;
		d.revision = q_get_i64(&q, 13);
	}
	if ((e = q_end(&q)) != OK)
		return e;
	if (d.id == 0)
		return ERR_NOTFOUND;
	q = q_begin(staff, STMT_TERM_OF_DRAFT);
	q_i64(&q, id);
	if ((e = read_terms(&q, a, d.terms, &d.nterms)) == OK)
		*out = d;
	return e;
}

struct image_lookup {
	struct db *pub;
	struct arena *a;
	enum lang lang;
};

/* markdown.h asks about "media/2026/11/x.jpg" or "/…/media/…". */
static bool
find_image(void *arg, struct str src, struct md_image *out)
{
	const struct image_lookup *l = arg;
	const struct str mark = STR("media/");
	struct media m;

	for (size_t i = 0; i + mark.n < src.n; i++) {
		if (!str_starts(str_sub(src, i, src.n), mark))
			continue;
		if (media_by_file(l->pub, l->a,
			str_sub(src, i + mark.n, src.n), &m) != OK)
			return false;
		*out = (struct md_image){
			.width = m.width,
			.height = m.height,
			.caption = m.caption,
			.credit = m.credit,
			.credit_url = m.credit_url,
			.credit_label = msg_fmt(l->a, l->lang,
			    MSG_photo_credit, &STR(""), 1),
		};
		return true;
	}
	return false;
}

enum err
draft_render(struct db *pub, struct arena *a, struct str source,
    enum lang lang, struct html *out)
{
	struct image_lookup l = { pub, a, lang };
	struct md_opts opts = { .image = find_image, .image_arg = &l };

	return markdown_article(a, source, &opts, out);
}

static int64_t
count_words(struct arena *a, struct html html)
{
	struct str text = html_text(a, html, html.n);
	int64_t n = 0;
	bool in_word = false;

	for (size_t i = 0; i < text.n; i++) {
		bool space = text.p[i] == ' ' || text.p[i] == '\n';

		if (!space && !in_word)
			n++;
		in_word = !space;
	}
	return n;
}

struct saving {
	struct draft *d;
	struct html html;
	int64_t words, now;
};

/* The newest spelling of a name counts, everywhere. */
static enum err
make_term(struct db *db, const struct term *t, int64_t *id, bool *renamed)
{
	struct q q = q_begin(db, STMT_TERM_INSERT);
	bool other = false;
	enum err e;

	*id = 0;
	q_str(&q, t->category ? STR("category") : STR("tag"));
	q_str(&q, t->slug);
	q_str(&q, t->name);
	if (q_row(&q)) {
		*id = q_get_i64(&q, 0);
		other = !str_eq(q_peek(&q, 1), t->name);
	}
	if ((e = q_end(&q)) != OK || !other)
		return e;
	*renamed = true;
	q = q_begin(db, STMT_TERM_RENAME);
	q_str(&q, t->name);
	q_i64(&q, *id);
	return q_run(&q);
}

static enum err
attach_terms(struct db *db, const struct draft *d, bool *renamed)
{
	struct q q = q_begin(db, STMT_TERM_DETACH_ALL);
	enum err e;

	q_i64(&q, d->id);
	if ((e = q_run(&q)) != OK)
		return e;
	for (size_t i = 0; i < d->nterms; i++) {
		int64_t id;

		if ((e = make_term(db, &d->terms[i], &id, renamed)) != OK)
			return e;
		q = q_begin(db, STMT_TERM_ATTACH);
		q_i64(&q, d->id);
		q_i64(&q, (int64_t)i);
		q_i64(&q, id);
		if ((e = q_run(&q)) != OK)
			return e;
	}
	return OK;
}

static enum err
insert(struct db *db, struct saving *s)
{
	struct q q = q_begin(db, STMT_ARTICLE_INSERT);
	struct draft *d = s->d;

	q_str(&q, d->slug);
	q_str(&q, str_c(lang_code(d->lang)));
	q_i64(&q, d->author);
	q_id(&q, d->published_at);
	q_i64(&q, s->now);
	q_str(&q, d->title);
	q_str(&q, d->summary);
	q_str(&q, d->source);
	q_str(&q, STR("markdown"));
	q_str(&q, (struct str){ s->html.p, s->html.n });
	q_i64(&q, MARKDOWN_VERSION);
	q_i64(&q, s->words);
	q_id(&q, d->image);
	q_i64(&q, d->open);
	if (q_row(&q)) {
		d->id = q_get_i64(&q, 0);
		d->revision = 1;
	}
	return q_end(&q);
}

static enum err
update(struct db *db, struct saving *s, bool *visible)
{
	struct q q = q_begin(db, STMT_ARTICLE_UPDATE);
	struct draft *d = s->d;
	bool found = false;
	enum err e;

	q_str(&q, d->slug);
	q_str(&q, str_c(lang_code(d->lang)));
	q_id(&q, d->published_at);
	q_i64(&q, s->now);
	q_str(&q, d->title);
	q_str(&q, d->summary);
	q_str(&q, d->source);
	q_str(&q, STR("markdown"));
	q_str(&q, (struct str){ s->html.p, s->html.n });
	q_i64(&q, MARKDOWN_VERSION);
	q_i64(&q, s->words);
	q_id(&q, d->image);
	q_i64(&q, d->open);
	q_i64(&q, d->id);
	q_i64(&q, d->revision);
	if (q_row(&q)) {
		found = true;
		*visible = str_eq(q_peek(&q, 0), STR("published"));
	}
	if ((e = q_end(&q)) != OK)
		return e;
	if (!found)
		return ERR_CONFLICT;
	d->revision++;
	return OK;
}

/* Titles and dates stand in the neighbours' pages too. */
static enum err
tick_all(struct db *db)
{
	struct q q = q_begin(db, STMT_SITE_TICK_ALL);

	return q_run(&q);
}

static enum err
save(struct db *db, void *arg)
{
	struct saving *s = arg;
	bool visible = false;
	enum err e;

	e = s->d->id == 0 ? insert(db, s) : update(db, s, &visible);
	if (e == OK)
		e = attach_terms(db, s->d, &visible);
	if (e == OK && visible)
		e = tick_all(db);
	return e;
}

enum err
draft_save(struct store *st, struct db *pub, struct arena *a, struct draft *d,
    int64_t now)
{
	struct saving s = { .d = d, .now = now };
	struct draft before = *d;
	enum err e;

	if (d->slug.n == 0)
		d->slug = slug_make(a, d->title);
	e = draft_render(pub, a, d->source, d->lang, &s.html);
	if (e != OK)
		return e;
	s.words = count_words(a, s.html);
	if ((e = store_write(st, save, &s)) != OK)
		*d = before;
	return e;
}

/* ---- publishing ----------------------------------------------------------------- */

struct publishing {
	struct arena *a;
	int64_t id, now;
	struct str path;
};

static enum err
path_taken(struct db *db, struct str path, int64_t by_not, bool *taken)
{
	struct q q = q_begin(db, STMT_ARTICLE_PATH_TAKEN);

	q_str(&q, path);
	*taken = q_row(&q) && q_get_i64(&q, 0) != by_not;
	return q_end(&q);
}

/* The address from date and slug, with a number from 2 on when taken. */
static enum err
make_path(struct db *db, struct publishing *p, struct str *slug, int64_t at)
{
	struct str base = *slug;
	int year, month, day;
	bool taken = true;
	enum err e;

	if (base.n == 0)
		base = arena_printf(p->a, "%lld", (long long)p->id);
	date_civil(at, &year, &month, &day);
	for (int n = 1; taken; n++) {
		*slug = n == 1 ?
		    base :
		    arena_printf(p->a, "%.*s-%d", (int)base.n, base.p, n);
		p->path = arena_printf(p->a, "/%04d/%02d/%.*s/", year, month,
		    (int)slug->n, slug->p);
		if ((e = path_taken(db, p->path, p->id, &taken)) != OK)
			return e;
	}
	return OK;
}

static enum err
publish(struct db *db, void *arg)
{
	struct publishing *p = arg;
	struct str slug = STR("");
	int64_t at = 0;
	bool found;
	struct q q = q_begin(db, STMT_ARTICLE_EXISTS);
	enum err e;

	q_i64(&q, p->id);
	if ((found = q_row(&q))) {
		slug = q_get_str(&q, 1, p->a);
		p->path = q_get_str(&q, 2, p->a);
		at = q_get_i64(&q, 3);
	}
	if ((e = q_end(&q)) != OK)
		return e;
	if (!found)
		return ERR_NOTFOUND;
	if (at == 0)
		at = p->now;
	if (p->path.n == 0 && (e = make_path(db, p, &slug, at)) != OK)
		return e;
	q = q_begin(db, STMT_ARTICLE_PUBLISH);
	q_str(&q, p->path);
	q_str(&q, slug);
	q_i64(&q, at);
	q_i64(&q, p->now);
	q_i64(&q, p->id);
	if ((e = q_run(&q)) != OK)
		return e;
	return tick_all(db);
}

enum err
article_publish(struct store *s, struct arena *a, int64_t id, int64_t now,
    struct str *path)
{
	struct publishing p = { .a = a, .id = id, .now = now };
	enum err e = store_write(s, publish, &p);

	if (e == OK)
		*path = p.path;
	return e;
}

static enum err
unpublish(struct db *db, void *arg)
{
	const struct publishing *p = arg;
	struct q q = q_begin(db, STMT_ARTICLE_UNPUBLISH);
	enum err e;

	q_i64(&q, p->now);
	q_i64(&q, p->id);
	if ((e = q_run(&q)) != OK)
		return e;
	return db_changes(db) == 0 ? ERR_NOTFOUND : tick_all(db);
}

enum err
article_unpublish(struct store *s, int64_t id, int64_t now)
{
	struct publishing p = { .id = id, .now = now };

	return store_write(s, unpublish, &p);
}

/* ---- lists for staff --------------------------------------------------------------- */

enum err
article_find(struct db *staff, struct str name, int64_t *id)
{
	struct q q = q_begin(staff, STMT_ARTICLE_FIND);
	int64_t found = 0;
	enum err e;

	q_str(&q, name);
	if (q_row(&q))
		found = q_get_i64(&q, 0);
	if ((e = q_end(&q)) != OK)
		return e;
	if (found == 0)
		return ERR_NOTFOUND;
	*id = found;
	return OK;
}

enum err
article_rows(struct db *staff, struct arena *a, enum article_filter filter,
    int64_t after_at, int64_t after_id, int max, struct article_row **out,
    size_t *n)
{
	struct q q = q_begin(staff,
	    filter == ARTICLES_ALL ? STMT_ARTICLE_LIST :
				     STMT_ARTICLE_LIST_STATUS);

	*out = arena_array(a, (size_t)max, sizeof(**out));
	*n = 0;
	q_i64(&q, after_at);
	q_i64(&q, after_id);
	if (filter != ARTICLES_ALL)
		q_str(&q,
		    filter == ARTICLES_DRAFT ? STR("draft") :
					       STR("published"));
	q_i64(&q, max);
	while (q_row(&q))
		(*out)[(*n)++] = (struct article_row){
			.id = q_get_i64(&q, 0),
			.title = q_get_str(&q, 1, a),
			.path = q_get_str(&q, 2, a),
			.status = status_of(q_peek(&q, 3)),
			.published_at = q_get_i64(&q, 4),
			.updated_at = q_get_i64(&q, 5),
			.lang = lang_of(q_peek(&q, 6)),
			.comments = q_get_i64(&q, 7),
			.author_name = q_get_str(&q, 8, a),
		};
	return q_end(&q);
}

enum err
article_counts(struct db *staff, int64_t *drafts, int64_t *published)
{
	struct q q = q_begin(staff, STMT_ARTICLE_STATUS_COUNTS);

	*drafts = *published = 0;
	if (q_row(&q)) {
		*drafts = q_get_i64(&q, 0);
		*published = q_get_i64(&q, 1);
	}
	return q_end(&q);
}

struct rerendering {
	int64_t id;
	struct html html;
};

static enum err
put_html(struct db *db, void *arg)
{
	const struct rerendering *r = arg;
	struct q q = q_begin(db, STMT_ARTICLE_RERENDER);
	enum err e;

	q_str(&q, (struct str){ r->html.p, r->html.n });
	q_i64(&q, MARKDOWN_VERSION);
	q_i64(&q, r->id);
	if ((e = q_run(&q)) != OK)
		return e;
	return tick_all(db);
}

enum err
article_rerender(struct store *s, struct db *staff, struct arena *a,
    int64_t *done)
{
	struct rerendering r = { 0 };

	*done = 0;
	for (;;) {
		struct q q = q_begin(staff, STMT_ARTICLE_STALE);
		struct str source, format;
		enum lang lang;
		bool found;
		enum err e;

		q_i64(&q, MARKDOWN_VERSION);
		q_i64(&q, r.id);
		if ((found = q_row(&q))) {
			r.id = q_get_i64(&q, 0);
			source = q_get_str(&q, 1, a);
			format = q_get_str(&q, 2, a);
			lang = lang_of(q_peek(&q, 3));
		}
		if ((e = q_end(&q)) != OK || !found)
			return e;
		if (str_eq(format, STR("html")))
			r.html = sanitize(a, source);
		else if ((e = draft_render(staff, a, source, lang, &r.html)) !=
		    OK)
			return e;
		if ((e = store_write(s, put_html, &r)) != OK)
			return e;
		++*done;
	}
}
