/*
 * Limits, kept in the database so that every process and a restart obey them.
 * A bucket of `burst` tries fills by one every `every_s` seconds; what is
 * stored is the moment it is full again (the generic cell rate algorithm,
 * ITU-T I.371), under a keyed hash of what is limited.
 */
#ifndef RATE_H
#define RATE_H

#include "db.h"
#include "secret.h"

struct rate {
	/* names the limit; part of the hash */
	const char *name;
	int every_s, burst;
};

/*
 * Take one from the bucket of subject.  ERR_LIMIT: it is empty; *wait_s says
 * after how many seconds (at least 1) there is one again, and nothing was
 * taken.
 */
enum err rate_take(struct db *db, const struct secret *s,
    const struct rate *rate, struct str subject, int64_t now, int *wait_s)
    MUST_CHECK;

/* Fill it again. */
enum err rate_forgive(struct db *db, const struct secret *s,
    const struct rate *rate, struct str subject) MUST_CHECK;

/* Drop full buckets. */
enum err rate_purge(struct db *db, int64_t now) MUST_CHECK;

#endif
