/* The key file, and what is made with the key. */
#include "fixture.h"

#include <sys/stat.h>
#include <time.h>

#define HEAD "balas-key-1 "
#define HEX  "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static struct secret *
load(struct fixture *f, const char *path)
{
	struct secret *s = NULL;
	const char *why = "";

	if (secret_load(f->a, path, f->lock, &s, &why) != OK)
		fail_msg("%s", why);
	return s;
}

static void
test_key_file(void **state)
{
	struct fixture *f = *state;
	struct secret *first, *again;
	unsigned char x[EMAIL_INDEX_BYTES], y[EMAIL_INDEX_BYTES];
	struct stat st;

	assert_int_equal(secret_create(f->key), OK);
	assert_int_equal(stat(f->key, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(secret_create(f->key), ERR_CONFLICT);
	first = load(f, f->key);
	again = load(f, f->key);
	secret_email_index(first, STR("a@b.example"), x);
	secret_email_index(again, STR("a@b.example"), y);
	assert_memory_equal(x, y, sizeof(x));
	secret_free(first);
	secret_free(again);
	secret_free(NULL);
}

static void
test_key_mode(void **state)
{
	static const struct {
		mode_t mode;
		bool ok;
	} t[] = {
		{ 0600, true },
		{ 0400, true },
		/* the group the programs run as */
		{ 0640, true },
		{ 0660, false },
		{ 0644, false },
		{ 0604, false },
		{ 0602, false },
		{ 0601, false },
		{ 0666, false },
	};
	struct fixture *f = *state;

	assert_int_equal(secret_create(f->key), OK);
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct secret *s = NULL;
		const char *why = NULL;
		enum err e;

		assert_int_equal(chmod(f->key, t[i].mode), 0);
		e = secret_load(f->a, f->key, f->lock, &s, &why);
		if ((e == OK) != t[i].ok)
			fail_msg("mode %o: %s", t[i].mode, err_name(e));
		if (e == OK) {
			secret_free(s);
			continue;
		}
		assert_int_equal(e, ERR_CONFIG);
		assert_null(s);
		assert_non_null(strstr(why, f->key));
		assert_non_null(strstr(why, "chmod 600"));
	}
}

static void
test_key_garbage(void **state)
{
	static const struct {
		struct str bytes;
		bool ok;
	} t[] = {
		{ STR(HEAD HEX "\n"), true },
		{ STR(HEAD HEX), true },
		{ STR(""), false },
		{ STR("\n"), false },
		{ STR(HEX), false },
		{ STR(HEAD), false },
		{ STR("balas-key-2 " HEX "\n"), false },
		{ STR("BALAS-KEY-1 " HEX "\n"), false },
		{ STR(" " HEAD HEX "\n"), false },
		{ STR("balas-key-1  " HEX "\n"), false },
		{ STR(HEAD "0" HEX "\n"), false },
		{ STR(HEAD HEX "0"), false },
		{ STR(HEAD HEX " "), false },
		{ STR(HEAD HEX "\r\n"), false },
		{ STR(HEAD HEX "\n\n"), false },
		/* two keys: which one made the database? */
		{ STR(HEAD HEX "\n" HEAD HEX "\n"), false },
		{ STR(HEAD HEX "\n\0"), false },
		{ STR(HEAD "\0" HEX), false },
		{ STR(HEAD "0x112233445566778899aabbccddeeff"
			   "00112233445566778899aabbccddeeff\n"),
		    false },
		{ STR(HEAD "00:1233445566778899aabbccddeeff0"
			   "00112233445566778899aabbccddeeff\n"),
		    false },
		{ STR(HEAD "0011\n"), false },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		const char *path = fixture_file(f, "key", t[i].bytes);
		struct secret *s = NULL;
		const char *why = NULL;
		enum err e = secret_load(f->a, path, f->lock, &s, &why);

		if (e != (t[i].ok ? OK : ERR_CONFIG))
			fail_msg("row %zu: %s", i, err_name(e));
		if (e == OK)
			secret_free(s);
		else
			assert_non_null(strstr(why, "not a key file"));
	}
}

static void
test_key_missing(void **state)
{
	struct fixture *f = *state;
	struct secret *s = NULL;
	const char *why = NULL;

	assert_int_equal(
	    secret_load(f->a, f->key, f->lock, &s, &why), ERR_CONFIG);
	assert_non_null(strstr(why, f->key));
	assert_int_equal(
	    secret_load(f->a, f->dir, f->lock, &s, &why), ERR_CONFIG);
	assert_null(s);
	assert_int_equal(secret_create("/nonexistent/balas/key"), ERR_IO);
}

static void
test_email_index(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} t[] = {
		{ "budi@example.org", "budi@example.org", true },
		{ "budi@example.org", "BUDI@Example.ORG", true },
		{ "budi@example.org", " \tbudi@example.org\n", true },
		{ "budi@example.org", "budi@example.com", false },
		{ "budi@example.org", "budi@example.orgx", false },
		{ "budi@example.org", "bu di@example.org", false },
		{ "", "x", false },
		/* only ASCII is folded */
		{ "b\xC3\xA9@example.org", "b\xC3\x89@example.org", false },
	};
	struct fixture *f = *state;
	unsigned char x[EMAIL_INDEX_BYTES], y[EMAIL_INDEX_BYTES];
	struct secret *s, *other;
	const char *path = fixture_file(f, "other", STR(HEAD HEX "\n"));

	assert_int_equal(secret_create(f->key), OK);
	s = load(f, f->key);
	other = load(f, path);
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		secret_email_index(s, str_c(t[i].a), x);
		secret_email_index(s, str_c(t[i].b), y);
		if ((memcmp(x, y, sizeof(x)) == 0) != t[i].same)
			fail_msg("%s and %s", t[i].a, t[i].b);
		secret_email_index(other, str_c(t[i].a), y);
		assert_memory_not_equal(x, y, sizeof(x));
	}
	secret_free(s);
	secret_free(other);
}

