/*
 * The store on SQLite.  WAL with synchronous=FULL: with NORMAL a power cut
 * loses commits that were acknowledged.  trusted_schema is off and defensive
 * mode on, so that a doctored database file can do no more than hold wrong
 * rows.
 *
 * The public handle is opened read-only and asks an authorizer about every
 * column a statement names.  Columns of base tables are allowed only inside
 * the public_ views, so the view decides about rows and the list below about
 * columns; neither alone would be enough.  (A common table expression that is
 * named like a view would pass for it: tests/lint/sql.sh allows none.)
 */
#include "config.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "db.h"
#include "log.h"

/* Other processes hold the write lock for the time of a commit; an import
 * copies for some seconds. Longer than this is better said than waited. */
#define BUSY_MS 15000

/* Pages come from the page cache of the kernel without a copy. */
#define MMAP_BYTES "268435456"

struct db {
	sqlite3 *sq;
	enum db_kind kind;
	bool in_block;
	sqlite3_stmt *st[STMT_MAX];
	bool running[STMT_MAX];
};

struct step {
	int number;
	const char *text;
};

static const struct step steps[] = {
#define STEP(n, text) { n, text },
#include "steps.h"
#undef STEP
};

/* ---- what the public may read ----------------------------------------- */

/* Through which view (NULL: directly), from which table, which column ("*":
 * all of it). */
/* clang-format off */
static const struct {
	const char *view, *table, *column;
} readable[] = {
	{ NULL,			"site",			"*" },
	{ NULL,			"setting",		"*" },
	{ NULL,			"media",		"id" },
	{ NULL,			"media",		"file" },
	{ NULL,			"media",		"type" },
	{ NULL,			"media",		"width" },
	{ NULL,			"media",		"height" },
	{ NULL,			"media",		"alt" },
	{ NULL,			"media",		"caption" },
	{ NULL,			"media",		"credit" },
	{ NULL,			"media",		"credit_url" },
	{ NULL,			"public_article",	"*" },
	{ NULL,			"public_comment",	"*" },
	{ NULL,			"public_term",		"*" },
	/* a join whose columns turned out not to be needed */
	{ NULL,			"user",			"" },
	{ NULL,			"article",		"" },

	{ "public_article",	"article",		"id" },
	{ "public_article",	"article",		"path" },
	{ "public_article",	"article",		"slug" },
	{ "public_article",	"article",		"lang" },
	{ "public_article",	"article",		"author" },
	{ "public_article",	"article",		"status" },
	{ "public_article",	"article",		"published_at" },
	{ "public_article",	"article",		"updated_at" },
	{ "public_article",	"article",		"title" },
	{ "public_article",	"article",		"summary" },
	{ "public_article",	"article",		"html" },
	{ "public_article",	"article",		"words" },
	{ "public_article",	"article",		"image" },
	{ "public_article",	"article",		"open" },
	{ "public_article",	"article",		"comments" },
	{ "public_article",	"article",		"version" },
	{ "public_article",	"user",			"id" },
	{ "public_article",	"user",			"display" },

	{ "public_comment",	"comment",		"article" },
	{ "public_comment",	"comment",		"id" },
	{ "public_comment",	"comment",		"parent" },
	{ "public_comment",	"comment",		"path" },
	{ "public_comment",	"comment",		"status" },
	{ "public_comment",	"comment",		"name" },
	{ "public_comment",	"comment",		"url" },
	{ "public_comment",	"comment",		"html" },
	{ "public_comment",	"comment",		"created_at" },
	{ "public_comment",	"comment",		"user" },
	{ "public_comment",	"article",		"id" },
	{ "public_comment",	"article",		"status" },
	{ "public_comment",	"article",		"published_at" },

	{ "public_term",	"article_term",		"*" },
	{ "public_term",	"term",			"*" },
	{ "public_term",	"article",		"id" },
	{ "public_term",	"article",		"status" },
	{ "public_term",	"article",		"published_at" },
};

static const char *const callable[] = {
	"count", "max", "min", "coalesce", "unixepoch", "length", "like",
};
/* clang-format on */

static bool
may_read(const char *view, const char *table, const char *column)
{
	for (size_t i = 0; i < ARRAY_LEN(readable); i++) {
		const char *v = readable[i].view;

		if (strcmp(readable[i].table, table) != 0)
			continue;
		if (v != NULL && (view == NULL || strcmp(v, view) != 0))
			continue;
		if (strcmp(readable[i].column, "*") == 0 ||
		    strcmp(readable[i].column, column) == 0)
			return true;
	}
	return false;
}

