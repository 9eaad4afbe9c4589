/*
 * The key file and what is made with it.  Every purpose has a key of its own,
 * derived with crypto_kdf; the file is 0600, outside the database, and a
 * stolen database alone tells nobody an address.
 */
#ifndef SECRET_H
#define SECRET_H

#include "arena.h"
#include "base.h"

struct secret;

/* A new key file; ERR_CONFLICT when there is one, ERR_IO (logged). */
enum err secret_create(const char *path) MUST_CHECK;

/*
 * Read the key file.  ERR_CONFIG with *why (in a) when it is missing, not a
 * key, or readable by others.  lock_path names the file whose locks count the
 * hashes at work (below); it is made when missing.  Yours: secret_free.
 */
enum err secret_load(struct arena *a, const char *path, const char *lock_path,
    struct secret **out, const char **why) MUST_CHECK;
void secret_free(struct secret *s);

/* ---- addresses ---------------------------------------------------------- */

#define EMAIL_INDEX_BYTES 32

/* BLAKE2b, keyed, of the address trimmed and in lower case. */
void secret_email_index(const struct secret *s, struct str email,
    unsigned char out[EMAIL_INDEX_BYTES]);

/* XChaCha20-Poly1305 with a random nonce in front; id is associated data. */
struct str secret_email_seal(const struct secret *s, struct arena *a,
    int64_t id, struct str email);

/* ERR_CONFIG: this key did not seal it for this id. */
enum err secret_email_open(const struct secret *s, struct arena *a, int64_t id,
    struct str sealed, struct str *email) MUST_CHECK;

/* ---- keyed hashes --------------------------------------------------------- */

#define DIGEST_BYTES 32

enum digest_purpose {
	DIGEST_COMMENT = 1,
	DIGEST_RATE,
	DIGEST_NETWORK,
	DIGEST_KEY_CHECK,
};

/* BLAKE2b, keyed by purpose and number (0, or the day where the key
 * rotates), of the parts, each preceded by its length. */
void secret_digest(const struct secret *s, enum digest_purpose purpose,
    uint64_t number, const struct str *parts, size_t nparts,
    unsigned char out[DIGEST_BYTES]);

/* ---- tokens ---------------------------------------------------------------- */

enum token_purpose {
	TOKEN_STAMP = 1, /* a comment form was made for this article */
	TOKEN_PENDING,	 /* may see this held comment */
	TOKEN_CSRF,	 /* a form was made for this session */
	TOKEN_LOGIN,	 /* the sign-in form */
};

/*
 * A token for an object until a time: "<expiry>.<MAC>", both URL-safe.  The
 * MAC's key changes with the day of the expiry.
 */
struct str token_make(const struct secret *s, struct arena *a,
    enum token_purpose purpose, struct str object, int64_t expires_at);

enum token_state { TOKEN_OK, TOKEN_EXPIRED, TOKEN_BAD };

/* In constant time. TOKEN_EXPIRED only for a token that was once right. */
enum token_state token_check(const struct secret *s,
    enum token_purpose purpose, struct str object, struct str token,
    int64_t now);

/* n random bytes as URL-safe text. */
struct str secret_random(struct arena *a, size_t n);

/* BLAKE2b without a key: what of a session's token is stored. */
void secret_token_digest(struct str token, unsigned char out[DIGEST_BYTES]);

/* ---- passwords ------------------------------------------------------------- */

#define PASSWORD_MIN_BYTES 8
#define PASSWORD_MAX_BYTES 1024

/*
 * argon2id takes about 70 ms and 64 MiB, so at most two are at work at a time
 * in all processes of a blog: two byte-range locks on the lock file.  One
 * more thread waits for a place; to the others ERR_BUSY is returned.
 */
enum err password_hash(struct secret *s, struct arena *a,
    struct str password, struct str *out) MUST_CHECK;

/*
 * OK, ERR_DENIED when it is not the password, ERR_BUSY.  hash is a
 * password_hash; for anything else (empty, "*") work of the same cost is
 * done, and the answer is no.
 */
enum err password_check(struct secret *s, struct str password,
    struct str hash) MUST_CHECK;

/* "8n8n6-ew29x-379pw-xh46v": 20 letters and digits nobody confuses. */
struct str password_generate(struct arena *a);

#endif
