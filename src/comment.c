/*
 * Visitors' side: checking, storing, reading.  What moderators do is in
 * comment_act.c.
 */
#include "config.h"

#include <assert.h>

#include "comment.h"
#include "markdown.h"
#include "net.h"
#include "sanitize.h"
#include "url.h"
#include "utf8.h"

/* ---- the form ------------------------------------------------------------------ */

static void
wrong(struct comment_form *f, enum comment_field field, enum msg m)
{
	if (f->error[field] != MSG_MAX)
		return;
	f->error[field] = m;
	f->nerrors++;
}

static bool
text_ok(struct str s)
{
	return utf8_ok(s) && !utf8_has_control(s);
}

static void
check_text(struct comment_form *f)
{
	if (str_trim(f->text).n == 0)
		wrong(f, FIELD_COMMENT, MSG_err_comment_empty);
	else if (f->text.n > COMMENT_MAX_BYTES)
		wrong(f, FIELD_COMMENT, MSG_err_comment_long);
	else if (!text_ok(f->text))
		wrong(f, FIELD_COMMENT, MSG_err_text_chars);
}

struct name_search {
	struct arena *a;
	struct str folded;
	bool taken;
};

static void
compare_name(void *arg, const struct user *u, int64_t created_at)
{
	struct name_search *n = arg;

	(void)created_at;
	if (str_eq(n->folded, utf8_fold(n->a, u->display)))
		n->taken = true;
}

static enum err
check_name(struct comment_form *f, struct arena *a, struct db *staff,
    bool required)
{
	struct name_search n = { .a = a };
	enum err e;

	f->clean_name = STR("");
	if (f->name.n > COMMENT_NAME_MAX) {
		wrong(f, FIELD_AUTHOR, MSG_err_name_long);
		return OK;
	}
	if (!text_ok(f->name)) {
		wrong(f, FIELD_AUTHOR, MSG_err_name_chars);
		return OK;
	}
	f->clean_name = utf8_name(a, f->name);
	if (f->clean_name.n == 0) {
		if (required)
			wrong(f, FIELD_AUTHOR, MSG_err_name_required);
		return OK;
	}
	n.folded = utf8_fold(a, f->clean_name);
	if (n.folded.n == 0)
		return OK;
	if ((e = user_each(staff, a, compare_name, &n)) == OK && n.taken)
		wrong(f, FIELD_AUTHOR, MSG_err_name_staff);
	return e;
}

static void
check_email(struct comment_form *f, bool required)
{
	struct str email = str_trim(f->email);

	if (email.n == 0) {
		if (required)
			wrong(f, FIELD_EMAIL, MSG_err_email_required);
	} else if (email.n > COMMENT_EMAIL_MAX) {
		wrong(f, FIELD_EMAIL, MSG_err_email_long);
	} else if (!email_ok(email)) {
		wrong(f, FIELD_EMAIL, MSG_err_email);
	}
}

static void
check_url(struct comment_form *f, struct arena *a)
{
	f->clean_url = STR("");
	if (f->url.n > COMMENT_URL_MAX)
		wrong(f, FIELD_URL, MSG_err_url_long);
	else if (!text_ok(f->url) ||
	    !url_website(a, str_trim(f->url), &f->clean_url))
		wrong(f, FIELD_URL, MSG_err_url);
}

enum err
comment_form_check(struct comment_form *f, struct arena *a, struct db *staff,
    const struct settings *set, const struct user *user)
{
	enum err e = OK;

	f->nerrors = 0;
	for (int i = 0; i < FIELD_MAX; i++)
		f->error[i] = MSG_MAX;
	check_text(f);
	if (user->id != 0) {
		f->clean_name = user->display;
		f->clean_url = STR("");
		f->email = STR("");
		return OK;
	}
	e = check_name(f, a, staff, set->require_name_email);
	check_email(f, set->require_name_email);
	check_url(f, a);
	return e;
}

/* ---- paths ------------------------------------------------------------------------ */

/* Ten bytes a level: five of time, five of id, highest first, so that
 * memcmp order is reading order. Both last for 34 000 years or 10^12 ids. */
#define LEVEL_BYTES 10

static void
put40(unsigned char *to, int64_t v)
{
	if (v < 0)
		v = 0;
	for (int i = 0; i < 5; i++)
		to[i] = (unsigned char)(v >> (8 * (4 - i)));
}

static int64_t
get40(const unsigned char *from)
{
	int64_t v = 0;

	for (int i = 0; i < 5; i++)
		v = v << 8 | from[i];
	return v;
}

