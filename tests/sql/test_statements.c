/*
 * Every statement of sql/ on the engine itself: it compiles, the public
 * handle compiles no other than its own, hot ones scan nothing; the schema is
 * what its rules say; and a writer that is killed loses nothing it
 * acknowledged.  The engine file is part of this program, so that the real
 * authorizer is asked and not a copy.
 */
#include "../unit/fixture.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

#include "../../src/db_sqlite.c"

/* ---- kinds of handle ---------------------------------------------------------- */

static int
prepare(struct db *db, const char *text)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(db->sq, text, -1, &st, NULL);

	sqlite3_finalize(st);
	return rc;
}

static struct db *
open_kind(struct fixture *f, enum db_kind kind)
{
	const char *why = "";
	struct db *db;

	if (db_open(f->a, f->db, kind, &db, &why) != OK)
		fail_msg("%s", why);
	return db;
}

static void
test_prepare(void **state)
{
	struct fixture *f = *state;

	for (int k = DB_PUBLIC; k <= DB_WRITE; k++) {
		struct db *db = open_kind(f, (enum db_kind)k);

		for (int i = 0; i < STMT_MAX; i++) {
			enum stmt s = (enum stmt)i;

			if ((int)stmt_kind(s) > k)
				continue;
			if (prepare(db, stmt_text(s)) != SQLITE_OK)
				fail_msg("%s on kind %d: %s", stmt_name(s), k,
				    sqlite3_errmsg(db->sq));
		}
		db_close(db);
	}
}

/* One statement, and nothing behind it; parameters without gaps. */
static void
test_form(void **state)
{
	struct fixture *f = *state;
	struct db *db = open_kind(f, DB_WRITE);

	for (int i = 0; i < STMT_MAX; i++) {
		const char *text = stmt_text((enum stmt)i), *rest;
		sqlite3_stmt *st;

		assert_int_equal(sqlite3_prepare_v2(db->sq, text, -1, &st,
				     &rest),
		    SQLITE_OK);
		assert_int_equal(strspn(rest, " \t\n"), strlen(rest));
		for (int p = 1; p <= sqlite3_bind_parameter_count(st); p++) {
			const char *name = sqlite3_bind_parameter_name(st, p);

			if (name == NULL || name[0] != '$' ||
			    atoll(name + 1) != p)
				fail_msg("%s: parameter %d", stmt_name(
							       (enum stmt)i),
				    p);
		}
		/* What changes something is a statement of the writer. */
		assert_true(sqlite3_stmt_readonly(st) ||
		    stmt_kind((enum stmt)i) == DB_WRITE);
		sqlite3_finalize(st);
	}
	db_close(db);
}

static void
test_public_refuses(void **state)
{
	struct fixture *f = *state;

	for (int i = 0; i < STMT_MAX; i++) {
		enum stmt s = (enum stmt)i;
		int rc = prepare(f->pub, stmt_text(s));

		if (rc !=
		    (stmt_kind(s) == DB_PUBLIC ? SQLITE_OK : SQLITE_AUTH))
			fail_msg("%s: %d", stmt_name(s), rc);
	}
}

