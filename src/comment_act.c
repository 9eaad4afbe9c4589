/*
 * What moderators do to comments: the state machine, its log, and Undo.
 */
#include "config.h"

#include <assert.h>

#include "comment.h"

static const char *const act_names[ACT_MAX] = {
	[ACT_APPROVE] = "approve",
	[ACT_UNAPPROVE] = "unapprove",
	[ACT_SPAM] = "spam",
	[ACT_UNSPAM] = "unspam",
	[ACT_TRASH] = "trash",
	[ACT_RESTORE] = "restore",
	[ACT_DELETE] = "delete",
	[ACT_UNDO] = "undo",
};

const char *
comment_act_name(enum comment_act act)
{
	return act_names[act];
}

bool
comment_act_find(struct str name, enum comment_act *out)
{
	for (size_t i = 0; i < ACT_MAX; i++) {
		if (str_eq(str_c(act_names[i]), name)) {
			*out = (enum comment_act)i;
			return true;
		}
	}
	return false;
}

/* ---- the state machine -------------------------------------------------------- */

/* before: what Restore and Not spam go back to; -1 is none. */
struct state {
	enum comment_status status;
	int before;
};

static struct state
go_back(struct state s)
{
	return (struct state){
		s.before < 0 ? COMMENT_PENDING : (enum comment_status)s.before,
		-1
	};
}

/* Where act leads from s; false where it has no meaning there. */
static bool
transition(enum comment_act act, struct state s, struct state *to)
{
	bool live = s.status == COMMENT_PENDING ||
	    s.status == COMMENT_APPROVED;

	switch (act) {
	case ACT_APPROVE:
		*to = (struct state){ COMMENT_APPROVED, -1 };
		return s.status == COMMENT_PENDING ||
		    s.status == COMMENT_SPAM;
	case ACT_UNAPPROVE:
		*to = (struct state){ COMMENT_PENDING, -1 };
		return s.status == COMMENT_APPROVED;
	case ACT_SPAM:
		/* What was spam before the trash has nothing but spam to go
		 * back to, and Not spam must lead out. */
		*to = (struct state){ COMMENT_SPAM,
			live ? (int)s.status : s.before };
		if (to->before == COMMENT_SPAM)
			to->before = -1;
		return live || s.status == COMMENT_TRASH;
	case ACT_UNSPAM:
		*to = go_back(s);
		return s.status == COMMENT_SPAM;
	case ACT_TRASH:
		*to = (struct state){ COMMENT_TRASH, (int)s.status };
		return live || s.status == COMMENT_SPAM;
	case ACT_RESTORE:
		*to = go_back(s);
		return s.status == COMMENT_TRASH;
	case ACT_DELETE:
		*to = (struct state){ COMMENT_DELETED, -1 };
		return s.status == COMMENT_TRASH || s.status == COMMENT_SPAM;
	case ACT_UNDO:
	case ACT_MAX:
		break;
	}
	return false;
}

static struct str
before_name(struct state s)
{
	if (s.before < 0)
		return STR("");
	return str_c(comment_status_name((enum comment_status)s.before));
}

static struct state
read_state(struct q *q, int col)
{
	struct state s = { COMMENT_PENDING, -1 };
	enum comment_status before;

	if (!comment_status_find(q_peek(q, col), &s.status))
		s.status = COMMENT_PENDING;
	if (comment_status_find(q_peek(q, col + 1), &before))
		s.before = (int)before;
	return s;
}

/* ---- one comment ---------------------------------------------------------------- */

static enum err
load_state(struct db *db, int64_t id, int64_t *article, struct state *s)
{
	struct q q = q_begin(db, STMT_COMMENT_STATE);
	bool found;
	enum err e;

	q_i64(&q, id);
	if ((found = q_row(&q))) {
		*article = q_get_i64(&q, 0);
		*s = read_state(&q, 1);
	}
	if ((e = q_end(&q)) != OK)
		return e;
	return found ? OK : ERR_NOTFOUND;
}

/* A statement about one comment, without a result. */
static enum err
run_on(struct db *db, enum stmt s, int64_t article, int64_t id)
{
	struct q q = q_begin(db, s);

	q_i64(&q, article);
	q_i64(&q, id);
	return q_run(&q);
}

/* A number out of one; 0 for NULL. */
static enum err
ask_of(struct db *db, enum stmt s, int64_t article, int64_t id, int64_t *out)
{
	struct q q = q_begin(db, s);

	*out = 0;
	q_i64(&q, article);
	q_i64(&q, id);
	if (q_row(&q))
		*out = q_get_i64(&q, 0);
	return q_end(&q);
}

static enum err
bury(struct db *db, int64_t article, int64_t id)
{
	enum err e = run_on(db, STMT_COMMENT_FORGET_REASONS, article, id);

	return e == OK ? run_on(db, STMT_COMMENT_BURY, article, id) : e;
}

/* The row goes, or its empty place stays for the answers; the address goes
 * with the last comment written under it. */
