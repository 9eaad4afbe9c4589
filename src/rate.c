#include "config.h"

#include "rate.h"

static void
bucket_digest(const struct secret *s, const struct rate *rate,
    struct str subject, unsigned char out[DIGEST_BYTES])
{
	const struct str parts[] = { str_c(rate->name), subject };

	secret_digest(s, DIGEST_RATE, 0, parts, ARRAY_LEN(parts), out);
}

enum err
rate_take(struct db *db, const struct secret *s, const struct rate *rate,
    struct str subject, int64_t now, int *wait_s)
{
	unsigned char digest[DIGEST_BYTES];
	int64_t now_ms = now * 1000, full_at = now_ms, over;
	int64_t every_ms = (int64_t)rate->every_s * 1000;
	int64_t size_ms = every_ms * rate->burst;
	struct q q;
	enum err e;

	bucket_digest(s, rate, subject, digest);
	q = q_begin(db, STMT_RATE_GET);
	q_blob(&q, digest, sizeof(digest));
	if (q_row(&q))
		full_at = q_get_i64(&q, 0);
	if ((e = q_end(&q)) != OK)
		return e;
	/* A clock that was set back must not lock anybody out for longer than
	 * an empty bucket would. */
	if (full_at < now_ms)
		full_at = now_ms;
	if (full_at > now_ms + size_ms)
		full_at = now_ms + size_ms;
	over = full_at + every_ms - (now_ms + size_ms);
	if (over > 0) {
		*wait_s = (int)((over + 999) / 1000);
		return ERR_LIMIT;
	}
	q = q_begin(db, STMT_RATE_SET);
	q_blob(&q, digest, sizeof(digest));
	q_i64(&q, full_at + every_ms);
	return q_run(&q);
}

enum err
rate_forgive(struct db *db, const struct secret *s, const struct rate *rate,
    struct str subject)
{
	unsigned char digest[DIGEST_BYTES];
	struct q q = q_begin(db, STMT_RATE_CLEAR);

	bucket_digest(s, rate, subject, digest);
	q_blob(&q, digest, sizeof(digest));
	return q_run(&q);
}

enum err
rate_purge(struct db *db, int64_t now)
{
	struct q q = q_begin(db, STMT_RATE_PURGE);

	q_i64(&q, now * 1000);
	return q_run(&q);
}