static void
test_public_refuses_more(void **state)
{
	static const char *const texts[] = {
		"SELECT * FROM person",
		"SELECT email_index FROM person",
		"SELECT count(*) FROM person",
		"SELECT 1 FROM person",
		"SELECT rowid FROM person",
		"SELECT password FROM user",
		"SELECT login FROM user",
		"SELECT display FROM user",
		"SELECT id FROM user",
		"SELECT digest FROM session",
		"SELECT digest FROM bucket",
		"SELECT html FROM comment",
		"SELECT count(*) FROM comment",
		"SELECT id FROM comment",
		"SELECT * FROM comment_reason",
		"SELECT * FROM action",
		"SELECT * FROM action_item",
		"SELECT value FROM counter",
		"SELECT title FROM article",
		"SELECT source FROM article",
		"SELECT max(id) FROM article",
		"SELECT * FROM term",
		"SELECT * FROM article_term",
		"SELECT p.id FROM public_article p JOIN person ON 1",
		"SELECT a.title FROM public_article p JOIN article a ON 1",
		"SELECT (SELECT password FROM user LIMIT 1)"
		" FROM public_article",
		"SELECT 1 FROM public_article WHERE EXISTS"
		" (SELECT 1 FROM user WHERE password LIKE '$argon2%')",
		"SELECT email FROM public_comment",
		"SELECT source FROM public_comment",
		"SELECT sql FROM sqlite_schema",
		"SELECT * FROM sqlite_sequence",
		"SELECT * FROM pragma_table_info('user')",
		"PRAGMA query_only = 0",
		"PRAGMA table_info(user)",
		"PRAGMA user_version",
		"PRAGMA trusted_schema = 1",
		"ATTACH ':memory:' AS x",
		"VACUUM INTO '/tmp/balas-test-stolen'",
		"BEGIN",
		"CREATE TEMP TABLE x (y)",
		"CREATE TEMP VIEW public_comment AS SELECT * FROM comment",
		"CREATE TABLE x (y)",
		"DROP TABLE setting",
		"INSERT INTO setting VALUES ('title', 'x')",
		"UPDATE site SET clock = 0",
		"DELETE FROM setting",
		"SELECT load_extension('x')",
		"SELECT readfile('/etc/passwd')",
		"SELECT randomblob(999999999)",
		"SELECT fts3_tokenizer('simple')",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		/* VACUUM asks only when it runs. */
		if (sqlite3_exec(f->pub->sq, texts[i], NULL, NULL, NULL) ==
		    SQLITE_OK)
			fail_msg("%s", texts[i]);
	assert_int_equal(access("/tmp/balas-test-stolen", F_OK), -1);
}

/* Only the writer writes, whatever is asked. */
static void
test_readers_do_not_write(void **state)
{
	struct fixture *f = *state;
	struct db *staff = open_kind(f, DB_STAFF);

	for (int i = 0; i < STMT_MAX; i++) {
		sqlite3_stmt *st;

		assert_int_equal(sqlite3_prepare_v2(staff->sq,
				     stmt_text((enum stmt)i), -1, &st, NULL),
		    SQLITE_OK);
		if (!sqlite3_stmt_readonly(st) &&
		    sqlite3_step(st) != SQLITE_READONLY)
			fail_msg("%s", stmt_name((enum stmt)i));
		sqlite3_finalize(st);
	}
	db_close(staff);
}

/* A statement of another kind is our bug: the program ends. */
static void
test_kind_is_asserted(void **state)
{
	struct fixture *f = *state;
	static const struct {
		enum stmt stmt;
		bool staff;
	} t[] = {
		{ STMT_PERSON_GET, false },
		{ STMT_SESSION_GET, false },
		{ STMT_SETTING_SET, false },
		{ STMT_SETTING_SET, true },
	};

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		pid_t pid = fork();
		int status;

		assert_true(pid >= 0);
		if (pid == 0) {
			struct q q;

			/* Without the core and the word about it. */
			signal(SIGABRT, SIG_DFL);
			close(STDERR_FILENO);
			q = q_begin(t[i].staff ? f->staff : f->pub,
			    t[i].stmt);
			_exit(q.err == OK ? 0 : 1);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status) &&
		    WTERMSIG(status) == SIGABRT);
	}
}

/* ---- plans ------------------------------------------------------------------- */

static void
test_plans(void **state)
{
	/* What may read a whole table, and why. */
	static const struct {
		enum stmt stmt;
		const char *plan;
	} allowed[] = {
		/* a dozen rows, all wanted */
		{ STMT_SETTING_ALL, "SCAN setting" },
		/* who can sign in: a few, all wanted */
		{ STMT_USER_LIST, "SCAN user" },
		/* two numbers over a list of articles; staff only */
		{ STMT_ARTICLE_STATUS_COUNTS, "SCAN article" },
		/* no table: four counts out of an index */
		{ STMT_COMMENT_COUNTS, "SCAN CONSTANT ROW" },
		/* foreign keys that point to a new row: SQLite plans the
		 * search and passes it over while no key is waiting */
		{ STMT_MEDIA_INSERT, "SCAN article" },
		{ STMT_USER_INSERT, "SCAN action" },
		{ STMT_USER_INSERT, "SCAN comment" },
		{ STMT_USER_INSERT, "SCAN article" },
	};
	struct fixture *f = *state;
	struct db *db = open_kind(f, DB_WRITE);

	for (int i = 0; i < STMT_MAX; i++) {
		struct str plan, line;

		assert_int_equal(db_plan(db, (enum stmt)i, f->a, &plan), OK);
		for (size_t at = 0; at < plan.n; at += line.n + 1) {
			bool ok = false;

			line = str_sub(plan, at, str_find(plan, '\n', at));
			if (!str_starts(line, STR("SCAN")))
				continue;
			for (size_t k = 0; k < ARRAY_LEN(allowed); k++)
				ok = ok ||
				    (allowed[k].stmt == (enum stmt)i &&
					str_eq(line,
					    str_c(allowed[k].plan)));
			if (!ok)
				fail_msg("%s: %.*s", stmt_name((enum stmt)i),
				    (int)line.n, line.p);
		}
	}
	db_close(db);
}

