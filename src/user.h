/*
 * People who can sign in, and what each may do.
 */
#ifndef USER_H
#define USER_H

#include "secret.h"
#include "store.h"

enum role {
	ROLE_NONE, /* visitors */
	ROLE_CONTRIBUTOR,
	ROLE_AUTHOR,
	ROLE_MODERATOR,
	ROLE_EDITOR,
	ROLE_ADMINISTRATOR,
};

/* What a page may want of who asks for it; a role is a set of these
 * (user.c). */
enum capability {
	CAN_NOTHING, /* everybody, signed in or not */
	CAN_SIGN_OUT, /* whoever is signed in */
	CAN_MODERATE, /* comments */
	CAN_WRITE, /* everybody's articles */
};

struct user {
	int64_t id; /* 0: nobody */
	struct str login, display;
	enum role role;
	struct str lang; /* catalogue code or empty */
};

/* Static; "administrator" … */
const char *role_name(enum role r);
bool role_find(struct str name, enum role *out) MUST_CHECK;

bool user_can(const struct user *u, enum capability c) MUST_CHECK;

/* 1 to 60 of a-z 0-9 . _ - */
bool login_ok(struct str s);

/*
 * By login name; the password's hash goes to *hash.  ERR_NOTFOUND: no such
 * user (and *hash is empty).
 */
enum err user_by_login(struct db *db, struct arena *a, struct str login,
    struct user *out, struct str *hash) MUST_CHECK;

/* Add one; ERR_CONFLICT when the login is taken.  u->id is filled in. A hash
 * that no password has ("*") keeps everybody out. */
enum err user_add(struct store *s, struct user *u, struct str hash,
    int64_t now) MUST_CHECK;

/* Set a password and end this person's sessions.  ERR_NOTFOUND. */
enum err user_set_password(struct store *s, struct str login, struct str hash)
    MUST_CHECK;

/* All, for the command: calls each with every user, oldest first. */
enum err user_each(struct db *db, struct arena *a,
    void (*each)(void *arg, const struct user *u, int64_t created_at),
    void *arg) MUST_CHECK;

#endif