static enum err
delete_row(struct db *db, int64_t article, int64_t id)
{
	int64_t person, children;
	struct q q;
	enum err e = ask_of(db, STMT_COMMENT_PERSON, article, id, &person);

	if (e == OK)
		e = ask_of(db, STMT_COMMENT_CHILDREN, article, id, &children);
	if (e != OK)
		return e;
	e = children > 0 ? bury(db, article, id) :
			   run_on(db, STMT_COMMENT_DELETE, article, id);
	if (e != OK || person == 0)
		return e;
	q = q_begin(db, STMT_COMMENT_FORGET_PERSON);
	q_i64(&q, person);
	return q_run(&q);
}

static enum err
set_state(struct db *db, int64_t article, int64_t id, struct state from,
    struct state to)
{
	bool was = from.status == COMMENT_APPROVED;
	bool is = to.status == COMMENT_APPROVED;
	enum err e;

	if (to.status == COMMENT_DELETED) {
		e = delete_row(db, article, id);
	} else {
		struct q q = q_begin(db, STMT_COMMENT_SET_STATE);

		q_str(&q, str_c(comment_status_name(to.status)));
		q_str(&q, before_name(to));
		q_i64(&q, article);
		q_i64(&q, id);
		e = q_run(&q);
	}
	if (e != OK || was == is)
		return e;
	return comment_count_visible(db, article, is ? 1 : -1);
}

static enum err
log_item(struct db *db, int64_t action, int64_t article, int64_t id,
    struct state from, struct state to)
{
	struct q q = q_begin(db, STMT_ACTION_ITEM_INSERT);

	q_i64(&q, action);
	q_i64(&q, id);
	q_i64(&q, article);
	q_str(&q, str_c(comment_status_name(from.status)));
	q_str(&q, before_name(from));
	q_str(&q, str_c(comment_status_name(to.status)));
	q_str(&q, before_name(to));
	return q_run(&q);
}

static enum err
log_action(struct db *db, int64_t user, enum comment_act act, int64_t now,
    int64_t *action)
{
	struct q q = q_begin(db, STMT_ACTION_INSERT);

	q_id(&q, user);
	q_str(&q, str_c(act_names[act]));
	q_i64(&q, now);
	if (q_row(&q))
		*action = q_get_i64(&q, 0);
	return q_end(&q);
}

/* ---- acting ------------------------------------------------------------------------ */

struct acting {
	int64_t user;
	enum comment_act act;
	const int64_t *ids;
	size_t n;
	int64_t now;
	struct act_done done;
};

static enum err
act_on(struct db *db, struct acting *x, int64_t id)
{
	struct state from, to;
	int64_t article;
	enum err e = load_state(db, id, &article, &from);

	if (e != OK || !transition(x->act, from, &to))
		return e == ERR_NOTFOUND ? OK : e;
	if ((e = set_state(db, article, id, from, to)) != OK)
		return e;
	x->done.changed++;
	return log_item(db, x->done.action, article, id, from, to);
}

static enum err
act_in_block(struct db *db, void *arg)
{
	struct acting *x = arg;
	enum err e = log_action(db, x->user, x->act, x->now, &x->done.action);

	for (size_t i = 0; e == OK && i < x->n; i++)
		e = act_on(db, x, x->ids[i]);
	return e;
}

enum err
comment_act(struct store *s, int64_t user, enum comment_act act,
    const int64_t *ids, size_t n, int64_t now, struct act_done *out)
{
	struct acting x = { .user = user, .act = act, .ids = ids, .n = n,
		.now = now };
	enum err e;

	assert(act < ACT_UNDO);
	if ((e = store_write(s, act_in_block, &x)) == OK)
		*out = x.done;
	return e;
}

/* ---- taking back --------------------------------------------------------------------- */

struct undoing {
	int64_t user, action, now;
	struct act_done done;
};

struct item {
	int64_t comment, article;
	struct state from, to;
};

/* The next item after comment `after`: the statement cannot stay open while
 * the rows it reads are being changed. */
static enum err
next_item(struct db *db, int64_t action, int64_t after, struct item *out,
    bool *found)
{
	struct q q = q_begin(db, STMT_ACTION_ITEM_NEXT);

	q_i64(&q, action);
	q_i64(&q, after);
	if ((*found = q_row(&q)))
		*out = (struct item){
			.comment = q_get_i64(&q, 0),
			.article = q_get_i64(&q, 1),
			.from = read_state(&q, 2),
			.to = read_state(&q, 4),
		};
	return q_end(&q);
}

static enum err
undo_item(struct db *db, struct undoing *x, const struct item *it)
{
	struct state now;
	int64_t article;
	enum err e = load_state(db, it->comment, &article, &now);

	if (e != OK)
		return e == ERR_NOTFOUND ? OK : e;
	if (now.status != it->to.status || now.before != it->to.before)
		return OK;
	if ((e = set_state(db, article, it->comment, now, it->from)) != OK)
		return e;
	x->done.changed++;
	return log_item(db, x->done.action, article, it->comment, now,
	    it->from);
}