/* The hot ones go through the index that was made for them, in its order. */
static void
test_hot_plans(void **state)
{
	static const struct {
		enum stmt stmt;
		const char *uses;
	} t[] = {
		{ STMT_ARTICLE_BY_PATH, "(path=?)" },
		{ STMT_ARTICLE_BY_ID, "PRIMARY KEY" },
		{ STMT_ARTICLE_PAGE, "INDEX article_published" },
		{ STMT_ARTICLE_PAGE_KEY, "INDEX article_published" },
		{ STMT_ARTICLE_OLDER, "INDEX article_published" },
		{ STMT_ARTICLE_NEWER, "INDEX article_published" },
		{ STMT_COMMENT_THREAD, "INDEX comment_thread (article=?)" },
		{ STMT_COMMENT_QUEUE,
		    "INDEX comment_queue (status=? AND id<?)" },
		{ STMT_COMMENT_REASONS, "(article=? AND comment=?)" },
		{ STMT_COMMENT_SAME, "INDEX comment_digest" },
		{ STMT_TERM_OF_ARTICLE, "(article=?)" },
		{ STMT_SITE_VERSIONS, "INDEX article_published" },
		{ STMT_SESSION_GET, "PRIMARY KEY (digest=?)" },
		{ STMT_RATE_GET, "PRIMARY KEY (digest=?)" },
		{ STMT_RATE_PURGE, "INDEX bucket_full" },
		{ STMT_SESSION_PURGE, "INDEX session_expiry" },
	};
	struct fixture *f = *state;
	struct db *db = open_kind(f, DB_WRITE);

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct str plan;

		assert_int_equal(db_plan(db, t[i].stmt, f->a, &plan), OK);
		if (memmem(plan.p, plan.n, t[i].uses, strlen(t[i].uses)) ==
			NULL ||
		    memmem(plan.p, plan.n, "TEMP B-TREE", 11) != NULL)
			fail_msg("%s:\n%.*s", stmt_name(t[i].stmt),
			    (int)plan.n, plan.p);
	}
	db_close(db);
}

/* What the public handle plans is what the writer plans. */
static void
test_public_plans(void **state)
{
	struct fixture *f = *state;
	struct str pub, staff;

	for (int i = 0; i < STMT_MAX; i++) {
		if (stmt_kind((enum stmt)i) != DB_PUBLIC)
			continue;
		assert_int_equal(db_plan(f->pub, (enum stmt)i, f->a, &pub),
		    OK);
		assert_int_equal(db_plan(f->staff, (enum stmt)i, f->a,
				     &staff),
		    OK);
		assert_true(str_eq(pub, staff));
	}
}

/* ---- the schema ------------------------------------------------------------------ */

static void
test_steps(void **state)
{
	struct fixture *f = *state;
	const char *why = "";
	struct db *db;
	int version;

	assert_int_equal(db_create(f->db), OK);
	assert_int_equal(db_open(f->a, f->db, DB_WRITE, &db, &why), OK);
	assert_int_equal(db_schema(db, &version), OK);
	assert_int_equal(version, 0);
	for (int step = 1; step <= db_schema_known(); step++) {
		assert_int_equal(steps[step - 1].number, step);
		assert_int_equal(db_schema_step(db, step), OK);
		assert_int_equal(db_schema(db, &version), OK);
		assert_int_equal(version, step);
	}
	assert_int_equal(db_integrity(db), OK);
	/* A step that was made is not made again, and breaks nothing. */
	assert_int_not_equal(db_schema_step(db, 1), OK);
	assert_int_equal(db_schema(db, &version), OK);
	assert_int_equal(version, db_schema_known());
	assert_int_equal(db_integrity(db), OK);
	db_close(db);
}

