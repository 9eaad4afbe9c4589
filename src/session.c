#include "config.h"

#include "session.h"

/* Every use would be a write to the disk; once a minute is exact enough for
 * an idle time of days. */
#define SEEN_EVERY_S 60

#define TOKEN_BYTES 32

struct change {
	unsigned char digest[DIGEST_BYTES];
	int64_t user, now;
};

static enum err
insert(struct db *db, void *arg)
{
	const struct change *c = arg;
	struct q q = q_begin(db, STMT_SESSION_PURGE);
	enum err e;

	q_i64(&q, c->now);
	if ((e = q_run(&q)) != OK)
		return e;
	q = q_begin(db, STMT_SESSION_INSERT);
	q_blob(&q, c->digest, sizeof(c->digest));
	q_i64(&q, c->user);
	q_i64(&q, c->now);
	q_i64(&q, c->now + SESSION_ABSOLUTE_S);
	return q_run(&q);
}

enum err
session_begin(struct store *s, struct arena *a, int64_t user, int64_t now,
    struct str *token)
{
	struct change c = { .user = user, .now = now };

	*token = secret_random(a, TOKEN_BYTES);
	secret_token_digest(*token, c.digest);
	return store_write(s, insert, &c);
}

static enum err
seen(struct db *db, void *arg)
{
	const struct change *c = arg;
	struct q q = q_begin(db, STMT_SESSION_SEEN);

	q_i64(&q, c->now);
	q_blob(&q, c->digest, sizeof(c->digest));
	return q_run(&q);
}

enum err
session_user(struct store *s, struct db *staff, struct arena *a,
    struct str token, int64_t now, struct user *out)
{
	struct change c = { .now = now };
	struct user u = { 0 };
	int64_t seen_at = 0;
	struct q q;
	enum err e;

	secret_token_digest(token, c.digest);
	q = q_begin(staff, STMT_SESSION_GET);
	q_blob(&q, c.digest, sizeof(c.digest));
	q_i64(&q, now);
	q_i64(&q, now - SESSION_IDLE_S);
	if (q_row(&q)) {
		seen_at = q_get_i64(&q, 0);
		u.id = q_get_i64(&q, 1);
		u.login = q_get_str(&q, 2, a);
		u.display = q_get_str(&q, 3, a);
		if (!role_find(q_peek(&q, 4), &u.role))
			u.role = ROLE_NONE;
		u.lang = q_get_str(&q, 5, a);
	}
	if ((e = q_end(&q)) != OK)
		return e;
	if (u.id == 0)
		return ERR_NOTFOUND;
	/* Not noted is not fatal: the page matters more. */
	if (now - seen_at >= SEEN_EVERY_S && store_write(s, seen, &c) != OK)
		c.now = 0;
	*out = u;
	return OK;
}

static enum err
end(struct db *db, void *arg)
{
	const struct change *c = arg;
	struct q q = q_begin(db, STMT_SESSION_DELETE);

	q_blob(&q, c->digest, sizeof(c->digest));
	return q_run(&q);
}

enum err
session_end(struct store *s, struct str token)
{
	struct change c = { 0 };

	secret_token_digest(token, c.digest);
	return store_write(s, end, &c);
}
