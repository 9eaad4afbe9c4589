/* What moderators do: every act in every state, and taking it back. */
#include "fixture.h"

#define NO (-1)

struct at {
	enum comment_status status;
	int before; /* a status, or NO */
};

static const char *
before_of(struct at s)
{
	return s.before == NO ?
	    "" :
	    comment_status_name((enum comment_status)s.before);
}

/* Put a comment where no act led it. */
static void
force(struct fixture *f, int64_t id, struct at s)
{
	fixture_exec(f,
	    arena_printf(f->a,
		"UPDATE comment SET status = '%s', before = '%s'"
		" WHERE id = %lld",
		comment_status_name(s.status), before_of(s), (long long)id)
		.p);
	fixture_exec(f,
	    "UPDATE article SET comments = (SELECT count(*) FROM comment"
	    " WHERE article = article.id AND status = 'approved')");
}

static void
assert_at(struct fixture *f, int64_t id, struct at s)
{
	struct str got = fixture_text(f,
	    arena_printf(f->a,
		"SELECT status || '/' || before FROM comment WHERE id = %lld",
		(long long)id)
		.p);

	assert_str(got,
	    arena_printf(f->a, "%s/%s", comment_status_name(s.status),
		before_of(s))
		.p);
}

/* The counts are what counting finds. */
static void
assert_counts(struct fixture *f)
{
	static const char *const words[] = { "pending", "approved", "spam",
		"trash" };
	int64_t counts[COMMENT_DELETED];

	assert_int_equal(comment_counts(f->staff, counts), OK);
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		assert_int_equal(counts[i],
		    fixture_int(f,
			arena_printf(f->a,
			    "SELECT count(*) FROM comment WHERE status = '%s'",
			    words[i])
			    .p));
	assert_int_equal(fixture_int(f,
			     "SELECT count(*) FROM article WHERE comments <>"
			     " (SELECT count(*) FROM comment"
			     " WHERE article = article.id"
			     " AND status = 'approved')"),
	    0);
}

struct versions {
	int64_t clock, site, article;
};

static struct versions
versions(struct fixture *f)
{
	return (struct versions){
		fixture_int(f, "SELECT clock FROM site"),
		fixture_int(f, "SELECT version FROM site"),
		fixture_int(f, "SELECT version FROM article"),
	};
}

static void
assert_raised(struct fixture *f, struct versions was, bool visible)
{
	struct versions is = versions(f);

	assert_int_equal(is.site, was.site);
	if (visible) {
		assert_true(is.clock > was.clock);
		assert_int_equal(is.article, is.clock);
	} else {
		assert_int_equal(is.clock, was.clock);
		assert_int_equal(is.article, was.article);
	}
}

/* clang-format off */
#define PENDING		{ COMMENT_PENDING, NO }
#define APPROVED	{ COMMENT_APPROVED, NO }
#define SPAM(b)		{ COMMENT_SPAM, b }
#define TRASH(b)	{ COMMENT_TRASH, b }
#define GONE		{ COMMENT_DELETED, NO }
#define P		COMMENT_PENDING
#define A		COMMENT_APPROVED
#define S		COMMENT_SPAM

/* The whole machine; what is not listed changes nothing. */
static const struct move {
	struct at from;
	enum comment_act act;
	struct at to;
} moves[] = {
	{ PENDING,	ACT_APPROVE,	APPROVED },
	{ PENDING,	ACT_SPAM,	SPAM(P) },
	{ PENDING,	ACT_TRASH,	TRASH(P) },

	{ APPROVED,	ACT_UNAPPROVE,	PENDING },
	{ APPROVED,	ACT_SPAM,	SPAM(A) },
	{ APPROVED,	ACT_TRASH,	TRASH(A) },

	{ SPAM(NO),	ACT_APPROVE,	APPROVED },
	{ SPAM(NO),	ACT_UNSPAM,	PENDING },
	{ SPAM(NO),	ACT_TRASH,	TRASH(S) },
	{ SPAM(NO),	ACT_DELETE,	GONE },
	{ SPAM(P),	ACT_APPROVE,	APPROVED },
	{ SPAM(P),	ACT_UNSPAM,	PENDING },
	{ SPAM(P),	ACT_TRASH,	TRASH(S) },
	{ SPAM(P),	ACT_DELETE,	GONE },
	{ SPAM(A),	ACT_APPROVE,	APPROVED },
	{ SPAM(A),	ACT_UNSPAM,	APPROVED },
	{ SPAM(A),	ACT_TRASH,	TRASH(S) },
	{ SPAM(A),	ACT_DELETE,	GONE },

	{ TRASH(NO),	ACT_SPAM,	SPAM(NO) },
	{ TRASH(NO),	ACT_RESTORE,	PENDING },
	{ TRASH(NO),	ACT_DELETE,	GONE },
	{ TRASH(P),	ACT_SPAM,	SPAM(P) },
	{ TRASH(P),	ACT_RESTORE,	PENDING },
	{ TRASH(P),	ACT_DELETE,	GONE },
	{ TRASH(A),	ACT_SPAM,	SPAM(A) },
	{ TRASH(A),	ACT_RESTORE,	APPROVED },
	{ TRASH(A),	ACT_DELETE,	GONE },
	/* spam of spam would be spam for good */
	{ TRASH(S),	ACT_SPAM,	SPAM(NO) },
	{ TRASH(S),	ACT_RESTORE,	SPAM(NO) },
	{ TRASH(S),	ACT_DELETE,	GONE },
};

