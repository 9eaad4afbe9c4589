/*
 * A real blog in a temporary directory for the tests of the model: a
 * database file, a key, the handles a program has.  Whatever cannot be made
 * ends the test.
 */
#ifndef FIXTURE_H
#define FIXTURE_H

#include "test.h"

#include "article.h"
#include "comment.h"

struct fixture {
	struct arena *a;
	char dir[64], db[96], key[96], lock[96], media[96];
	struct secret *secret;
	struct store *store;
	struct db *pub, *staff;
	int64_t now;
	int64_t user; /* "sari", an editor */
};

/* For cmocka_unit_test_setup_teardown; *state is the fixture. */
int fixture_open(void **state);
int fixture_close(void **state);

/* Only the directory and an arena. */
int fixture_open_empty(void **state);

int64_t fixture_user(
    struct fixture *f, const char *login, const char *display, enum role role);

/* Published at a time, or a draft when it is 0; open for comments. */
int64_t fixture_article(struct fixture *f, const char *title, int64_t at);

/* A visitor's comment, pending; or one of staff, approved. */
int64_t fixture_comment(
    struct fixture *f, int64_t article, int64_t parent, const char *text);
int64_t fixture_visible(
    struct fixture *f, int64_t article, int64_t parent, const char *text);

/* Do one act to one comment; how many were changed. */
size_t fixture_act(struct fixture *f, enum comment_act act, int64_t id);

/* The first column of the first row, behind the model's back; NULL is 0 and
 * empty, no row fails the test. */
int64_t fixture_int(struct fixture *f, const char *sql);
struct str fixture_text(struct fixture *f, const char *sql);

/* Change something behind the model's back. */
void fixture_exec(struct fixture *f, const char *sql);

/* Write a file of the directory; its path. */
const char *fixture_file(struct fixture *f, const char *name, struct str bytes);

#endif