static void
test_seal(void **state)
{
	struct fixture *f = *state;
	const struct str email = STR("Budi@example.org");
	const char *path = fixture_file(f, "other", STR(HEAD HEX "\n"));
	struct str sealed, twice, out = STR("untouched");
	struct secret *s, *other;
	char *bytes;

	assert_int_equal(secret_create(f->key), OK);
	s = load(f, f->key);
	other = load(f, path);
	sealed = secret_email_seal(s, f->a, 7, email);
	twice = secret_email_seal(s, f->a, 7, email);
	assert_false(str_eq(sealed, twice));
	assert_null(memmem(sealed.p, sealed.n, email.p, 4));

	assert_int_equal(
	    secret_email_open(s, f->a, 8, sealed, &out), ERR_CONFIG);
	assert_int_equal(
	    secret_email_open(s, f->a, -7, sealed, &out), ERR_CONFIG);
	assert_int_equal(
	    secret_email_open(other, f->a, 7, sealed, &out), ERR_CONFIG);
	bytes = arena_cstr(f->a, sealed);
	for (size_t i = 0; i < sealed.n; i++) {
		bytes[i] ^= 1;
		assert_int_equal(secret_email_open(s, f->a, 7,
				     (struct str){ bytes, sealed.n }, &out),
		    ERR_CONFIG);
		bytes[i] ^= 1;
	}
	for (size_t n = 0; n < sealed.n; n++)
		assert_int_equal(
		    secret_email_open(s, f->a, 7, str_sub(sealed, 0, n), &out),
		    ERR_CONFIG);
	assert_str(out, "untouched");

	assert_int_equal(secret_email_open(s, f->a, 7, sealed, &out), OK);
	assert_str(out, "Budi@example.org");
	sealed = secret_email_seal(s, f->a, 1, STR(""));
	assert_int_equal(secret_email_open(s, f->a, 1, sealed, &out), OK);
	assert_int_equal(out.n, 0);
	secret_free(s);
	secret_free(other);
}