static void
test_tables(void **state)
{
	struct fixture *f = *state;

	assert_str(fixture_text(f,
		       "SELECT coalesce(group_concat(name), '')"
		       " FROM pragma_table_list"
		       " WHERE schema = 'main' AND type = 'table'"
		       " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
		       " AND NOT strict"),
	    "");
	assert_true(fixture_int(f,
			"SELECT count(*) FROM pragma_table_list"
			" WHERE schema = 'main' AND strict") > 10);
	/* Every foreign key has an index, or a table without growth. */
	assert_str(fixture_text(f,
		       "SELECT coalesce(group_concat(m.name), '')"
		       " FROM sqlite_schema m WHERE m.type = 'trigger'"),
	    "");
}

static void
test_handles(void **state)
{
	static const struct {
		const char *pragma;
		int want;
	} t[] = {
		{ "PRAGMA foreign_keys", 1 },
		{ "PRAGMA synchronous", 2 },
		{ "PRAGMA trusted_schema", 0 },
		{ "PRAGMA busy_timeout", 15000 },
	};
	struct fixture *f = *state;

	for (int k = DB_STAFF; k <= DB_WRITE; k++) {
		struct db *db = open_kind(f, (enum db_kind)k);
		int v;

		for (size_t i = 0; i < ARRAY_LEN(t); i++) {
			assert_int_equal(ask_int(db, t[i].pragma, &v), OK);
			assert_int_equal(v, t[i].want);
		}
		assert_int_equal(ask_int(db, "PRAGMA query_only", &v), OK);
		assert_int_equal(v, k != DB_WRITE);
		/* Double quotes are names. */
		assert_int_not_equal(prepare(db, "SELECT \"x\""), SQLITE_OK);
		db_close(db);
	}
	assert_str(fixture_text(f, "PRAGMA journal_mode"), "wal");
}

/* Parent keys must be there; the engine says so, not only we. */
static void
test_constraints(void **state)
{
	static const char *const bad[] = {
		"INSERT INTO session VALUES (zeroblob(32), 99, 1, 1, 1)",
		"INSERT INTO session VALUES (zeroblob(31), 1, 1, 1, 1)",
		"INSERT INTO site VALUES (2, 1, 1)",
		"UPDATE user SET role = 'god'",
		"UPDATE user SET login = ''",
		"UPDATE user SET created_at = 'yesterday'",
		"UPDATE article SET status = 'published'",
		"UPDATE article SET status = 'hidden'",
		"UPDATE article SET open = 2",
		"UPDATE article SET author = 99",
		"UPDATE article SET image = 99",
		"DELETE FROM user",
		"INSERT INTO term (kind, slug, name) VALUES ('x', 'y', 'z')",
		"INSERT INTO article_term VALUES (1, 0, 99)",
		"INSERT INTO comment_reason VALUES (1, 99, 0, 'x', '')",
	};
	struct fixture *f = *state;
	struct db *db;

	fixture_article(f, "Kopi", 0);
	db = open_kind(f, DB_WRITE);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		int rc = sqlite3_exec(db->sq, bad[i], NULL, NULL, NULL);

		if (rc != SQLITE_CONSTRAINT)
			fail_msg("%s: %d", bad[i], rc);
	}
	assert_int_equal(db_integrity(db), OK);
	db_close(db);
}

/* ---- kill -9 ------------------------------------------------------------------- */

struct writing {
	struct fixture *f;
	int64_t article;
	int n;
};

