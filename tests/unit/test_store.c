/* The writer: all or nothing, and only with the schema it knows. */
#include "fixture.h"

#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "setting.h"

static enum err
put(struct db *db, const char *name, const char *value)
{
	return setting_set(db, str_c(name), str_c(value));
}

static int64_t
settings(struct fixture *f)
{
	return fixture_int(f, "SELECT count(*) FROM setting");
}

static enum err
two_writes(struct db *db, void *arg)
{
	enum err want = *(enum err *)arg;
	enum err e = put(db, "title", "x");

	if (e == OK)
		e = put(db, "tagline", "y");
	return e == OK ? want : e;
}

static void
test_all_or_nothing(void **state)
{
	static const enum err fail[] = { ERR_INPUT, ERR_NOTFOUND, ERR_DENIED,
		ERR_CONFLICT, ERR_LIMIT, ERR_BUSY, ERR_IO };
	struct fixture *f = *state;
	enum err want;

	for (size_t i = 0; i < ARRAY_LEN(fail); i++) {
		want = fail[i];
		assert_int_equal(store_write(f->store, two_writes, &want),
		    want);
		assert_int_equal(settings(f), 0);
		assert_int_equal(fixture_int(f, "SELECT clock FROM site"), 1);
	}
	want = OK;
	assert_int_equal(store_write(f->store, two_writes, &want), OK);
	assert_int_equal(settings(f), 2);
}

/* A failing statement in the middle takes the ones before it back. */
static enum err
write_and_break(struct db *db, void *arg)
{
	struct q q;
	enum err e = put(db, "title", "x");

	(void)arg;
	if (e != OK)
		return e;
	q = q_begin(db, STMT_SESSION_INSERT);
	q_blob(&q, "short", 5);
	q_i64(&q, 1);
	q_i64(&q, 1);
	q_i64(&q, 1);
	return q_run(&q);
}

static void
test_failing_statement(void **state)
{
	struct fixture *f = *state;
	enum err want = OK;

	assert_int_equal(store_write(f->store, write_and_break, NULL),
	    ERR_CONFLICT);
	assert_int_equal(settings(f), 0);
	/* The handle is as good as before. */
	assert_int_equal(store_write(f->store, two_writes, &want), OK);
	assert_int_equal(settings(f), 2);
}

/* What COMMIT refuses, too, is taken back. */
static enum err
break_at_commit(struct db *db, void *arg)
{
	(void)arg;
	return put(db, "title", "x");
}

static void
test_failing_commit(void **state)
{
	struct fixture *f = *state;
	enum err want = OK;

	fixture_exec(f,
	    "CREATE TABLE far (id INTEGER REFERENCES user(id)"
	    " DEFERRABLE INITIALLY DEFERRED);"
	    "CREATE TRIGGER t AFTER INSERT ON setting"
	    " BEGIN INSERT INTO far VALUES (999); END");
	assert_int_equal(store_write(f->store, break_at_commit, NULL),
	    ERR_CONFLICT);
	assert_int_equal(settings(f), 0);
	fixture_exec(f, "DROP TRIGGER t");
	assert_int_equal(store_write(f->store, two_writes, &want), OK);
}

/* Readers see nothing of a block before its end. */
static enum err
look_from_outside(struct db *db, void *arg)
{
	struct fixture *f = arg;
	struct settings s;
	enum err e = put(db, "title", "x");

	if (e == OK)
		e = setting_load(f->pub, f->a, &s);
	if (e == OK)
		assert_str(s.title, "Balas");
	return e;
}

static void
test_isolation(void **state)
{
	struct fixture *f = *state;
	struct settings s;

	assert_int_equal(store_write(f->store, look_from_outside, f), OK);
	assert_int_equal(setting_load(f->pub, f->a, &s), OK);
	assert_str(s.title, "x");
}

#define THREADS 4
#define WRITES	25

static enum err
tick(struct db *db, void *arg)
{
	struct q q = q_begin(db, STMT_SITE_TICK_ALL);

	(void)arg;
	return q_run(&q);
}

static void *
write_much(void *arg)
{
	struct fixture *f = arg;

	for (int i = 0; i < WRITES; i++)
		if (store_write(f->store, tick, NULL) != OK)
			return f;
	return NULL;
}

