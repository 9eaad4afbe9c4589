#include "fixture.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#define MUST(e)                                                                \
	do {                                                                   \
		enum err e_ = (e);                                             \
		if (e_ != OK)                                                  \
			fail_msg("%s: %s", #e, err_name(e_));                  \
	} while (0)

int
fixture_open_empty(void **state)
{
	struct fixture *f = xmalloc(sizeof(*f));

	memset(f, 0, sizeof(*f));
	f->a = arena_new();
	snprintf(f->dir, sizeof(f->dir), "/tmp/balas-test.XXXXXX");
	if (mkdtemp(f->dir) == NULL)
		return -1;
	snprintf(f->db, sizeof(f->db), "%s/blog.db", f->dir);
	snprintf(f->key, sizeof(f->key), "%s/key", f->dir);
	snprintf(f->lock, sizeof(f->lock), "%s/lock", f->dir);
	snprintf(f->media, sizeof(f->media), "%s/media", f->dir);
	f->now = (int64_t)time(NULL);
	*state = f;
	return 0;
}

static void
make_database(const char *path)
{
	struct arena *a = arena_new();
	const char *why = "";
	struct db *db;

	MUST(db_create(path));
	MUST(db_open(a, path, DB_WRITE, &db, &why));
	for (int step = 1; step <= db_schema_known(); step++)
		MUST(db_schema_step(db, step));
	db_close(db);
	arena_free(a);
}

int
fixture_open(void **state)
{
	struct fixture *f;
	const char *why = "";

	if (fixture_open_empty(state) != 0)
		return -1;
	f = *state;
	make_database(f->db);
	MUST(secret_create(f->key));
	MUST(secret_load(f->a, f->key, f->lock, &f->secret, &why));
	MUST(store_open(f->a, f->db, f->secret, &f->store, &why));
	MUST(db_open(f->a, f->db, DB_PUBLIC, &f->pub, &why));
	MUST(db_open(f->a, f->db, DB_STAFF, &f->staff, &why));
	f->user = fixture_user(f, "sari", "Sari Dewi", ROLE_EDITOR);
	return 0;
}

int
fixture_close(void **state)
{
	struct fixture *f = *state;
	char command[128];
	int rc;

	db_close(f->pub);
	db_close(f->staff);
	store_close(f->store);
	secret_free(f->secret);
	arena_free(f->a);
	snprintf(command, sizeof(command), "rm -rf '%s'", f->dir);
	rc = system(command);
	free(f);
	return rc;
}

int64_t
fixture_user(
    struct fixture *f, const char *login, const char *display, enum role role)
{
	struct user u = { .login = str_c(login),
		.display = str_c(display),
		.role = role,
		.lang = STR("") };

	MUST(user_add(f->store, &u, STR("*"), f->now));
	return u.id;
}

int64_t
fixture_article(struct fixture *f, const char *title, int64_t at)
{
	struct draft d = { .title = str_c(title),
		.slug = STR(""),
		.summary = STR(""),
		.source = STR("Some words."),
		.lang = LANG_en,
		.author = f->user,
		.published_at = at,
		.open = true };
	struct str path;

	MUST(draft_save(f->store, f->pub, f->a, &d, f->now));
	if (at != 0)
		MUST(article_publish(f->store, f->a, d.id, f->now, &path));
	return d.id;
}

static int64_t
add(struct fixture *f, int64_t article, int64_t parent, const char *text,
    const struct user *user)
{
	struct comment_form form = { .text = str_c(text),
		.name = STR("Budi"),
		.email = STR("budi@example.org"),
		.url = STR("") };
	struct settings set = { .require_name_email = true };
	struct comment_new n = { .article = article,
		.parent = parent,
		.form = &form,
		.user = user,
		.may_moderate = user->id != 0,
		.address = STR("203.0.113.7"),
		.now = f->now };
	struct comment_stored out;

	MUST(comment_form_check(&form, f->a, f->staff, &set, user));
	assert_int_equal(form.nerrors, 0);
	MUST(comment_add(f->store, f->secret, f->a, &n, &out));
	assert_false(out.repeated);
	return out.id;
}

int64_t
fixture_comment(
    struct fixture *f, int64_t article, int64_t parent, const char *text)
{
	struct user nobody = { .id = 0 };

	return add(f, article, parent, text, &nobody);
}

int64_t
fixture_visible(
    struct fixture *f, int64_t article, int64_t parent, const char *text)
{
	struct user sari = { .id = f->user,
		.login = STR("sari"),
		.display = STR("Sari Dewi"),
		.role = ROLE_EDITOR };

	return add(f, article, parent, text, &sari);
}

size_t
fixture_act(struct fixture *f, enum comment_act act, int64_t id)
{
	struct act_done done;

	MUST(comment_act(f->store, f->user, act, &id, 1, f->now, &done));
	return done.changed;
}

static sqlite3_stmt *
ask(struct fixture *f, const char *sql, sqlite3 **sq)
{
	sqlite3_stmt *st;

	if (sqlite3_open(f->db, sq) != SQLITE_OK ||
	    sqlite3_prepare_v2(*sq, sql, -1, &st, NULL) != SQLITE_OK ||
	    sqlite3_step(st) != SQLITE_ROW)
		fail_msg("%s: %s", sql, sqlite3_errmsg(*sq));
	return st;
}

int64_t
fixture_int(struct fixture *f, const char *sql)
{
	sqlite3 *sq;
	sqlite3_stmt *st = ask(f, sql, &sq);
	int64_t v = sqlite3_column_int64(st, 0);

	sqlite3_finalize(st);
	sqlite3_close(sq);
	return v;
}

struct str
fixture_text(struct fixture *f, const char *sql)
{
	sqlite3 *sq;
	sqlite3_stmt *st = ask(f, sql, &sq);
	const void *p = sqlite3_column_blob(st, 0);
	size_t n = (size_t)sqlite3_column_bytes(st, 0);
	struct str s = arena_str(f->a, (struct str){ p, n });

	sqlite3_finalize(st);
	sqlite3_close(sq);
	return s;
}

void
fixture_exec(struct fixture *f, const char *sql)
{
	sqlite3 *sq;

	if (sqlite3_open(f->db, &sq) != SQLITE_OK ||
	    sqlite3_exec(sq, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(sq));
	sqlite3_close(sq);
}

const char *
fixture_file(struct fixture *f, const char *name, struct str bytes)
{
	const char *path = arena_printf(f->a, "%s/%s", f->dir, name).p;
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(
	    write(fd, bytes.n == 0 ? "" : bytes.p, bytes.n), bytes.n);
	close(fd);
	return path;
}