static struct str
path_make(struct arena *a, struct str above, int64_t created_at, int64_t id)
{
	unsigned char *p;

	above.n = above.n / LEVEL_BYTES * LEVEL_BYTES;
	if (above.n > (COMMENT_PATH_DEPTH - 1) * LEVEL_BYTES)
		above.n = (COMMENT_PATH_DEPTH - 1) * LEVEL_BYTES;
	p = arena_alloc(a, above.n + LEVEL_BYTES);
	if (above.n > 0)
		memcpy(p, above.p, above.n);
	put40(p + above.n, created_at);
	put40(p + above.n + 5, id);
	return (struct str){ (char *)p, above.n + LEVEL_BYTES };
}

static void
path_read(struct str path, struct comment *c)
{
	size_t levels = path.n / LEVEL_BYTES;

	if (levels > COMMENT_PATH_DEPTH)
		levels = COMMENT_PATH_DEPTH;
	c->depth = levels == 0 ? 0 : (int)levels - 1;
	for (int i = 0; i < c->depth; i++)
		c->above[i] = get40((const unsigned char *)path.p +
		    (size_t)i * LEVEL_BYTES + 5);
}

/* ---- storing ------------------------------------------------------------------------ */

struct adding {
	const struct comment_new *c;
	const struct secret *secret;
	struct arena *a;
	struct verdict verdict;
	struct html html;
	unsigned char digest[DIGEST_BYTES];
	unsigned char network[DIGEST_BYTES];
	bool have_network;
	struct comment_stored out;
	struct str path;
};

static enum err
find_same(struct db *db, struct adding *add, bool *found)
{
	struct q q = q_begin(db, STMT_COMMENT_SAME);

	q_blob(&q, add->digest, sizeof(add->digest));
	*found = q_row(&q);
	if (*found) {
		add->out.id = q_get_i64(&q, 0);
		add->out.repeated = true;
		if (!comment_status_find(q_peek(&q, 1), &add->out.status))
			add->out.status = COMMENT_PENDING;
	}
	return q_end(&q);
}

/* The article and the parent as they are now, inside the block. */
static enum err
find_place(struct db *db, struct adding *add)
{
	const struct comment_new *c = add->c;
	struct q q = q_begin(db, STMT_COMMENT_PLACE);
	struct str above = STR("");
	bool there, open = false, parent_ok = c->parent == 0;
	enum err e;

	q_id(&q, c->parent);
	q_i64(&q, c->article);
	q_i64(&q, c->now);
	if ((there = q_row(&q))) {
		open = q_get_i64(&q, 0) != 0;
		above = q_get_str(&q, 1, add->a);
		parent_ok = c->parent == 0 ||
		    str_eq(q_peek(&q, 2), STR("approved"));
	}
	if ((e = q_end(&q)) != OK)
		return e;
	if (!there)
		return ERR_NOTFOUND;
	if (!parent_ok)
		return ERR_INPUT;
	if (!open)
		return ERR_DENIED;
	q = q_begin(db, STMT_COMMENT_NEXT_ID);
	if (q_row(&q))
		add->out.id = q_get_i64(&q, 0);
	add->path = path_make(add->a, above, c->now, add->out.id);
	return q_end(&q);
}

static enum err
find_person(struct db *db, struct adding *add, int64_t *person)
{
	struct str email = str_trim(add->c->form->email);
	unsigned char index[EMAIL_INDEX_BYTES];
	struct str sealed;
	struct q q;
	enum err e;

	*person = 0;
	if (email.n == 0)
		return OK;
	secret_email_index(add->secret, email, index);
	q = q_begin(db, STMT_PERSON_INSERT);
	q_blob(&q, index, sizeof(index));
	q_blob(&q, NULL, 0);
	q_i64(&q, add->c->now);
	if (q_row(&q))
		*person = q_get_i64(&q, 0);
	if ((e = q_end(&q)) != OK)
		return e;
	sealed = secret_email_seal(add->secret, add->a, *person, email);
	q = q_begin(db, STMT_PERSON_SEAL);
	q_blob(&q, sealed.p, sealed.n);
	q_i64(&q, *person);
	return q_run(&q);
}