static const struct at states[] = {
	PENDING, APPROVED, SPAM(NO), SPAM(P), SPAM(A),
	TRASH(NO), TRASH(P), TRASH(A), TRASH(S),
};
/* clang-format on */

static const struct move *
find_move(struct at from, enum comment_act act)
{
	for (size_t i = 0; i < ARRAY_LEN(moves); i++)
		if (moves[i].from.status == from.status &&
		    moves[i].from.before == from.before &&
		    moves[i].act == act)
			return &moves[i];
	return NULL;
}

static void
check_move(struct fixture *f, int64_t article, struct at from,
    enum comment_act act)
{
	const struct move *m = find_move(from, act);
	int64_t id = fixture_comment(f, article, 0,
	    arena_printf(f->a, "%d %d %d", from.status, from.before, act).p);
	struct versions was;
	size_t changed;

	force(f, id, from);
	was = versions(f);
	changed = fixture_act(f, act, id);
	if (changed != (m != NULL))
		fail_msg("%s from %s/%s", comment_act_name(act),
		    comment_status_name(from.status), before_of(from));
	if (m == NULL)
		assert_at(f, id, from);
	else if (m->to.status != COMMENT_DELETED)
		assert_at(f, id, m->to);
	assert_raised(f, was,
	    m != NULL &&
		(from.status == COMMENT_APPROVED) !=
		    (m->to.status == COMMENT_APPROVED));
	assert_counts(f);
}

static void
test_machine(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);

	for (size_t i = 0; i < ARRAY_LEN(states); i++)
		for (int act = 0; act < ACT_UNDO; act++)
			check_move(f, article, states[i],
			    (enum comment_act)act);
}

/* Whatever was done, "Not spam" leads out of spam, "Restore" out of trash. */
static void
test_ways_out(void **state)
{
	static const enum comment_act acts[] = { ACT_APPROVE, ACT_UNAPPROVE,
		ACT_SPAM, ACT_UNSPAM, ACT_TRASH, ACT_RESTORE };
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	int64_t id = fixture_comment(f, article, 0, "x");
	unsigned seed = 1;

	for (int i = 0; i < 300; i++) {
		struct str s;

		seed = seed * 1103515245 + 12345;
		fixture_act(f, acts[seed / 65536 % ARRAY_LEN(acts)], id);
		s = fixture_text(f, "SELECT status FROM comment");
		if (str_eq(s, STR("spam")) && i % 7 == 0) {
			fixture_act(f, ACT_UNSPAM, id);
			s = fixture_text(f, "SELECT status FROM comment");
			assert_true(str_eq(s, STR("pending")) ||
			    str_eq(s, STR("approved")));
		} else if (str_eq(s, STR("trash")) && i % 7 == 0) {
			fixture_act(f, ACT_RESTORE, id);
			s = fixture_text(f, "SELECT status FROM comment");
			assert_false(str_eq(s, STR("trash")));
		}
		assert_counts(f);
	}
}

static void
test_names(void **state)
{
	enum comment_act act = ACT_TRASH;

	(void)state;
	for (int i = 0; i < ACT_MAX; i++) {
		assert_true(comment_act_find(
		    str_c(comment_act_name((enum comment_act)i)), &act));
		assert_int_equal(act, i);
	}
	act = ACT_TRASH;
	assert_false(comment_act_find(STR(""), &act));
	assert_false(comment_act_find(STR("Approve"), &act));
	assert_false(comment_act_find(STR("approve "), &act));
	assert_int_equal(act, ACT_TRASH);
}

