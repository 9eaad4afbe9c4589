/*
 * Lock: `slots` guards which of the two places this process's threads hold;
 * the locks on the file do the same between processes.
 */
#include "config.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "log.h"
#include "secret.h"

#define KEY_HEAD   "balas-key-1 "
#define HASH_SLOTS 2

/* Who waits for a place holds a thread that could answer readers: one may,
 * the others are told to come back. */
#define HASH_WAITERS 1

#define DAY_S     86400
#define MAC_BYTES  16
#define MAC_CHARS  22 /* in base64, without padding */

/* Names of the key derivations: eight bytes each (crypto_kdf_CONTEXTBYTES). */
#define KDF_EMAIL  "bl-email"
#define KDF_DIGEST "bl-diges"
#define KDF_TOKEN  "bl-token"

struct secret {
	unsigned char master[crypto_kdf_KEYBYTES];
	unsigned char email_index[crypto_generichash_KEYBYTES];
	unsigned char email_seal[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
	char *lock_path;
	pthread_mutex_t slots;
	pthread_cond_t slot_free;
	bool taken[HASH_SLOTS];
	int waiting;
};

/* ---- the key file ----------------------------------------------------------
 */

enum err
secret_create(const char *path)
{
	unsigned char key[crypto_kdf_KEYBYTES];
	char hex[sizeof(key) * 2 + 1], text[128];
	int fd, n;
	enum err e = OK;

	if (sodium_init() < 0)
		return ERR_IO;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) {
		if (errno == EEXIST)
			return ERR_CONFLICT;
		log_line(LOG_ERROR, "%s: %s", path, strerror(errno));
		return ERR_IO;
	}
	crypto_kdf_keygen(key);
	sodium_bin2hex(hex, sizeof(hex), key, sizeof(key));
	n = snprintf(text, sizeof(text), KEY_HEAD "%s\n", hex);
	if (write(fd, text, (size_t)n) != n || fsync(fd) != 0) {
		log_line(LOG_ERROR, "%s: %s", path, strerror(errno));
		unlink(path);
		e = ERR_IO;
	}
	close(fd);
	sodium_memzero(key, sizeof(key));
	sodium_memzero(hex, sizeof(hex));
	sodium_memzero(text, sizeof(text));
	return e;
}

/* What is wrong with the file; NULL when master is filled. */
static const char *
read_master(int fd, unsigned char master[crypto_kdf_KEYBYTES])
{
	const size_t head = sizeof(KEY_HEAD) - 1;
	const size_t hex = crypto_kdf_KEYBYTES * 2;
	char text[256];
	const char *end;
	struct stat st;
	ssize_t n;
	size_t got;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return "is not a file";
	if ((st.st_mode & (S_IRWXO | S_IWGRP | S_IXGRP)) != 0)
		return "others may read or change it; run 'chmod 600' on it";
	if ((n = read(fd, text, sizeof(text))) < 0)
		return strerror(errno);
	if ((size_t)n < head + hex || memcmp(text, KEY_HEAD, head) != 0 ||
	    sodium_hex2bin(master, crypto_kdf_KEYBYTES, text + head, hex, NULL,
		&got, &end) != 0 ||
	    got != crypto_kdf_KEYBYTES ||
	    ((size_t)n > head + hex &&
		((size_t)n > head + hex + 1 || text[head + hex] != '\n')))
		return "is not a key file; restore it from a backup (addresses "
		       "sealed with another key cannot be read)";
	sodium_memzero(text, sizeof(text));
	return NULL;
}

/* Numbers enter hashes as eight bytes, lowest first, on every machine. */
struct le64 {
	unsigned char b[8];
};

static struct le64
le64(uint64_t v)
{
	struct le64 out;

	for (int i = 0; i < 8; i++)
		out.b[i] = (unsigned char)(v >> (8 * i));
	return out;
}

static void
derive(const struct secret *s, const char *context, uint64_t id,
    unsigned char *out, size_t n)
{
	int rc = crypto_kdf_derive_from_key(out, n, id, context, s->master);

	assert(rc == 0);
}