static bool
may_call(const char *function)
{
	for (size_t i = 0; i < ARRAY_LEN(callable); i++)
		if (strcmp(callable[i], function) == 0)
			return true;
	return false;
}

/* Called while a statement is compiled, never while it runs. */
static int
authorize(void *arg, int action, const char *a, const char *b,
    const char *database, const char *view)
{
	(void)arg;
	(void)database;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_READ:
		return may_read(view, a, b) ? SQLITE_OK : SQLITE_DENY;
	case SQLITE_FUNCTION:
		return may_call(b) ? SQLITE_OK : SQLITE_DENY;
	default:
		return SQLITE_DENY;
	}
}

/* ---- handles ------------------------------------------------------------ */

static enum err
err_of(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return OK;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_BUSY;
	case SQLITE_CONSTRAINT:
		return ERR_CONFLICT;
	case SQLITE_TOOBIG:
		return ERR_TOOBIG;
	default:
		return ERR_IO;
	}
}

/* What is expected now and then is for the caller; the rest is logged. */
static enum err
failed(struct db *db, const char *what, int rc)
{
	enum err e = err_of(rc);

	if (e != ERR_CONFLICT)
		log_line(LOG_ERROR, "database: %s: %s (%d)", what,
		    sqlite3_errmsg(db->sq), sqlite3_extended_errcode(db->sq));
	return e;
}

static enum err
run_script(struct db *db, const char *text)
{
	int rc = sqlite3_exec(db->sq, text, NULL, NULL, NULL);

	return rc == SQLITE_OK ? OK : failed(db, "script", rc);
}