/* ---- several ---------------------------------------------------------------- */

static void
test_bulk(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	int64_t other = fixture_article(f, "Teh", f->now - 9);
	int64_t ids[6];
	struct act_done done;

	ids[0] = fixture_comment(f, article, 0, "one");
	ids[1] = fixture_comment(f, other, 0, "two");
	ids[2] = fixture_visible(f, article, 0, "three");
	ids[3] = ids[0]; /* twice in the form */
	ids[4] = 987654321;
	ids[5] = -1;
	assert_int_equal(comment_act(f->store, f->user, ACT_APPROVE, ids, 6,
			     f->now, &done),
	    OK);
	assert_int_equal(done.changed, 2);
	assert_counts(f);
	assert_int_equal(comment_act(f->store, f->user, ACT_SPAM, ids, 6,
			     f->now, &done),
	    OK);
	assert_int_equal(done.changed, 3);
	assert_counts(f);
	assert_int_equal(comment_undo(f->store, f->user, done.action, f->now,
			     &done),
	    OK);
	assert_int_equal(done.changed, 3);
	assert_at(f, ids[0], (struct at)APPROVED);
	assert_counts(f);
	assert_int_equal(comment_act(f->store, 0, ACT_TRASH, NULL, 0, f->now,
			     &done),
	    OK);
	assert_int_equal(done.changed, 0);
	assert_int_equal(fixture_int(f,
			     "SELECT count(*) FROM action"
			     " WHERE user IS NULL"),
	    1);
}

/* One failing write takes all of them back. */
static void
test_all_or_nothing(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	int64_t ids[2] = { fixture_comment(f, article, 0, "one"),
		fixture_comment(f, article, 0, "two") };
	struct act_done done = { .action = -1 };

	fixture_exec(f,
	    arena_printf(f->a,
		"CREATE TRIGGER t BEFORE UPDATE ON comment WHEN OLD.id = %lld"
		" BEGIN SELECT raise(ABORT, 'no'); END",
		(long long)ids[1])
		.p);
	assert_int_not_equal(comment_act(f->store, f->user, ACT_APPROVE, ids,
				 2, f->now, &done),
	    OK);
	assert_int_equal(done.action, -1);
	assert_at(f, ids[0], (struct at)PENDING);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM action"), 0);
	assert_counts(f);
}

/* ---- undo ------------------------------------------------------------------- */

static int64_t
act(struct fixture *f, enum comment_act what, int64_t id)
{
	struct act_done done;

	assert_int_equal(comment_act(f->store, f->user, what, &id, 1, f->now,
			     &done),
	    OK);
	assert_int_equal(done.changed, 1);
	return done.action;
}

/* How many were put back; *action is the undoing's. */
static size_t
undo(struct fixture *f, int64_t *action)
{
	struct act_done done;

	assert_int_equal(comment_undo(f->store, f->user, *action, f->now,
			     &done),
	    OK);
	assert_true(done.action > *action);
	*action = done.action;
	return done.changed;
}

static void
assert_no_undo(struct fixture *f, int64_t action, int64_t now)
{
	struct act_done done = { .action = -1 };

	assert_int_equal(comment_undo(f->store, f->user, action, now, &done),
	    ERR_NOTFOUND);
	assert_int_equal(done.action, -1);
}

/* Each move but Delete, and back, and forth again. */
static void
test_undo(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);

	for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
		const struct move *m = &moves[i];
		bool visible = (m->from.status == COMMENT_APPROVED) !=
		    (m->to.status == COMMENT_APPROVED);
		int64_t id, action, undone;
		struct versions was;

		if (m->act == ACT_DELETE)
			continue;
		id = fixture_comment(f, article, 0,
		    arena_printf(f->a, "%zu", i).p);
		force(f, id, m->from);
		action = undone = act(f, m->act, id);
		was = versions(f);
		assert_int_equal(undo(f, &action), 1);
		assert_at(f, id, m->from);
		assert_raised(f, was, visible);
		assert_counts(f);
		assert_no_undo(f, undone, f->now);
		undone = action;
		assert_int_equal(undo(f, &action), 1);
		assert_at(f, id, m->to);
		assert_counts(f);
		assert_no_undo(f, undone, f->now);
		assert_int_equal(undo(f, &action), 1);
		assert_at(f, id, m->from);
		assert_counts(f);
	}
}