enum err
secret_load(struct arena *a, const char *path, const char *lock_path,
    struct secret **out, const char **why)
{
	struct secret *s;
	const char *wrong;
	int fd;

	if (sodium_init() < 0) {
		*why = "libsodium does not start";
		return ERR_CONFIG;
	}
	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) < 0) {
		*why = arena_printf(a, "%s: %s", path, strerror(errno)).p;
		return ERR_CONFIG;
	}
	s = xmalloc(sizeof(*s));
	memset(s, 0, sizeof(*s));
	wrong = read_master(fd, s->master);
	close(fd);
	if (wrong != NULL) {
		*why = arena_printf(a, "%s: %s", path, wrong).p;
		free(s);
		return ERR_CONFIG;
	}
	derive(s, KDF_EMAIL, 1, s->email_index, sizeof(s->email_index));
	derive(s, KDF_EMAIL, 2, s->email_seal, sizeof(s->email_seal));
	s->lock_path = xstrdup(lock_path);
	pthread_mutex_init(&s->slots, NULL);
	pthread_cond_init(&s->slot_free, NULL);
	*out = s;
	return OK;
}

void
secret_free(struct secret *s)
{
	if (s == NULL)
		return;
	pthread_cond_destroy(&s->slot_free);
	pthread_mutex_destroy(&s->slots);
	free(s->lock_path);
	sodium_memzero(s, sizeof(*s));
	free(s);
}

/* ---- addresses
 * --------------------------------------------------------------- */

void
secret_email_index(const struct secret *s, struct str email,
    unsigned char out[EMAIL_INDEX_BYTES])
{
	crypto_generichash_state h;

	email = str_trim(email);
	crypto_generichash_init(
	    &h, s->email_index, sizeof(s->email_index), EMAIL_INDEX_BYTES);
	for (size_t i = 0; i < email.n; i++) {
		unsigned char c = (unsigned char)email.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (unsigned char)(c - 'A' + 'a');
		crypto_generichash_update(&h, &c, 1);
	}
	crypto_generichash_final(&h, out, EMAIL_INDEX_BYTES);
}

#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define SEAL_BYTES  crypto_aead_xchacha20poly1305_ietf_ABYTES

struct str
secret_email_seal(
    const struct secret *s, struct arena *a, int64_t id, struct str email)
{
	size_t n = NONCE_BYTES + email.n + SEAL_BYTES;
	unsigned char *out = arena_alloc(a, n);
	struct le64 ad = le64((uint64_t)id);

	randombytes_buf(out, NONCE_BYTES);
	crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE_BYTES, NULL,
	    (const unsigned char *)email.p, email.n, ad.b, sizeof(ad.b), NULL,
	    out, s->email_seal);
	return (struct str){ (char *)out, n };
}

enum err
secret_email_open(const struct secret *s, struct arena *a, int64_t id,
    struct str sealed, struct str *email)
{
	const unsigned char *in = (const unsigned char *)sealed.p;
	struct le64 ad = le64((uint64_t)id);
	unsigned char *text;
	unsigned long long n;

	if (sealed.n < NONCE_BYTES + SEAL_BYTES)
		return ERR_CONFIG;
	text = arena_alloc(a, sealed.n);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(text, &n, NULL,
		in + NONCE_BYTES, sealed.n - NONCE_BYTES, ad.b, sizeof(ad.b),
		in, s->email_seal) != 0)
		return ERR_CONFIG;
	*email = (struct str){ (char *)text, (size_t)n };
	return OK;
}

/* ---- keyed hashes
 * -------------------------------------------------------------- */

