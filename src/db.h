/*
 * The whole vocabulary of the store: open a handle, run a numbered statement,
 * read columns, make several writes one.  An engine file implements it
 * (src/db_sqlite.c); no other file knows the engine.
 *
 * A handle belongs to one thread.  Each statement of sql/ says which kind of
 * handle may run it; a kind may run what the kinds before it may.
 */
#ifndef DB_H
#define DB_H

#include "arena.h"
#include "base.h"

enum db_kind {
	/* Read-only, and an allow-list of (table, column, view) decides
	 * what: nobody's address can be read here. */
	DB_PUBLIC,
	/* Read-only, everything. */
	DB_STAFF,
	/* Reads and writes; one in a process, behind store.h. */
	DB_WRITE,
};

/* Every statement of sql/, in file order. */
enum stmt {
#define STMT(name, kind, text) STMT_##name,
#include "stmts.h"
#undef STMT
	STMT_MAX
};

/* Static; never NULL. */
const char *stmt_name(enum stmt s);
const char *stmt_text(enum stmt s);
enum db_kind stmt_kind(enum stmt s);

struct db;

/*
 * Open the database at path, which must exist.  *why (in a) is a sentence
 * for the operator.  ERR_CONFIG when the file is missing, unreadable or no
 * database; ERR_BUSY, ERR_IO.  Yours: db_close.
 */
enum err db_open(struct arena *a, const char *path, enum db_kind kind,
    struct db **out, const char **why) MUST_CHECK;

/* Make a new, empty database, mode 0600; ERR_CONFLICT when path exists. */
enum err db_create(const char *path) MUST_CHECK;

void db_close(struct db *db);

/*
 * A statement being run.  Parameters are given in their order, then rows are
 * taken until q_row is false; q_end tells how it went.  One at a time of the
 * same statement and handle (asserted).  The first failure sticks: later
 * calls do nothing.
 */
struct q {
	struct db *db;
	enum stmt stmt;
	int param;
	enum err err;
};

struct q q_begin(struct db *db, enum stmt s);
void q_i64(struct q *q, int64_t v);
void q_str(struct q *q, struct str s); /* borrowed until q_end */
void q_blob(struct q *q, const void *p, size_t n); /* borrowed until q_end */
void q_null(struct q *q);
/* NULL for v == 0: ids that mean nothing, filters that are off. */
void q_id(struct q *q, int64_t v);

/* Next row? */
bool q_row(struct q *q);

/* Columns of the row, from 0.  A NULL reads as 0 or empty. Text and blobs
 * are copied into a. */
int64_t q_get_i64(struct q *q, int col);
bool q_is_null(struct q *q, int col);
struct str q_get_str(struct q *q, int col, struct arena *a);
/* The same without a copy: good until the next q_row or q_end. */
struct str q_peek(struct q *q, int col);

/*
 * End it.  ERR_BUSY: locked for the whole busy time.  ERR_CONFLICT: a unique
 * or foreign key, a CHECK.  ERR_IO: anything else, already logged.
 */
enum err q_end(struct q *q) MUST_CHECK;

/* For a statement whose rows do not matter: run and end it. */
enum err q_run(struct q *q) MUST_CHECK;

/* Rows changed by the last statement that ended on this handle. */
int64_t db_changes(struct db *db);

/*
 * Everything between becomes one write or none.  db_begin takes the writer's
 * lock at once (ERR_BUSY after the busy time).  After a failed db_commit the
 * block is rolled back.
 */
enum err db_begin(struct db *db) MUST_CHECK;
enum err db_commit(struct db *db) MUST_CHECK;
void db_rollback(struct db *db);

/* Schema: the number of the last step the database has, how many steps this
 * program knows, and one step further (in a block of its own). */
enum err db_schema(struct db *db, int *version) MUST_CHECK;
int db_schema_known(void);
enum err db_schema_step(struct db *db, int step) MUST_CHECK;

/* A complete, checked copy of the database into a new file at path. */
enum err db_backup(struct db *db, const char *path) MUST_CHECK;

/* Is the database sound (structure and foreign keys)?  ERR_IO and a logged
 * line when not. */
enum err db_integrity(struct db *db) MUST_CHECK;

/* The query plan of a statement, a line a step.  For tests. */
enum err db_plan(struct db *db, enum stmt s, struct arena *a, struct str *out)
    MUST_CHECK;

/* The library's version, for `balas --version`.  Static. */
const char *db_engine(void);

#endif