static void
harden(sqlite3 *sq)
{
	sqlite3_db_config(sq, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(sq, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(sq, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(sq, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(sq, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	sqlite3_db_config(sq, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	sqlite3_limit(sq, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_busy_timeout(sq, BUSY_MS);
}

static int
note_version(void *arg, int n, char **values, char **names)
{
	int *version = arg;
	uint64_t v;

	(void)names;
	if (n == 1 && str_u64(str_c(values[0]), INT_MAX, &v))
		*version = (int)v;
	return 0;
}

/* Says nothing: db_open's caller gets the reason. */
static enum err
set_up(struct db *db)
{
	static const char common[] = "PRAGMA synchronous=FULL;"
				     "PRAGMA cache_size=-8192;"
				     "SELECT 1 FROM sqlite_schema;";
	static const char writer[] = "PRAGMA journal_mode=WAL;";
	static const char reader[] = "PRAGMA mmap_size=" MMAP_BYTES ";"
				     "PRAGMA query_only=1;";
	int version = 0;
	int rc = sqlite3_exec(db->sq, common, NULL, NULL, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_exec(db->sq, "PRAGMA user_version;", note_version,
		    &version, NULL);
	/* The journal's mode is written into the file: not into one that is
	 * not ours, or of a program we do not know. */
	if (rc == SQLITE_OK && db->kind != DB_WRITE)
		rc = sqlite3_exec(db->sq, reader, NULL, NULL, NULL);
	else if (rc == SQLITE_OK && version > 0 && version <= db_schema_known())
		rc = sqlite3_exec(db->sq, writer, NULL, NULL, NULL);
	if (rc == SQLITE_OK && db->kind == DB_PUBLIC)
		sqlite3_set_authorizer(db->sq, authorize, NULL);
	return rc == SQLITE_NOTADB ? ERR_CONFIG : err_of(rc);
}

/* What is wrong with the file, better said than SQLite does; NULL: nothing.
 * Not by open(2): closing a descriptor of the file drops the locks of every
 * handle this process has on it (fcntl(2)), and then the next program to
 * close the database unlinks a log that is in use. */
static const char *
unusable(const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0 || access(path, R_OK | W_OK) != 0)
		return strerror(errno);
	return S_ISDIR(st.st_mode) ? strerror(EISDIR) : NULL;
}

enum err
db_open(struct arena *a, const char *path, enum db_kind kind, struct db **out,
    const char **why)
{
	struct db *db;
	/* WAL needs its shared memory file, so readers open for writing too
	 * where they may, and query_only keeps them from it. */
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
	const char *wrong;
	enum err e;

	if ((wrong = unusable(path)) != NULL) {
		*why = arena_printf(a, "%s: %s", path, wrong).p;
		return ERR_CONFIG;
	}
	db = xmalloc(sizeof(*db));
	*db = (struct db){ .kind = kind };
	if (sqlite3_open_v2(path, &db->sq, flags, NULL) != SQLITE_OK) {
		*why = arena_printf(a, "%s: %s", path, sqlite3_errmsg(db->sq))
			   .p;
		db_close(db);
		return ERR_CONFIG;
	}
	harden(db->sq);
	if ((e = set_up(db)) != OK) {
		*why = arena_printf(a, "%s: %s", path, sqlite3_errmsg(db->sq))
			   .p;
		db_close(db);
		return e;
	}
	*out = db;
	return OK;
}

enum err
db_create(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0) {
		if (errno == EEXIST)
			return ERR_CONFLICT;
		log_line(LOG_ERROR, "%s: %s", path, strerror(errno));
		return ERR_IO;
	}
	close(fd);
	return OK;
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	for (int s = 0; s < STMT_MAX; s++)
		sqlite3_finalize(db->st[s]);
	sqlite3_close(db->sq);
	free(db);
}

/* ---- statements --------------------------------------------------------- */

static sqlite3_stmt *
st_of(const struct q *q)
{
	return q->db->st[q->stmt];
}

struct q
q_begin(struct db *db, enum stmt s)
{
	struct q q = { .db = db, .stmt = s };
	int rc;

	assert(stmt_kind(s) <= db->kind);
	assert(!db->running[s]);
	db->running[s] = true;
	if (db->st[s] != NULL)
		return q;
	rc = sqlite3_prepare_v3(db->sq, stmt_text(s), -1,
	    SQLITE_PREPARE_PERSISTENT, &db->st[s], NULL);
	if (rc != SQLITE_OK)
		q.err = failed(db, stmt_name(s), rc);
	return q;
}

static void
bound(struct q *q, int rc)
{
	if (rc != SQLITE_OK)
		q->err = failed(q->db, stmt_name(q->stmt), rc);
}

void
q_i64(struct q *q, int64_t v)
{
	if (q->err == OK)
		bound(q, sqlite3_bind_int64(st_of(q), ++q->param, v));
}

void
q_str(struct q *q, struct str s)
{
	if (q->err == OK)
		bound(q, sqlite3_bind_text64(st_of(q), ++q->param,
			     s.n == 0 ? "" : s.p, s.n, SQLITE_STATIC,
			     SQLITE_UTF8));
}

void
q_blob(struct q *q, const void *p, size_t n)
{
	if (q->err == OK)
		bound(q, sqlite3_bind_blob64(st_of(q), ++q->param,
			     n == 0 ? "" : p, n, SQLITE_STATIC));
}

void
q_null(struct q *q)
{
	if (q->err == OK)
		bound(q, sqlite3_bind_null(st_of(q), ++q->param));
}

bool
q_row(struct q *q)
{
	int rc;

	if (q->err != OK)
		return false;
	rc = sqlite3_step(st_of(q));
	if (rc == SQLITE_ROW)
		return true;
	if (rc != SQLITE_DONE)
		q->err = failed(q->db, stmt_name(q->stmt), rc);
	return false;
}

int64_t
q_get_i64(struct q *q, int col)
{
	return sqlite3_column_int64(st_of(q), col);
}

bool
q_is_null(struct q *q, int col)
{
	return sqlite3_column_type(st_of(q), col) == SQLITE_NULL;
}

struct str
q_peek(struct q *q, int col)
{
	const char *p = sqlite3_column_blob(st_of(q), col);
	int n = sqlite3_column_bytes(st_of(q), col);

	return (struct str){ p == NULL ? "" : p, (size_t)n };
}

struct str
q_get_str(struct q *q, int col, struct arena *a)
{
	return arena_str(a, q_peek(q, col));
}

enum err
q_end(struct q *q)
{
	sqlite3_stmt *st = st_of(q);

	if (st != NULL) {
		sqlite3_reset(st);
		sqlite3_clear_bindings(st);
	}
	q->db->running[q->stmt] = false;
	return q->err;
}

int64_t
db_changes(struct db *db)
{
	return sqlite3_changes64(db->sq);
}

/* ---- blocks --------------------------------------------------------------- */

enum err
db_begin(struct db *db)
{
	enum err e;

	assert(!db->in_block);
	if ((e = run_script(db, "BEGIN IMMEDIATE;")) == OK)
		db->in_block = true;
	return e;
}

enum err
db_commit(struct db *db)
{
	enum err e;

	assert(db->in_block);
	if ((e = run_script(db, "COMMIT;")) != OK) {
		db_rollback(db);
		return e;
	}
	db->in_block = false;
	return OK;
}

void
db_rollback(struct db *db)
{
	/* SQLite rolls back by itself after some errors (disk full). */
	if (!sqlite3_get_autocommit(db->sq))
		sqlite3_exec(db->sq, "ROLLBACK;", NULL, NULL, NULL);
	db->in_block = false;
}

/* ---- the whole file --------------------------------------------------------- */

/* First column of the only row of a statement made of constants. */
static enum err
ask_int(struct db *db, const char *text, int *out)
{
	sqlite3_stmt *st;
	int rc = sqlite3_prepare_v2(db->sq, text, -1, &st, NULL);

	if (rc != SQLITE_OK)
		return failed(db, text, rc);
	if ((rc = sqlite3_step(st)) == SQLITE_ROW)
		*out = sqlite3_column_int(st, 0);
	sqlite3_finalize(st);
	return rc == SQLITE_ROW ? OK : failed(db, text, rc);
}

enum err
db_schema(struct db *db, int *version)
{
	return ask_int(db, "PRAGMA user_version;", version);
}

int
db_schema_known(void)
{
	return steps[ARRAY_LEN(steps) - 1].number;
}

enum err
db_schema_step(struct db *db, int step)
{
	char version[64];
	enum err e;

	assert(step >= 1 && step <= db_schema_known());
	if ((e = db_begin(db)) != OK)
		return e;
	snprintf(version, sizeof(version), "PRAGMA user_version=%d;", step);
	if ((e = run_script(db, steps[step - 1].text)) == OK)
		e = run_script(db, version);
	if (e != OK) {
		db_rollback(db);
		return e;
	}
	return db_commit(db);
}

enum err
db_integrity(struct db *db)
{
	static const char *const checks[] = {
		"PRAGMA integrity_check;",
		"PRAGMA foreign_key_check;",
	};
	enum err e = OK;

	for (size_t i = 0; i < ARRAY_LEN(checks); i++) {
		sqlite3_stmt *st;

		if (sqlite3_prepare_v2(db->sq, checks[i], -1, &st, NULL) !=
		    SQLITE_OK)
			return failed(db, checks[i], sqlite3_errcode(db->sq));
		while (sqlite3_step(st) == SQLITE_ROW) {
			const char *said =
			    (const char *)sqlite3_column_text(st, 0);

			if (said != NULL && strcmp(said, "ok") == 0)
				continue;
			log_line(LOG_ERROR, "database: %s %s", checks[i],
			    said == NULL ? "" : said);
			e = ERR_IO;
		}
		sqlite3_finalize(st);
	}
	return e;
}

enum err
db_backup(struct db *db, const char *path)
{
	sqlite3 *to = NULL;
	sqlite3_backup *copy;
	int rc, fd;

	/* Made with our mode first: it holds everything. */
	if ((fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) <
	    0) {
		log_line(LOG_ERROR, "%s: %s", path, strerror(errno));
		return ERR_IO;
	}
	close(fd);
	rc = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE, NULL);
	if (rc == SQLITE_OK) {
		copy = sqlite3_backup_init(to, "main", db->sq, "main");
		if (copy != NULL) {
			sqlite3_backup_step(copy, -1);
			sqlite3_backup_finish(copy);
		}
		rc = sqlite3_errcode(to);
	}
	if (rc == SQLITE_OK) {
		struct db check = { .sq = to };

		rc = db_integrity(&check) == OK ? SQLITE_OK : SQLITE_CORRUPT;
	}
	if (rc != SQLITE_OK)
		log_line(LOG_ERROR, "%s: %s", path, sqlite3_errstr(rc));
	sqlite3_close(to);
	if (rc != SQLITE_OK)
		unlink(path);
	return err_of(rc);
}

enum err
db_plan(struct db *db, enum stmt s, struct arena *a, struct str *out)
{
	struct str text = arena_printf(a, "EXPLAIN QUERY PLAN %s",
	    stmt_text(s));
	sqlite3_stmt *st;
	int rc = sqlite3_prepare_v2(db->sq, text.p, -1, &st, NULL);
	struct str lines = { "", 0 };

	if (rc != SQLITE_OK)
		return failed(db, stmt_name(s), rc);
	while (sqlite3_step(st) == SQLITE_ROW)
		lines = arena_printf(a, "%.*s%s\n", (int)lines.n, lines.p,
		    (const char *)sqlite3_column_text(st, 3));
	sqlite3_finalize(st);
	*out = lines;
	return OK;
}

const char *
db_engine(void)
{
	return "SQLite " SQLITE_VERSION;
}
