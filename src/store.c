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
	if (version > known)
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

enum err
store_open(struct arena *a, const char *path, struct store **out,
    const char **why)
{
	struct db *db;
	struct store *s;
	enum err e;

	if ((e = db_open(a, path, DB_WRITE, &db, why)) != OK)
		return e;
	if ((e = schema_fits(a, db, path, why)) != OK) {
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
