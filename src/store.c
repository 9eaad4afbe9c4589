/*
 * Lock: `lock` guards the write handle; it is held for one block at a time.
 */
#include "config.h"

#include <pthread.h>
#include <stdlib.h>

#include "store.h"

struct store {
	char *path;
	struct db *db;
	pthread_mutex_t lock;
};

static enum err
schema_fits(struct arena *a, struct db *db, const char *path, const char **why)
{
	int version, known = db_schema_known();
	enum err e = db_schema(db, &version);

	if (e != OK) {
		*why = arena_printf(a, "%s: cannot read the schema", path).p;
		return e;
	}
	if (version == known)
		return OK;
	if (version < 1)
		*why = arena_printf(a,
		    "%s: is empty, or not a blog's database: restore a backup",
		    path)
			   .p;
	else if (version > known)
		*why = arena_printf(a,
		    "%s: has schema %d, this program knows %d: use the "
		    "program that made it, or a newer one",
		    path, version, known)
			   .p;
	else
		*why = arena_printf(a,
		    "%s: has schema %d, this program needs %d: run "
		    "'balas migrate'",
		    path, version, known)
			   .p;
	return ERR_CONFIG;
}

static enum err
remember_key(struct db *db, const unsigned char digest[DIGEST_BYTES])
{
	struct q q = q_begin(db, STMT_SECRET_SETTING_SET);

	q_str(&q, STR("key_check"));
	q_blob(&q, digest, DIGEST_BYTES);
	return q_run(&q);
}

/* The first key to open a blog is its key.  Another one would open no
 * address and make every token and hash anew, without a word. */
static enum err
key_fits(struct arena *a, struct db *db, const char *path,
    const struct secret *key, const char **why)
{
	unsigned char digest[DIGEST_BYTES];
	struct q q = q_begin(db, STMT_SECRET_SETTING_GET);
	struct str stored = STR("");
	enum err e;

	secret_digest(key, DIGEST_KEY_CHECK, 0, NULL, 0, digest);
	q_str(&q, STR("key_check"));
	if (q_row(&q))
		stored = q_get_str(&q, 0, a);
	*why = arena_printf(a, "%s: cannot be read", path).p;
	if ((e = q_end(&q)) != OK)
		return e;
	if (stored.n == 0)
		return remember_key(db, digest);
	if (str_eq(stored, (struct str){ (char *)digest, DIGEST_BYTES }))
		return OK;
	*why = arena_printf(a,
	    "%s: was made with another key; put the key file that belongs to "
	    "it back",
	    path)
		   .p;
	return ERR_CONFIG;
}

enum err
store_open(struct arena *a, const char *path, const struct secret *key,
    struct store **out, const char **why)
{
	struct db *db;
	struct store *s;
	enum err e;

	if ((e = db_open(a, path, DB_WRITE, &db, why)) != OK)
		return e;
	if ((e = schema_fits(a, db, path, why)) != OK ||
	    (e = key_fits(a, db, path, key, why)) != OK) {
		db_close(db);
		return e;
	}
	s = xmalloc(sizeof(*s));
	s->path = xstrdup(path);
	s->db = db;
	pthread_mutex_init(&s->lock, NULL);
	*out = s;
	return OK;
}

void
store_close(struct store *s)
{
	if (s == NULL)
		return;
	db_close(s->db);
	pthread_mutex_destroy(&s->lock);
	free(s->path);
	free(s);
}

const char *
store_path(const struct store *s)
{
	return s->path;
}

enum err
store_write(struct store *s, enum err (*work)(struct db *, void *), void *arg)
{
	enum err e;

	pthread_mutex_lock(&s->lock);
	if ((e = db_begin(s->db)) == OK) {
		if ((e = work(s->db, arg)) == OK)
			e = db_commit(s->db);
		else
			db_rollback(s->db);
	}
	pthread_mutex_unlock(&s->lock);
	return e;
}