static void
test_digest(void **state)
{
	/* Every row differs from every other. */
	static const struct {
		enum digest_purpose purpose;
		uint64_t number;
		struct str parts[2];
		size_t n;
	} t[] = {
		{ DIGEST_COMMENT, 0, { STR("ab"), STR("c") }, 2 },
		{ DIGEST_COMMENT, 0, { STR("a"), STR("bc") }, 2 },
		{ DIGEST_COMMENT, 0, { STR("abc"), STR("") }, 2 },
		{ DIGEST_COMMENT, 0, { STR("abc") }, 1 },
		{ DIGEST_COMMENT, 0, { STR("") }, 0 },
		{ DIGEST_COMMENT, 0, { STR("") }, 1 },
		{ DIGEST_COMMENT, 1, { STR("abc") }, 1 },
		{ DIGEST_COMMENT, 256, { STR("abc") }, 1 },
		{ DIGEST_RATE, 0, { STR("abc") }, 1 },
		{ DIGEST_RATE, 1, { STR("abc") }, 1 },
		{ DIGEST_NETWORK, 0, { STR("abc") }, 1 },
	};
	struct fixture *f = *state;
	unsigned char d[ARRAY_LEN(t)][DIGEST_BYTES], again[DIGEST_BYTES];
	struct secret *s;

	assert_int_equal(secret_create(f->key), OK);
	s = load(f, f->key);
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		secret_digest(
		    s, t[i].purpose, t[i].number, t[i].parts, t[i].n, d[i]);
		secret_digest(
		    s, t[i].purpose, t[i].number, t[i].parts, t[i].n, again);
		assert_memory_equal(d[i], again, sizeof(again));
		for (size_t k = 0; k < i; k++)
			if (memcmp(d[i], d[k], sizeof(d[i])) == 0)
				fail_msg("rows %zu and %zu", i, k);
	}
	secret_free(s);
}

static void
test_token(void **state)
{
	const int64_t end = 1800000000;
	static const struct {
		enum token_purpose purpose;
		const char *object;
		int64_t now;
		enum token_state want;
	} t[] = {
		{ TOKEN_STAMP, "5", 0, TOKEN_OK },
		{ TOKEN_STAMP, "5", 1799999999, TOKEN_OK },
		{ TOKEN_STAMP, "5", 1800000000, TOKEN_EXPIRED },
		{ TOKEN_STAMP, "5", 1900000000, TOKEN_EXPIRED },
		{ TOKEN_STAMP, "6", 0, TOKEN_BAD },
		{ TOKEN_STAMP, "", 0, TOKEN_BAD },
		{ TOKEN_STAMP, "55", 1900000000, TOKEN_BAD },
		{ TOKEN_PENDING, "5", 0, TOKEN_BAD },
		{ TOKEN_CSRF, "5", 0, TOKEN_BAD },
		{ TOKEN_LOGIN, "5", 1900000000, TOKEN_BAD },
	};
	struct fixture *f = *state;
	const char *path = fixture_file(f, "other", STR(HEAD HEX "\n"));
	struct secret *s, *other;
	struct str token;

	assert_int_equal(secret_create(f->key), OK);
	s = load(f, f->key);
	other = load(f, path);
	token = token_make(s, f->a, TOKEN_STAMP, STR("5"), end);
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		if (token_check(s, t[i].purpose, str_c(t[i].object), token,
			t[i].now) != t[i].want)
			fail_msg("row %zu", i);
	assert_int_equal(
	    token_check(other, TOKEN_STAMP, STR("5"), token, 0), TOKEN_BAD);
	for (size_t i = 0; i < token.n; i++)
		assert_true(token.p[i] > 0x20 && token.p[i] < 0x7f &&
		    strchr("+/=&%#?;\"", token.p[i]) == NULL);
	secret_free(s);
	secret_free(other);
}

/* No other text is taken for the token: every byte changed, dropped, or
 * doubled, and everything in front of it and behind it. */
