/* Signed-in browsers: how a session begins, and every way it ends. */
#include "fixture.h"

#include "session.h"

#define DAY_S 86400

static struct str
begin(struct fixture *f, int64_t user, int64_t now)
{
	struct str token = STR("");

	assert_int_equal(session_begin(f->store, f->a, user, now, &token), OK);
	return token;
}

/* The user's id, or 0. */
static int64_t
whose(struct fixture *f, struct str token, int64_t now)
{
	struct user u = { .id = -1 };
	enum err e = session_user(f->store, f->staff, f->a, token, now, &u);

	if (e == OK)
		return u.id;
	assert_int_equal(e, ERR_NOTFOUND);
	assert_int_equal(u.id, -1);
	return 0;
}

static void
test_user(void **state)
{
	struct fixture *f = *state;
	struct str token = begin(f, f->user, f->now);
	struct user u;

	assert_true(token.n >= 43);
	assert_int_equal(
	    session_user(f->store, f->staff, f->a, token, f->now, &u), OK);
	assert_int_equal(u.id, f->user);
	assert_str(u.login, "sari");
	assert_str(u.display, "Sari Dewi");
	assert_int_equal(u.role, ROLE_EDITOR);
}

static void
test_idle(void **state)
{
	/* Uses, in seconds after the beginning; the last one fails. */
	static const struct {
		int64_t at[4];
	} t[] = {
		{ { 0, SESSION_IDLE_S - 1, 2 * SESSION_IDLE_S - 2,
		    3 * SESSION_IDLE_S - 2 } },
		{ { 0, 1, 2, SESSION_IDLE_S + 2 } },
		/* uses within a minute are not noted */
		{ { 0, 59, 59, SESSION_IDLE_S } },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct str token = begin(f, f->user, f->now);

		for (size_t k = 0; k < 3; k++)
			assert_int_equal(
			    whose(f, token, f->now + t[i].at[k]), f->user);
		assert_int_equal(whose(f, token, f->now + t[i].at[3]), 0);
	}
}

static void
test_absolute(void **state)
{
	struct fixture *f = *state;
	struct str token = begin(f, f->user, f->now);

	for (int64_t at = 0; at < SESSION_ABSOLUTE_S; at += DAY_S)
		assert_int_equal(whose(f, token, f->now + at), f->user);
	assert_int_equal(
	    whose(f, token, f->now + SESSION_ABSOLUTE_S - 1), f->user);
	assert_int_equal(whose(f, token, f->now + SESSION_ABSOLUTE_S), 0);
}

static void
test_clock_set_back(void **state)
{
	struct fixture *f = *state;
	struct str token = begin(f, f->user, f->now);

	assert_int_equal(whose(f, token, f->now - DAY_S), f->user);
	assert_int_equal(whose(f, token, f->now + SESSION_IDLE_S - 1), f->user);
}

static void
test_rotation(void **state)
{
	struct fixture *f = *state;
	struct str first = begin(f, f->user, f->now);
	struct str second = begin(f, f->user, f->now);

	assert_false(str_eq(first, second));
	assert_int_equal(whose(f, first, f->now), f->user);
	assert_int_equal(whose(f, second, f->now), f->user);
	assert_int_equal(session_end(f->store, first), OK);
	assert_int_equal(whose(f, first, f->now), 0);
	assert_int_equal(whose(f, second, f->now), f->user);
	assert_int_equal(session_end(f->store, first), OK);
	assert_int_equal(session_end(f->store, STR("")), OK);
	assert_int_equal(whose(f, second, f->now), f->user);
}

static void
test_password_change(void **state)
{
	struct fixture *f = *state;
	int64_t budi = fixture_user(f, "budi", "Budi", ROLE_AUTHOR);
	struct str one = begin(f, f->user, f->now);
	struct str two = begin(f, f->user, f->now);
	struct str other = begin(f, budi, f->now);

	assert_int_equal(
	    user_set_password(f->store, STR("sari"), STR("$n")), OK);
	assert_int_equal(whose(f, one, f->now), 0);
	assert_int_equal(whose(f, two, f->now), 0);
	assert_int_equal(whose(f, other, f->now), budi);
	assert_str(
	    fixture_text(f, "SELECT password FROM user WHERE login = 'sari'"),
	    "$n");
}

static void
test_not_a_token(void **state)
{
	struct fixture *f = *state;
	struct str token = begin(f, f->user, f->now);
	char *p = arena_cstr(f->a, token);

	assert_int_equal(whose(f, STR(""), f->now), 0);
	assert_int_equal(whose(f, str_sub(token, 0, token.n - 1), f->now), 0);
	for (size_t i = 0; i < token.n; i++) {
		p[i] ^= 1;
		assert_int_equal(
		    whose(f, (struct str){ p, token.n }, f->now), 0);
		p[i] ^= 1;
	}
	/* What the table holds is of no use in a cookie. */
	assert_int_equal(
	    whose(f, fixture_text(f, "SELECT digest FROM session"), f->now), 0);
	assert_int_equal(
	    whose(f, fixture_text(f, "SELECT lower(hex(digest)) FROM session"),
		f->now),
	    0);
}

/* The token is nowhere in the file. */
static void
test_only_the_digest(void **state)
{
	struct fixture *f = *state;
	struct str token = begin(f, f->user, f->now);
	unsigned char digest[DIGEST_BYTES];

	secret_token_digest(token, digest);
	assert_int_equal(fixture_int(f, "SELECT length(digest) FROM session"),
	    sizeof(digest));
	assert_memory_equal(fixture_text(f, "SELECT digest FROM session").p,
	    digest, sizeof(digest));
}

static void
test_purge(void **state)
{
	struct fixture *f = *state;
	struct str token;

	begin(f, f->user, f->now);
	begin(f, f->user, f->now + 1);
	token = begin(f, f->user, f->now + SESSION_ABSOLUTE_S);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM session"), 2);
	assert_int_equal(whose(f, token, f->now + SESSION_ABSOLUTE_S), f->user);
}

static void
test_user_gone(void **state)
{
	struct fixture *f = *state;
	struct str token = STR("untouched");
	int64_t budi = fixture_user(f, "budi", "Budi", ROLE_AUTHOR);

	token = begin(f, budi, f->now);
	fixture_exec(f,
	    "PRAGMA foreign_keys = ON; DELETE FROM user WHERE login = 'budi'");
	assert_int_equal(whose(f, token, f->now), 0);
	assert_int_equal(
	    session_begin(f->store, f->a, budi, f->now, &token), ERR_CONFLICT);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_user),
		TEST(test_idle),
		TEST(test_absolute),
		TEST(test_clock_set_back),
		TEST(test_rotation),
		TEST(test_password_change),
		TEST(test_not_a_token),
		TEST(test_only_the_digest),
		TEST(test_purge),
		TEST(test_user_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