void
secret_digest(const struct secret *s, enum digest_purpose purpose,
    uint64_t number, const struct str *parts, size_t nparts,
    unsigned char out[DIGEST_BYTES])
{
	unsigned char key[crypto_generichash_KEYBYTES];
	crypto_generichash_state h;

	derive(
	    s, KDF_DIGEST, number << 8 | (uint64_t)purpose, key, sizeof(key));
	crypto_generichash_init(&h, key, sizeof(key), DIGEST_BYTES);
	for (size_t i = 0; i < nparts; i++) {
		struct le64 n = le64(parts[i].n);

		crypto_generichash_update(&h, n.b, sizeof(n.b));
		crypto_generichash_update(
		    &h, (const unsigned char *)parts[i].p, parts[i].n);
	}
	crypto_generichash_final(&h, out, DIGEST_BYTES);
}

/* ---- tokens
 * ------------------------------------------------------------------- */

static struct str
base64(struct arena *a, const unsigned char *p, size_t n)
{
	const int form = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
	size_t size = sodium_base64_encoded_len(n, form);
	char *out = arena_alloc(a, size);

	sodium_bin2base64(out, size, p, n, form);
	return (struct str){ out, size - 1 };
}

static void
token_mac(const struct secret *s, enum token_purpose purpose, struct str object,
    uint64_t expires_at, unsigned char mac[MAC_BYTES])
{
	unsigned char key[crypto_generichash_KEYBYTES];
	struct le64 head[2] = { le64((uint64_t)purpose), le64(expires_at) };
	crypto_generichash_state h;

	derive(s, KDF_TOKEN, expires_at / DAY_S, key, sizeof(key));
	crypto_generichash_init(&h, key, sizeof(key), MAC_BYTES);
	crypto_generichash_update(&h, head[0].b, sizeof(head));
	crypto_generichash_update(
	    &h, (const unsigned char *)object.p, object.n);
	crypto_generichash_final(&h, mac, MAC_BYTES);
}

struct str
token_make(const struct secret *s, struct arena *a, enum token_purpose purpose,
    struct str object, int64_t expires_at)
{
	unsigned char mac[MAC_BYTES];
	struct str text;

	token_mac(s, purpose, object, (uint64_t)expires_at, mac);
	text = base64(a, mac, sizeof(mac));
	return arena_printf(
	    a, "%llx.%s", (unsigned long long)expires_at, text.p);
}

static bool
read_hex(struct str s, uint64_t *out)
{
	uint64_t v = 0;

	/* One text for a number: what differs from what was made is wrong. */
	if (s.n == 0 || s.n > 12 || s.p[0] == '0')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c >= '0' && c <= '9')
			v = v << 4 | (uint64_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			v = v << 4 | (uint64_t)(c - 'a' + 10);
		else
			return false;
	}
	*out = v;
	return true;
}

/* What is compared is the text, not what it decodes to: libsodium 1.0.18
 * takes every byte from 0x80 on for '_'. */
enum token_state
token_check(const struct secret *s, enum token_purpose purpose,
    struct str object, struct str token, int64_t now)
{
	unsigned char mac[MAC_BYTES];
	char want[MAC_CHARS + 1];
	size_t dot = str_find(token, '.', 0);
	uint64_t expires_at;

