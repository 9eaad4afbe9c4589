/*
 * The process's one write handle and who may use it when.  Reads need no
 * store: each thread has handles of its own.
 */
#ifndef STORE_H
#define STORE_H

#include "db.h"
#include "secret.h"

struct store;

/*
 * Open the write handle of the database at path.  ERR_CONFIG with *why (in
 * a) also when the schema is not the one this program knows, or when key is
 * not the one the blog was made with.  Yours: store_close.
 */
enum err store_open(struct arena *a, const char *path,
    const struct secret *key, struct store **out, const char **why)
    MUST_CHECK;
void store_close(struct store *s);

/* Where it is, to open reading handles.  Borrowed. */
const char *store_path(const struct store *s);

/*
 * Run work with the write handle inside one block: everything it wrote is
 * kept when it returns OK, nothing otherwise, and nothing is acknowledged
 * before it is on the disk.  work does nothing slow (no hashing of passwords,
 * no rendering, no mail).  Returns what work returned, or the failure of the
 * block: ERR_BUSY, ERR_IO.
 */
enum err store_write(struct store *s, enum err (*work)(struct db *, void *),
    void *arg) MUST_CHECK;

#endif
