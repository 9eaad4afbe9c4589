/*
 * Signed-in browsers.  The cookie holds a random token, the table only its
 * BLAKE2b hash; a session ends after a time without use, after an absolute
 * time, by signing out, and with a new password.
 */
#ifndef SESSION_H
#define SESSION_H

#include "store.h"
#include "user.h"

#define SESSION_IDLE_S	   (3 * 24 * 3600)
#define SESSION_ABSOLUTE_S (30 * 24 * 3600)

/* Begin one for a user; the token for the cookie lives in a. */
enum err session_begin(struct store *s, struct arena *a, int64_t user,
    int64_t now, struct str *token) MUST_CHECK;

/* Whose session is this?  ERR_NOTFOUND: nobody's (any more). staff is a
 * reading handle; s is used at most once a minute, to note the use. */
enum err session_user(struct store *s, struct db *staff, struct arena *a,
    struct str token, int64_t now, struct user *out) MUST_CHECK;

/* End it; no error when there is none. */
enum err session_end(struct store *s, struct str token) MUST_CHECK;

#endif