static void
tamper(struct arena *a, struct secret *s, struct str object)
{
	struct str token = token_make(s, a, TOKEN_CSRF, object, 1800000000);
	char *p = arena_alloc(a, token.n + 2);

	assert_int_equal(token_check(s, TOKEN_CSRF, object, token, 0),
	    TOKEN_OK);
	for (size_t i = 0; i < token.n; i++) {
		struct str cut, one = { p, token.n };

		for (int c = 0; c < 256; c++) {
			memcpy(p, token.p, token.n);
			p[i] = (char)c;
			if (p[i] != token.p[i] &&
			    token_check(s, TOKEN_CSRF, object, one, 0) !=
				TOKEN_BAD)
				fail_msg("byte %zu as %02x", i, c);
		}
		memcpy(p, token.p, i);
		memcpy(p + i, token.p + i + 1, token.n - i - 1);
		cut = (struct str){ p, token.n - 1 };
		assert_int_equal(token_check(s, TOKEN_CSRF, object, cut, 0),
		    TOKEN_BAD);
		memcpy(p, token.p, i + 1);
		memcpy(p + i + 1, token.p + i, token.n - i);
		cut.n = token.n + 1;
		assert_int_equal(token_check(s, TOKEN_CSRF, object, cut, 0),
		    TOKEN_BAD);
	}
	for (int c = 0; c < 256; c++) {
		struct str more = { p, token.n + 1 };

		memcpy(p, token.p, token.n);
		p[token.n] = (char)c;
		assert_int_equal(token_check(s, TOKEN_CSRF, object, more, 0),
		    TOKEN_BAD);
		memcpy(p + 1, token.p, token.n);
		p[0] = (char)c;
		if (token_check(s, TOKEN_CSRF, object, more, 0) != TOKEN_BAD)
			fail_msg("%02x in front", c);
	}
}

/* So many tokens that every sign stands somewhere. */
static void
test_token_tampering(void **state)
{
	struct fixture *f = *state;
	struct secret *s;

	assert_int_equal(secret_create(f->key), OK);
	s = load(f, f->key);
	for (int i = 0; i < 40; i++)
		tamper(f->a, s, arena_printf(f->a, "%d", i));
	secret_free(s);
}