/* Three rows and two counters a block: half a block would show. */
static enum err
write_one(struct db *db, void *arg)
{
	struct writing *w = arg;
	struct str path = arena_printf(w->f->a, "%010d", w->n);
	struct str digest = arena_printf(w->f->a, "digest %d", w->n);
	struct q q = q_begin(db, STMT_COMMENT_NEXT_ID);
	int64_t id = q_row(&q) ? q_get_i64(&q, 0) : 0;
	enum err e = q_end(&q);

	if (e != OK)
		return e;
	q = q_begin(db, STMT_COMMENT_INSERT);
	q_i64(&q, w->article);
	q_i64(&q, id);
	q_null(&q);
	q_blob(&q, path.p, path.n);
	q_str(&q, STR("approved"));
	q_null(&q);
	q_null(&q);
	q_str(&q, STR("Budi"));
	q_str(&q, STR(""));
	q_str(&q, path);
	q_str(&q, path);
	q_i64(&q, 1);
	q_i64(&q, w->f->now);
	q_null(&q);
	q_blob(&q, digest.p, digest.n);
	if ((e = q_run(&q)) != OK)
		return e;
	q = q_begin(db, STMT_COMMENT_REASON_INSERT);
	q_i64(&q, w->article);
	q_i64(&q, id);
	q_i64(&q, 0);
	q_str(&q, STR("hold_all"));
	q_str(&q, path);
	if ((e = q_run(&q)) != OK)
		return e;
	return comment_count_visible(db, w->article, 1);
}

/* Write and tell of each comment that was acknowledged, until killed. */
static void
write_for_ever(struct fixture *f, int64_t article, int tell)
{
	struct writing w = { .f = f, .article = article };
	const char *why = "";
	struct store *s;
	char one = 1;

	/* Nothing of SQLite goes through a fork: a store of its own. */
	if (store_open(f->a, f->db, f->secret, &s, &why) != OK)
		_exit(1);
	for (w.n = (int)getpid() * 1000;; w.n++)
		if (store_write(s, write_one, &w) != OK ||
		    write(tell, &one, 1) != 1)
			_exit(1);
}

/* Let it write for a while; how many comments it acknowledged. */
static int64_t
kill_writer(struct fixture *f, int64_t article, int after_ms)
{
	struct timespec pause = { .tv_nsec = after_ms * 1000000L };
	int64_t told = 0;
	int pipes[2], status;
	char buf[4096];
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(pipes), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		close(pipes[0]);
		write_for_ever(f, article, pipes[1]);
	}
	close(pipes[1]);
	/* It has begun. */
	n = read(pipes[0], buf, 1);
	assert_int_equal(n, 1);
	told = n;
	nanosleep(&pause, NULL);
	assert_int_equal(kill(pid, SIGKILL), 0);
	while ((n = read(pipes[0], buf, sizeof(buf))) > 0)
		told += n;
	close(pipes[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	return told;
}

static void
test_killed(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9), told = 0;
	struct db *db;

	/* As after a start: no handle is open while the child has its own. */
	store_close(f->store);
	db_close(f->pub);
	db_close(f->staff);
	f->store = NULL;
	f->pub = f->staff = NULL;
	for (int round = 0; round < 12; round++) {
		int64_t is;

		told += kill_writer(f, article, 3 + round * 7 % 40);
		db = open_kind(f, DB_WRITE);
		assert_int_equal(db_integrity(db), OK);
		db_close(db);
		is = fixture_int(f, "SELECT count(*) FROM comment");
		/* One more may be there than it could tell of, each time. */
		if (is < told || is > told + round + 1)
			fail_msg("%lld told, %lld there", (long long)told,
			    (long long)is);
		assert_int_equal(fixture_int(f,
				     "SELECT comments FROM article"),
		    is);
		assert_int_equal(fixture_int(f,
				     "SELECT count(*) FROM comment_reason"),
		    is);
		assert_int_equal(fixture_int(f,
				     "SELECT value FROM counter"
				     " WHERE name = 'comment'"),
		    fixture_int(f, "SELECT max(id) FROM comment"));
	}
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
#define TEST_EMPTY(name)                                                       \
	cmocka_unit_test_setup_teardown(name, fixture_open_empty,              \
	    fixture_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_prepare),
		TEST(test_form),
		TEST(test_public_refuses),
		TEST(test_public_refuses_more),
		TEST(test_readers_do_not_write),
		TEST(test_kind_is_asserted),
		TEST(test_plans),
		TEST(test_hot_plans),
		TEST(test_public_plans),
		TEST_EMPTY(test_steps),
		TEST(test_tables),
		TEST(test_handles),
		TEST(test_constraints),
		TEST(test_killed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