static void
test_undo_after_another_change(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	int64_t id = fixture_comment(f, article, 0, "x");
	int64_t action = act(f, ACT_APPROVE, id);

	act(f, ACT_TRASH, id);
	assert_int_equal(undo(f, &action), 0);
	assert_at(f, id, (struct at)TRASH(A));
	assert_counts(f);

	/* the same status by another way is not the same state */
	act(f, ACT_RESTORE, id);
	action = act(f, ACT_SPAM, id);
	act(f, ACT_TRASH, id);
	act(f, ACT_RESTORE, id);
	assert_at(f, id, (struct at)SPAM(NO));
	assert_int_equal(undo(f, &action), 0);
	assert_at(f, id, (struct at)SPAM(NO));
}

static void
test_undo_of_what_is_gone(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	int64_t alone = fixture_comment(f, article, 0, "alone");
	int64_t above = fixture_visible(f, article, 0, "above");
	int64_t first = act(f, ACT_TRASH, alone), second;

	fixture_visible(f, article, above, "below");
	second = act(f, ACT_TRASH, above);
	assert_no_undo(f, act(f, ACT_DELETE, alone), f->now);
	assert_no_undo(f, act(f, ACT_DELETE, above), f->now);
	assert_int_equal(undo(f, &first), 0);
	assert_int_equal(undo(f, &second), 0);
	assert_at(f, above, (struct at)GONE);
	assert_counts(f);
}

static void
test_undo_in_time(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	int64_t id = fixture_comment(f, article, 0, "x");
	int64_t action = act(f, ACT_APPROVE, id);

	assert_no_undo(f, action, f->now + UNDO_S);
	assert_no_undo(f, 0, f->now);
	assert_no_undo(f, -1, f->now);
	assert_no_undo(f, action + 1, f->now);
	f->now += UNDO_S - 1;
	assert_int_equal(undo(f, &action), 1);
}

static void
test_action(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	int64_t id = fixture_comment(f, article, 0, "x");
	int64_t first = act(f, ACT_SPAM, id), second = first, n = -1;
	enum comment_act what;
	bool undone;

	assert_int_equal(comment_action(f->staff, first, &what, &undone, &n),
	    OK);
	assert_int_equal(what, ACT_SPAM);
	assert_false(undone);
	assert_int_equal(n, 1);
	undo(f, &second);
	assert_int_equal(comment_action(f->staff, first, &what, &undone, &n),
	    OK);
	assert_true(undone);
	assert_int_equal(comment_action(f->staff, second, &what, &undone, &n),
	    OK);
	assert_int_equal(what, ACT_UNDO);
	assert_false(undone);
	what = ACT_TRASH;
	n = -1;
	assert_int_equal(comment_action(f->staff, 99, &what, &undone, &n),
	    ERR_NOTFOUND);
	assert_int_equal(what, ACT_TRASH);
	assert_int_equal(n, -1);
}

/* ---- deleting --------------------------------------------------------------- */

static void
delete(struct fixture *f, int64_t id)
{
	fixture_act(f, ACT_TRASH, id);
	assert_int_equal(fixture_act(f, ACT_DELETE, id), 1);
}

static int64_t
people(struct fixture *f)
{
	return fixture_int(f, "SELECT count(*) FROM person");
}

/* The address goes with the last comment under it. */
static void
test_address_forgotten(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	int64_t one = fixture_comment(f, article, 0, "one");
	int64_t two = fixture_comment(f, article, 0, "two");

	assert_int_equal(people(f), 1);
	delete(f, one);
	assert_int_equal(people(f), 1);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM comment"), 1);
	delete(f, two);
	assert_int_equal(people(f), 0);
	assert_int_equal(fixture_int(f,
			     "SELECT (SELECT count(*) FROM comment) +"
			     " (SELECT count(*) FROM comment_reason)"),
	    0);
	/* Anchors are read by people: the id is not given out again. */
	assert_true(fixture_comment(f, article, 0, "three") > two);
}