static enum err
insert(struct db *db, struct adding *add, int64_t person)
{
	const struct comment_new *c = add->c;
	struct q q = q_begin(db, STMT_COMMENT_INSERT);

	q_i64(&q, c->article);
	q_i64(&q, add->out.id);
	q_id(&q, c->parent);
	q_blob(&q, add->path.p, add->path.n);
	q_str(&q, str_c(comment_status_name(add->verdict.status)));
	q_id(&q, c->user->id);
	q_id(&q, person);
	q_str(&q, c->form->clean_name);
	q_str(&q, c->form->clean_url);
	q_str(&q, c->form->text);
	q_str(&q, (struct str){ add->html.p, add->html.n });
	q_i64(&q, MARKDOWN_VERSION);
	q_i64(&q, c->now);
	if (add->have_network)
		q_blob(&q, add->network, sizeof(add->network));
	else
		q_null(&q);
	q_blob(&q, add->digest, sizeof(add->digest));
	return q_run(&q);
}

static enum err
insert_reasons(struct db *db, const struct adding *add)
{
	for (size_t i = 0; i < add->verdict.nreasons; i++) {
		struct q q = q_begin(db, STMT_COMMENT_REASON_INSERT);
		enum err e;

		q_i64(&q, add->c->article);
		q_i64(&q, add->out.id);
		q_i64(&q, (int64_t)i);
		q_str(&q, str_c(add->verdict.reasons[i].code));
		q_str(&q, add->verdict.reasons[i].detail);
		if ((e = q_run(&q)) != OK)
			return e;
	}
	return OK;
}

enum err
comment_count_visible(struct db *db, int64_t article, int64_t delta)
{
	struct q q = q_begin(db, STMT_SITE_TICK);
	int64_t clock = 0;
	enum err e;

	if (q_row(&q))
		clock = q_get_i64(&q, 0);
	if ((e = q_end(&q)) != OK)
		return e;
	q = q_begin(db, STMT_ARTICLE_COUNT_COMMENTS);
	q_i64(&q, clock);
	q_i64(&q, delta);
	q_i64(&q, article);
	return q_run(&q);
}

static enum err
add_in_block(struct db *db, void *arg)
{
	struct adding *add = arg;
	int64_t person;
	bool found;
	enum err e;

	if ((e = find_same(db, add, &found)) != OK || found)
		return e;
	if ((e = find_place(db, add)) != OK)
		return e;
	if ((e = find_person(db, add, &person)) != OK)
		return e;
	if ((e = insert(db, add, person)) != OK)
		return e;
	if ((e = insert_reasons(db, add)) != OK)
		return e;
	add->out.status = add->verdict.status;
	if (add->verdict.status != COMMENT_APPROVED)
		return OK;
	return comment_count_visible(db, add->c->article, 1);
}

/* Of article, parent, name and text; never of the address, so that nothing
 * tells whether an address is known. */
static void
digest(struct adding *add)
{
	const struct comment_new *c = add->c;
	const struct str parts[] = {
		arena_printf(add->a, "%lld/%lld/%lld", (long long)c->article,
		    (long long)c->parent, (long long)c->user->id),
		c->form->clean_name,
		utf8_squeeze(add->a, c->form->text),
	};

	secret_digest(add->secret, DIGEST_COMMENT, 0, parts, ARRAY_LEN(parts),
	    add->digest);
}

enum err
comment_add(struct store *s, const struct secret *secret, struct arena *a,
    const struct comment_new *c, struct comment_stored *out)
{
	struct adding add = { .c = c, .secret = secret, .a = a };
	struct facts facts = { .staff = c->may_moderate };
	enum err e;

	assert(c->form->nerrors == 0);
	add.verdict = moderate(&facts);
	add.html = markdown_comment(a, c->form->text);
	add.have_network = net_digest(secret, a, c->address, c->now,
	    add.network);
	digest(&add);
	if ((e = store_write(s, add_in_block, &add)) == OK)
		*out = add.out;
	return e;
}

/* ---- reading -------------------------------------------------------------------------- */

enum err
comment_thread(struct db *pub, struct arena *a, int64_t article,
    struct comment **out, size_t *n)
{
	struct q q = q_begin(pub, STMT_COMMENT_THREAD);
	size_t cap = 64;

	*out = arena_array(a, cap, sizeof(**out));
	*n = 0;
	q_i64(&q, article);
	while (q_row(&q)) {
		struct comment *c;
		struct str html;

		if (*n == cap) {
			struct comment *more = arena_array(a, cap * 2,
			    sizeof(**out));

			memcpy(more, *out, cap * sizeof(**out));
			*out = more;
			cap *= 2;
		}
		c = &(*out)[(*n)++];
		c->id = q_get_i64(&q, 0);
		c->parent = q_get_i64(&q, 1);
		path_read(q_peek(&q, 2), c);
		c->name = q_get_str(&q, 3, a);
		c->url = q_get_str(&q, 4, a);
		html = q_get_str(&q, 5, a);
		/* Written by markdown_comment or sanitize. */
		c->html = (struct html){ html.p, html.n };
		c->created_at = q_get_i64(&q, 6);
		c->user = q_get_i64(&q, 7);
	}
	return q_end(&q);
}