static enum err
undo_in_block(struct db *db, void *arg)
{
	struct undoing *x = arg;
	struct q q = q_begin(db, STMT_ACTION_TAKE_BACK);
	struct item it = { 0 };
	bool found;
	enum err e;

	q_i64(&q, x->action);
	q_i64(&q, x->now - UNDO_S);
	found = q_row(&q);
	if ((e = q_end(&q)) != OK)
		return e;
	if (!found)
		return ERR_NOTFOUND;
	e = log_action(db, x->user, ACT_UNDO, x->now, &x->done.action);
	while (e == OK) {
		e = next_item(db, x->action, it.comment, &it, &found);
		if (e != OK || !found)
			break;
		e = undo_item(db, x, &it);
	}
	return e;
}

enum err
comment_undo(struct store *s, int64_t user, int64_t action, int64_t now,
    struct act_done *out)
{
	struct undoing x = { .user = user, .action = action, .now = now };
	enum err e = store_write(s, undo_in_block, &x);

	if (e == OK)
		*out = x.done;
	return e;
}

enum err
comment_action(struct db *staff, int64_t action, enum comment_act *act,
    bool *undone, int64_t *n)
{
	struct q q = q_begin(staff, STMT_ACTION_GET);
	bool found;
	enum err e;

	q_i64(&q, action);
	if ((found = q_row(&q))) {
		if (!comment_act_find(q_peek(&q, 0), act))
			found = false;
		*undone = q_get_i64(&q, 1) != 0;
		*n = q_get_i64(&q, 2);
	}
	if ((e = q_end(&q)) != OK)
		return e;
	return found ? OK : ERR_NOTFOUND;
}

/* ---- lists --------------------------------------------------------------------------- */

enum err
comment_counts(struct db *staff, int64_t counts[COMMENT_DELETED])
{
	struct q q = q_begin(staff, STMT_COMMENT_COUNTS);
	bool row = q_row(&q);

	for (int i = 0; i < COMMENT_DELETED; i++)
		counts[i] = row ? q_get_i64(&q, i) : 0;
	return q_end(&q);
}

static enum err
load_reasons(struct db *staff, struct arena *a, struct comment_row *r)
{
	struct q q = q_begin(staff, STMT_COMMENT_REASONS);

	q_i64(&q, r->article);
	q_i64(&q, r->c.id);
	while (r->nreasons < REASONS_MAX && q_row(&q))
		r->reasons[r->nreasons++] = (struct reason){
			q_get_str(&q, 0, a).p, q_get_str(&q, 1, a) };
	return q_end(&q);
}

static enum err
load_email(struct db *staff, const struct secret *secret, struct arena *a,
    int64_t person, struct comment_row *r)
{
	struct q q = q_begin(staff, STMT_PERSON_GET);
	struct str sealed = STR("");

	q_i64(&q, person);
	if (q_row(&q))
		sealed = q_get_str(&q, 0, a);
	if (secret_email_open(secret, a, person, sealed, &r->email) != OK)
		r->email = STR("?");
	return q_end(&q);
}

static void
read_row(struct q *q, struct arena *a, struct comment_row *r, int64_t *person)
{
	struct str html = q_get_str(q, 7, a);
	bool published = str_eq(q_peek(q, 12), STR("published"));

	*r = (struct comment_row){
		.c = {
			.id = q_get_i64(q, 0),
			.parent = q_get_i64(q, 2),
			.name = q_get_str(q, 5, a),
			.url = q_get_str(q, 6, a),
			.html = { html.p, html.n },
			.created_at = q_get_i64(q, 8),
		},
		.article = q_get_i64(q, 1),
		.article_title = q_get_str(q, 10, a),
		.article_path = published ? q_get_str(q, 11, a) : STR(""),
		.article_comments = q_get_i64(q, 13),
	};
	if (!comment_status_find(q_peek(q, 3), &r->status))
		r->status = COMMENT_PENDING;
	*person = q_get_i64(q, 9);
}

enum err
comment_queue(struct db *staff, const struct secret *secret, struct arena *a,
    enum comment_status status, int64_t article, int64_t before, int max,
    struct comment_row **out, size_t *n)
{
	struct q q = q_begin(staff,
	    article == 0 ? STMT_COMMENT_QUEUE : STMT_COMMENT_QUEUE_ARTICLE);
	int64_t *person = arena_array(a, (size_t)max, sizeof(*person));
	enum err e;

	*out = arena_array(a, (size_t)max, sizeof(**out));
	*n = 0;
	if (article != 0)
		q_i64(&q, article);
	q_str(&q, str_c(comment_status_name(status)));
	q_i64(&q, before);
	q_i64(&q, max);
	while (q_row(&q)) {
		read_row(&q, a, &(*out)[*n], &person[*n]);
		++*n;
	}
	e = q_end(&q);
	for (size_t i = 0; e == OK && i < *n; i++) {
		e = load_reasons(staff, a, &(*out)[i]);
		if (e == OK && person[i] != 0)
			e = load_email(staff, secret, a, person[i],
			    &(*out)[i]);
	}
	return e;
}