static void
test_threads(void **state)
{
	struct fixture *f = *state;
	pthread_t thread[THREADS];

	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, write_much,
				     f),
		    0);
	for (int i = 0; i < THREADS; i++) {
		void *failed;

		assert_int_equal(pthread_join(thread[i], &failed), 0);
		assert_null(failed);
	}
	assert_int_equal(fixture_int(f, "SELECT clock FROM site"),
	    1 + THREADS * WRITES);
}

/* ---- opening ------------------------------------------------------------------- */

static void
refused(struct fixture *f, const char *path, const char *says)
{
	struct store *s = NULL;
	const char *why = "";

	assert_int_equal(store_open(f->a, path, f->secret, &s, &why), ERR_CONFIG);
	assert_null(s);
	if (strncmp(why, path, strlen(path)) != 0 || strstr(why, says) == NULL)
		fail_msg("%s", why);
}

static void
test_schema(void **state)
{
	struct fixture *f = *state;
	int known = db_schema_known();

	store_close(f->store);
	f->store = NULL;
	fixture_exec(f,
	    arena_printf(f->a, "PRAGMA user_version = %d", known + 1).p);
	refused(f, f->db, "newer");
	if (known > 1) {
		fixture_exec(f,
		    arena_printf(f->a, "PRAGMA user_version = %d", known - 1)
			.p);
		refused(f, f->db, "'balas migrate'");
	}
	fixture_exec(f, "PRAGMA user_version = 0");
	refused(f, f->db, "not a blog's database");
	fixture_exec(f, "PRAGMA user_version = -5");
	refused(f, f->db, "not a blog's database");
}

static void
test_not_a_database(void **state)
{
	struct fixture *f = *state;
	struct db *db = NULL;
	const char *why = "", *path;
	struct stat st;

	refused(f, arena_printf(f->a, "%s/none", f->dir).p,
	    "No such file or directory");
	refused(f, f->dir, "Is a directory");
	/* Asking does not make one. */
	assert_int_equal(access(arena_printf(f->a, "%s/none", f->dir).p,
			     F_OK),
	    -1);
	path = fixture_file(f, "text",
	    STR("This is not a database, and it is longer than the header "
		"that SQLite reads: a hundred bytes are not enough for it."));
	refused(f, path, "not a database");
	assert_int_equal(db_open(f->a, path, DB_PUBLIC, &db, &why),
	    ERR_CONFIG);
	assert_null(db);
	/* SQLite takes an empty file for an empty database; it stays empty. */
	path = fixture_file(f, "empty", STR(""));
	refused(f, path, "is empty");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 0);
}

static void
test_create(void **state)
{
	struct fixture *f = *state;
	const char *path = arena_printf(f->a, "%s/new.db", f->dir).p;
	struct stat st;

	assert_int_equal(db_create(path), OK);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(db_create(path), ERR_CONFLICT);
	assert_int_equal(db_create("/nonexistent/balas/x"), ERR_IO);
}

/* ---- copies -------------------------------------------------------------------- */

static void
test_backup(void **state)
{
	struct fixture *f = *state;
	const char *path = arena_printf(f->a, "%s/copy.db", f->dir).p;
	const char *why = "";
	enum err want = OK;
	struct stat st;
	struct store *copy;

	assert_int_equal(store_write(f->store, two_writes, &want), OK);
	assert_int_equal(db_backup(f->staff, path), OK);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	/* Nothing is written over. */
	assert_int_equal(db_backup(f->staff, path), ERR_IO);
	assert_int_equal(store_open(f->a, path, f->secret, &copy, &why), OK);
	store_close(copy);
	snprintf(f->db, sizeof(f->db), "%s", path);
	assert_int_equal(settings(f), 2);
}

static void
test_integrity(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(db_integrity(f->staff), OK);
	fixture_exec(f,
	    "INSERT INTO session VALUES (zeroblob(32), 999, 1, 1, 1)");
	assert_int_equal(db_integrity(f->staff), ERR_IO);
	assert_int_equal(db_backup(f->staff,
			     arena_printf(f->a, "%s/bad.db", f->dir).p),
	    ERR_IO);
	assert_int_equal(access(arena_printf(f->a, "%s/bad.db", f->dir).p,
			     F_OK),
	    -1);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_all_or_nothing),
		TEST(test_failing_statement),
		TEST(test_failing_commit),
		TEST(test_isolation),
		TEST(test_threads),
		TEST(test_schema),
		TEST(test_not_a_database),
		TEST(test_create),
		TEST(test_backup),
		TEST(test_integrity),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