static void
test_token_junk(void **state)
{
	static const struct str t[] = {
		STR(""),
		STR("."),
		STR(".."),
		STR("6b49d200"),
		STR("6b49d200."),
		STR(".AAAAAAAAAAAAAAAAAAAAAA"),
		STR("0.AAAAAAAAAAAAAAAAAAAAAA"),
		STR("ffffffffffffffffffff.AAAAAAAAAAAAAAAAAAAAAA"),
		STR("-1.AAAAAAAAAAAAAAAAAAAAAA"),
		STR("6B49D200.AAAAAAAAAAAAAAAAAAAAAA"),
		STR("6b49d200.AAAAAAAAAAAAAAAAAAAAAA=="),
		STR("6b49d200.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
		STR("6b49d200.\0AAAAAAAAAAAAAAAAAAAAAA"),
		STR("\0"),
	};
	struct fixture *f = *state;
	struct secret *s;

	assert_int_equal(secret_create(f->key), OK);
	s = load(f, f->key);
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		assert_int_equal(
		    token_check(s, TOKEN_STAMP, STR("5"), t[i], 0), TOKEN_BAD);
	secret_free(s);
}

static void
test_random(void **state)
{
	struct fixture *f = *state;
	struct str x, y;
	unsigned char dx[DIGEST_BYTES], dy[DIGEST_BYTES];
	struct secret *s;

	assert_int_equal(secret_create(f->key), OK);
	s = load(f, f->key);
	x = secret_random(f->a, 32);
	y = secret_random(f->a, 32);
	assert_int_equal(x.n, 43);
	assert_false(str_eq(x, y));
	secret_token_digest(x, dx);
	secret_token_digest(y, dy);
	assert_memory_not_equal(dx, dy, sizeof(dx));
	secret_token_digest(x, dy);
	assert_memory_equal(dx, dy, sizeof(dx));
	secret_free(s);
}

static int64_t
microseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static void
test_password(void **state)
{
	struct fixture *f = *state;
	const struct str word = STR("rahasia sekali");
	struct str hash, again, cut;
	struct secret *s;

	assert_int_equal(secret_create(f->key), OK);
	s = load(f, f->key);
	assert_int_equal(password_hash(s, f->a, word, &hash), OK);
	assert_int_equal(password_hash(s, f->a, word, &again), OK);
	assert_false(str_eq(hash, again));
	assert_true(str_starts(hash, STR("$argon2id$")));
	assert_null(memmem(hash.p, hash.n, "rahasia", 7));
	assert_int_equal(password_check(s, word, hash), OK);
	assert_int_equal(password_check(s, word, again), OK);
	assert_int_equal(
	    password_check(s, STR("rahasia sekal"), hash), ERR_DENIED);
	assert_int_equal(
	    password_check(s, STR("rahasia sekali "), hash), ERR_DENIED);
	assert_int_equal(
	    password_check(s, STR("Rahasia sekali"), hash), ERR_DENIED);
	assert_int_equal(
	    password_check(s, STR("rahasia sekali\0x"), hash), ERR_DENIED);
	assert_int_equal(password_check(s, STR(""), hash), ERR_DENIED);
	cut = str_sub(hash, 0, hash.n - 1);
	assert_int_equal(password_check(s, word, cut), ERR_DENIED);
	secret_free(s);
}

/* What nobody's password has costs as much as a wrong password: else the
 * time tells who is there and may not sign in. */
static void
test_password_cost(void **state)
{
	static const char *const hashes[] = { "", "*", "!", "x",
		"$argon2id$v=19$m=65536" };
	struct fixture *f = *state;
	const struct str word = STR("rahasia sekali");
	int64_t from, honest;
	struct secret *s;
	struct str hash;

	assert_int_equal(secret_create(f->key), OK);
	s = load(f, f->key);
	assert_int_equal(password_hash(s, f->a, word, &hash), OK);
	from = microseconds();
	assert_int_equal(password_check(s, STR("wrong"), hash), ERR_DENIED);
	honest = microseconds() - from;
	for (size_t i = 0; i < ARRAY_LEN(hashes); i++) {
		from = microseconds();
		assert_int_equal(
		    password_check(s, word, str_c(hashes[i])), ERR_DENIED);
		assert_int_equal(
		    password_check(s, str_c(hashes[i]), str_c(hashes[i])),
		    ERR_DENIED);
		/* Two tries against a fifth of one: not shaken by load. */
		if (microseconds() - from < honest / 5)
			fail_msg("\"%s\" is refused without work", hashes[i]);
	}
	secret_free(s);
}

static void
test_password_generate(void **state)
{
	struct fixture *f = *state;
	struct str last = STR("");
	struct secret *s;

	assert_int_equal(secret_create(f->key), OK);
	s = load(f, f->key);
	for (int round = 0; round < 200; round++) {
		struct str p = password_generate(f->a);

		assert_int_equal(p.n, 23);
		assert_true(p.n >= PASSWORD_MIN_BYTES);
		assert_int_equal(p.p[p.n], '\0');
		for (size_t i = 0; i < p.n; i++) {
			if (i % 6 == 5)
				assert_int_equal(p.p[i], '-');
			else
				assert_non_null(
				    memchr("23456789abcdefghjkmnpqrstuvwxyz",
					p.p[i], 31));
		}
		assert_false(str_eq(p, last));
		last = p;
	}
	secret_free(s);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_open_empty, fixture_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_key_file),
		TEST(test_key_mode),
		TEST(test_key_garbage),
		TEST(test_key_missing),
		TEST(test_email_index),
		TEST(test_seal),
		TEST(test_digest),
		TEST(test_token),
		TEST(test_token_tampering),
		TEST(test_token_junk),
		TEST(test_random),
		TEST(test_password),
		TEST(test_password_cost),
		TEST(test_password_generate),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