	if (token.n != dot + 1 + MAC_CHARS ||
	    !read_hex(str_sub(token, 0, dot), &expires_at))
		return TOKEN_BAD;
	token_mac(s, purpose, object, expires_at, mac);
	sodium_bin2base64(want, sizeof(want), mac, sizeof(mac),
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	if (sodium_memcmp(token.p + dot + 1, want, MAC_CHARS) != 0)
		return TOKEN_BAD;
	return now < (int64_t)expires_at ? TOKEN_OK : TOKEN_EXPIRED;
}

struct str
secret_random(struct arena *a, size_t n)
{
	unsigned char *p = arena_alloc(a, n);

	randombytes_buf(p, n);
	return base64(a, p, n);
}

void
secret_token_digest(struct str token, unsigned char out[DIGEST_BYTES])
{
	crypto_generichash(out, DIGEST_BYTES, (const unsigned char *)token.p,
	    token.n, NULL, 0);
}

/* ---- passwords
 * ------------------------------------------------------------------ */

/* A place among this process's threads, or -1: too many wait already. */
static int
slot_wait(struct secret *s)
{
	int slot = -1;

	pthread_mutex_lock(&s->slots);
	if (s->waiting <= HASH_WAITERS) {
		s->waiting++;
		for (;;) {
			for (int i = 0; i < HASH_SLOTS && slot < 0; i++)
				if (!s->taken[i])
					slot = i;
			if (slot >= 0)
				break;
			pthread_cond_wait(&s->slot_free, &s->slots);
		}
		s->taken[slot] = true;
		s->waiting--;
	}
	pthread_mutex_unlock(&s->slots);
	return slot;
}

/* A place, and a descriptor that holds it between processes (-1 where the
 * lock file cannot be had: then only this process counts). */
static enum err
slot_take(struct secret *s, int *slot, int *fd)
{
	struct flock l = {
		.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1
	};

	if ((*slot = slot_wait(s)) < 0)
		return ERR_BUSY;
	l.l_start = *slot;
	*fd = open(s->lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	/* Locks of the open file, not of the process: closing another
	 * descriptor of the file does not drop them. */
	while (*fd >= 0 && fcntl(*fd, F_OFD_SETLKW, &l) != 0 && errno == EINTR)
		;
	return OK;
}

static void
slot_give(struct secret *s, int slot, int fd)
{
	if (fd >= 0)
		close(fd);
	pthread_mutex_lock(&s->slots);
	s->taken[slot] = false;
	pthread_cond_signal(&s->slot_free);
	pthread_mutex_unlock(&s->slots);
}

static bool
argon2(char out[crypto_pwhash_STRBYTES], struct str password)
{
	return crypto_pwhash_str(out, password.p, password.n,
		   crypto_pwhash_OPSLIMIT_INTERACTIVE,
		   crypto_pwhash_MEMLIMIT_INTERACTIVE) == 0;
}

/* "*" and whatever else verifying would refuse without work. */
static bool
is_argon2(const char stored[crypto_pwhash_STRBYTES])
{
	return crypto_pwhash_str_needs_rehash(stored,
		   crypto_pwhash_OPSLIMIT_INTERACTIVE,
		   crypto_pwhash_MEMLIMIT_INTERACTIVE) >= 0;
}

enum err
password_hash(
    struct secret *s, struct arena *a, struct str password, struct str *out)
{
	char hash[crypto_pwhash_STRBYTES];
	int fd, slot;
	enum err e = slot_take(s, &slot, &fd);
	bool done;

	if (e != OK)
		return e;
	done = argon2(hash, password);
	slot_give(s, slot, fd);
	if (!done) {
		log_line(LOG_ERROR, "argon2id: no memory");
		return ERR_IO;
	}
	*out = arena_str(a, str_c(hash));
	return OK;
}

enum err
password_check(struct secret *s, struct str password, struct str hash)
{
	char stored[crypto_pwhash_STRBYTES] = { 0 };
	int fd, slot;
	enum err e = slot_take(s, &slot, &fd);
	bool ok = false;

	if (e != OK)
		return e;
	if (hash.n < sizeof(stored) && hash.n > 0)
		memcpy(stored, hash.p, hash.n);
	if (is_argon2(stored)) {
		ok = crypto_pwhash_str_verify(stored, password.p, password.n) ==
		    0;
	} else if (!argon2(stored, password)) {
		/* Done for its cost, which is that of verifying. */
		log_line(LOG_ERROR, "argon2id: no memory");
	}
	slot_give(s, slot, fd);
	return ok ? OK : ERR_DENIED;
}

struct str
password_generate(struct arena *a)
{
	/* No 0 O 1 l i: 31 signs, 20 of them are 99 bits. */
	static const char signs[] = "23456789abcdefghjkmnpqrstuvwxyz";
	char *p = arena_alloc(a, 24);

	for (int i = 0; i < 23; i++)
		p[i] = i % 6 == 5
		    ? '-'
		    : signs[randombytes_uniform(sizeof(signs) - 1)];
	return (struct str){ p, 23 };
}
