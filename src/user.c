#include "config.h"

#include "user.h"

static const char *const role_names[] = {
	[ROLE_NONE] = "",
	[ROLE_CONTRIBUTOR] = "contributor",
	[ROLE_AUTHOR] = "author",
	[ROLE_MODERATOR] = "moderator",
	[ROLE_EDITOR] = "editor",
	[ROLE_ADMINISTRATOR] = "administrator",
};

const char *
role_name(enum role r)
{
	return role_names[r];
}

bool
role_find(struct str name, enum role *out)
{
	for (size_t i = ROLE_CONTRIBUTOR; i < ARRAY_LEN(role_names); i++) {
		if (str_eq(str_c(role_names[i]), name)) {
			*out = (enum role)i;
			return true;
		}
	}
	return false;
}

bool
user_can(const struct user *u, enum capability c)
{
	/* clang-format off */
	static const bool may[][CAN_WRITE + 1] = {
		/*			nothing	sign out moderate write */
		[ROLE_NONE] =		{ true, false,	false,	false },
		[ROLE_CONTRIBUTOR] =	{ true, true,	false,	false },
		[ROLE_AUTHOR] =		{ true, true,	false,	false },
		[ROLE_MODERATOR] =	{ true, true,	true,	false },
		[ROLE_EDITOR] =		{ true, true,	true,	true },
		[ROLE_ADMINISTRATOR] =	{ true, true,	true,	true },
	};
	/* clang-format on */

	return may[u->role][c];
}

bool
login_ok(struct str s)
{
	if (s.n == 0 || s.n > 60)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			c == '.' || c == '_' || c == '-'))
			return false;
	}
	return true;
}

enum err
user_by_login(struct db *db, struct arena *a, struct str login,
    struct user *out, struct str *hash)
{
	struct q q = q_begin(db, STMT_USER_BY_LOGIN);
	struct user u = { 0 };
	enum err e;

	*hash = STR("");
	q_str(&q, login);
	if (q_row(&q)) {
		u.id = q_get_i64(&q, 0);
		u.login = q_get_str(&q, 1, a);
		u.display = q_get_str(&q, 2, a);
		*hash = q_get_str(&q, 3, a);
		if (!role_find(q_peek(&q, 4), &u.role))
			u.role = ROLE_NONE;
		u.lang = q_get_str(&q, 5, a);
	}
	if ((e = q_end(&q)) != OK)
		return e;
	if (u.id == 0)
		return ERR_NOTFOUND;
	*out = u;
	return OK;
}

struct change {
	struct user *user;
	struct str login, hash;
	int64_t now;
};

static enum err
insert(struct db *db, void *arg)
{
	const struct change *c = arg;
	struct q q = q_begin(db, STMT_USER_INSERT);

	q_str(&q, c->user->login);
	q_str(&q, c->user->display);
	q_str(&q, c->hash);
	q_str(&q, str_c(role_name(c->user->role)));
	q_str(&q, c->user->lang);
	q_i64(&q, c->now);
	if (q_row(&q))
		c->user->id = q_get_i64(&q, 0);
	return q_end(&q);
}

enum err
user_add(struct store *s, struct user *u, struct str hash, int64_t now)
{
	struct change c = { .user = u, .hash = hash, .now = now };

	return store_write(s, insert, &c);
}

static enum err
set_password(struct db *db, void *arg)
{
	const struct change *c = arg;
	struct q q = q_begin(db, STMT_USER_PASSWORD);
	int64_t id = 0;
	enum err e;

	q_str(&q, c->hash);
	q_str(&q, c->login);
	if (q_row(&q))
		id = q_get_i64(&q, 0);
	if ((e = q_end(&q)) != OK)
		return e;
	if (id == 0)
		return ERR_NOTFOUND;
	q = q_begin(db, STMT_SESSION_DELETE_USER);
	q_i64(&q, id);
	return q_run(&q);
}

enum err
user_set_password(struct store *s, struct str login, struct str hash)
{
	struct change c = { .login = login, .hash = hash };

	return store_write(s, set_password, &c);
}

enum err
user_each(struct db *db, struct arena *a,
    void (*each)(void *arg, const struct user *u, int64_t created_at),
    void *arg)
{
	struct q q = q_begin(db, STMT_USER_LIST);

	while (q_row(&q)) {
		struct user u = { .id = q_get_i64(&q, 0) };

		u.login = q_get_str(&q, 1, a);
		u.display = q_get_str(&q, 2, a);
		if (!role_find(q_peek(&q, 3), &u.role))
			u.role = ROLE_NONE;
		each(arg, &u, q_get_i64(&q, 4));
	}
	return q_end(&q);
}