/* With answers the place stays, and nothing else. */
static void
test_place_kept(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	int64_t above = fixture_comment(f, article, 0, "secret words");
	struct comment *list;
	size_t n;

	fixture_act(f, ACT_APPROVE, above);
	fixture_visible(f, article, above, "an answer");
	fixture_exec(f,
	    "UPDATE comment SET url = 'https://secret.example/',"
	    " html = 'secret' WHERE parent IS NULL;"
	    "UPDATE comment_reason SET detail = 'secret'");
	delete(f, above);
	assert_int_equal(people(f), 0);
	assert_int_equal(fixture_int(f,
			     "SELECT count(*) FROM comment WHERE"
			     " status = 'deleted' AND before = ''"
			     " AND user IS NULL AND person IS NULL"
			     " AND name = '' AND url = '' AND source = ''"
			     " AND html = '' AND network IS NULL"
			     " AND digest IS NULL"),
	    1);
	assert_int_equal(fixture_int(f,
			     arena_printf(f->a,
				 "SELECT count(*) FROM comment_reason"
				 " WHERE comment = %lld",
				 (long long)above)
				 .p),
	    0);
	assert_int_equal(comment_thread(f->pub, f->a, article, &list, &n),
	    OK);
	assert_int_equal(n, 1);
	assert_int_equal(list[0].depth, 1);
	assert_int_equal(list[0].above[0], above);
	assert_counts(f);
	/* No act wakes it. */
	for (int i = 0; i < ACT_UNDO; i++)
		assert_int_equal(fixture_act(f, (enum comment_act)i, above),
		    0);
}

/* What was said can be said again once it is in the trash or gone. */
static void
test_digest_freed(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	int64_t one = fixture_comment(f, article, 0, "again");
	int64_t two;

	fixture_act(f, ACT_TRASH, one);
	two = fixture_comment(f, article, 0, "again");
	assert_true(two > one);
	assert_int_equal(fixture_act(f, ACT_RESTORE, one), 1);
	delete(f, two);
	fixture_comment(f, article, 0, "again");
}

/* ---- the list --------------------------------------------------------------- */

static void
test_queue(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	int64_t draft = fixture_article(f, "Teh", f->now - 9);
	struct comment_row *rows;
	int64_t before = INT64_MAX, ids[7];
	size_t n, seen = 0;

	for (int i = 0; i < 7; i++)
		ids[i] = fixture_comment(f, i % 2 ? draft : article, 0,
		    arena_printf(f->a, "text %d", i).p);
	assert_int_equal(article_unpublish(f->store, draft, f->now), OK);
	do {
		assert_int_equal(comment_queue(f->staff, f->secret, f->a,
				     COMMENT_PENDING, 0, before, 3, &rows,
				     &n),
		    OK);
		for (size_t i = 0; i < n; i++, seen++) {
			assert_int_equal(rows[i].c.id, ids[6 - seen]);
			assert_str(rows[i].c.name, "Budi");
			assert_str(rows[i].email, "budi@example.org");
			assert_int_equal(rows[i].nreasons, 1);
			assert_string_equal(rows[i].reasons[0].code,
			    "hold_all");
			assert_int_equal(rows[i].article_path.n > 0,
			    rows[i].article == article);
			before = rows[i].c.id;
		}
	} while (n > 0);
	assert_int_equal(seen, 7);
	assert_int_equal(comment_queue(f->staff, f->secret, f->a,
			     COMMENT_PENDING, draft, INT64_MAX, 10, &rows,
			     &n),
	    OK);
	assert_int_equal(n, 3);
	assert_int_equal(comment_queue(f->staff, f->secret, f->a,
			     COMMENT_SPAM, 0, INT64_MAX, 10, &rows, &n),
	    OK);
	assert_int_equal(n, 0);
}

/* Another key's addresses are unreadable, and that is said. */
static void
test_queue_other_key(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	struct comment_row *rows;
	size_t n;

	fixture_comment(f, article, 0, "x");
	fixture_visible(f, article, 0, "y");
	fixture_exec(f, "UPDATE person SET email_sealed = randomblob(80)");
	assert_int_equal(comment_queue(f->staff, f->secret, f->a,
			     COMMENT_PENDING, 0, INT64_MAX, 9, &rows, &n),
	    OK);
	assert_int_equal(n, 1);
	assert_str(rows[0].email, "?");
	assert_int_equal(comment_queue(f->staff, f->secret, f->a,
			     COMMENT_APPROVED, 0, INT64_MAX, 9, &rows, &n),
	    OK);
	assert_int_equal(n, 1);
	assert_str(rows[0].email, "");
	assert_str(rows[0].c.name, "Sari Dewi");
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_machine),
		TEST(test_ways_out),
		cmocka_unit_test(test_names),
		TEST(test_bulk),
		TEST(test_all_or_nothing),
		TEST(test_undo),
		TEST(test_undo_after_another_change),
		TEST(test_undo_of_what_is_gone),
		TEST(test_undo_in_time),
		TEST(test_action),
		TEST(test_address_forgotten),
		TEST(test_place_kept),
		TEST(test_digest_freed),
		TEST(test_queue),
		TEST(test_queue_other_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