enum err
comment_parent(struct db *pub, struct arena *a, int64_t article, int64_t id,
    struct comment *out)
{
	struct q q = q_begin(pub, STMT_COMMENT_PARENT);
	struct comment c = { 0 };
	enum err e;

	q_i64(&q, article);
	q_i64(&q, id);
	if (q_row(&q)) {
		struct str html;

		c.id = q_get_i64(&q, 0);
		path_read(q_peek(&q, 1), &c);
		c.name = q_get_str(&q, 2, a);
		html = q_get_str(&q, 3, a);
		c.html = (struct html){ html.p, html.n };
	}
	if ((e = q_end(&q)) != OK)
		return e;
	if (c.id == 0)
		return ERR_NOTFOUND;
	*out = c;
	return OK;
}

enum err
comment_article(struct db *pub, int64_t id, int64_t *article)
{
	struct q q = q_begin(pub, STMT_COMMENT_ARTICLE);
	int64_t found = 0;
	enum err e;

	q_i64(&q, id);
	if (q_row(&q))
		found = q_get_i64(&q, 0);
	if ((e = q_end(&q)) != OK)
		return e;
	if (found == 0)
		return ERR_NOTFOUND;
	*article = found;
	return OK;
}

enum err
comment_own(struct db *staff, struct arena *a, int64_t article, int64_t id,
    struct comment *out, enum comment_status *status)
{
	struct q q = q_begin(staff, STMT_COMMENT_OWN);
	enum comment_status is = COMMENT_PENDING;
	struct comment c = { 0 };
	struct str source = STR(""), html = STR("");
	enum err e;

	q_i64(&q, article);
	q_i64(&q, id);
	if (q_row(&q)) {
		c.id = q_get_i64(&q, 0);
		c.parent = q_get_i64(&q, 1);
		path_read(q_peek(&q, 2), &c);
		if (!comment_status_find(q_peek(&q, 3), &is))
			is = COMMENT_PENDING;
		c.name = q_get_str(&q, 4, a);
		c.url = q_get_str(&q, 5, a);
		source = q_get_str(&q, 6, a);
		c.created_at = q_get_i64(&q, 7);
		html = q_get_str(&q, 8, a);
	}
	if ((e = q_end(&q)) != OK)
		return e;
	if (c.id == 0 || is == COMMENT_DELETED)
		return ERR_NOTFOUND;
	/* Written by markdown_comment or sanitize. */
	c.html = (struct html){ html.p, html.n };
	if (is != COMMENT_APPROVED) {
		c.html = markdown_comment_inert(a, source);
		c.url = STR("");
	}
	*out = c;
	*status = is;
	return OK;
}

struct rerendering {
	int64_t article, id;
	struct html html;
};

static enum err
put_html(struct db *db, void *arg)
{
	const struct rerendering *r = arg;
	struct q q = q_begin(db, STMT_COMMENT_RERENDER);
	enum err e;

	q_str(&q, (struct str){ r->html.p, r->html.n });
	q_i64(&q, MARKDOWN_VERSION);
	q_i64(&q, r->article);
	q_i64(&q, r->id);
	if ((e = q_run(&q)) != OK)
		return e;
	return comment_count_visible(db, r->article, 0);
}

enum err
comment_rerender(struct store *s, struct db *staff, struct arena *a,
    int64_t *done)
{
	struct rerendering r = { 0 };

	*done = 0;
	for (;;) {
		struct q q = q_begin(staff, STMT_COMMENT_STALE);
		struct str source, format;
		bool found;
		enum err e;

		q_i64(&q, MARKDOWN_VERSION);
		q_i64(&q, r.id);
		if ((found = q_row(&q))) {
			r.article = q_get_i64(&q, 0);
			r.id = q_get_i64(&q, 1);
			source = q_get_str(&q, 2, a);
			format = q_get_str(&q, 3, a);
		}
		if ((e = q_end(&q)) != OK || !found)
			return e;
		r.html = str_eq(format, STR("html")) ?
		    sanitize(a, source) :
		    markdown_comment(a, source);
		if ((e = store_write(s, put_html, &r)) != OK)
			return e;
		++*done;
	}
}
