/* People who can sign in. */
#include "fixture.h"

static void
test_capabilities(void **state)
{
	static const struct {
		enum role role;
		bool nothing, sign_out, moderate, write;
	} t[] = {
		{ ROLE_NONE, true, false, false, false },
		{ ROLE_CONTRIBUTOR, true, true, false, false },
		{ ROLE_AUTHOR, true, true, false, false },
		{ ROLE_MODERATOR, true, true, true, false },
		{ ROLE_EDITOR, true, true, true, true },
		{ ROLE_ADMINISTRATOR, true, true, true, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct user u = { .role = t[i].role };

		assert_int_equal(t[i].role, i);
		assert_int_equal(user_can(&u, CAN_NOTHING), t[i].nothing);
		assert_int_equal(user_can(&u, CAN_SIGN_OUT), t[i].sign_out);
		assert_int_equal(user_can(&u, CAN_MODERATE), t[i].moderate);
		assert_int_equal(user_can(&u, CAN_WRITE), t[i].write);
	}
}

static void
test_roles(void **state)
{
	static const char *const bad[] = { "", "Editor", "editor ", "root",
		"none" };
	enum role r = ROLE_MODERATOR;

	(void)state;
	for (int i = ROLE_CONTRIBUTOR; i <= ROLE_ADMINISTRATOR; i++) {
		assert_true(role_find(str_c(role_name((enum role)i)), &r));
		assert_int_equal(r, i);
	}
	r = ROLE_MODERATOR;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(role_find(str_c(bad[i]), &r));
	assert_int_equal(r, ROLE_MODERATOR);
}

static void
test_logins(void **state)
{
	static const struct {
		struct str login;
		bool ok;
	} t[] = {
		{ STR("a"), true },
		{ STR("sari.dewi_2-x"), true },
		{ STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		      "aaaaa"),
		    true },
		{ STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		      "aaaaaa"),
		    false },
		{ STR(""), false },
		{ STR("Sari"), false },
		{ STR("sari dewi"), false },
		{ STR("sari@example.org"), false },
		{ STR("sari\n"), false },
		{ STR("sari\0"), false },
		{ STR("s\xC3\xA1ri"), false },
		{ STR("\xD1\x95\xD0\xB0ri"), false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		if (login_ok(t[i].login) != t[i].ok)
			fail_msg("row %zu", i);
}

static void
test_add(void **state)
{
	struct fixture *f = *state;
	struct user u = { .login = STR("budi"),
		.display = STR("Budi <b>"),
		.role = ROLE_MODERATOR,
		.lang = STR("id") };
	struct user got = { .id = -1 };
	struct str hash;

	assert_int_equal(user_add(f->store, &u, STR("$x"), f->now), OK);
	assert_true(u.id > f->user);
	assert_int_equal(
	    user_by_login(f->staff, f->a, STR("budi"), &got, &hash), OK);
	assert_int_equal(got.id, u.id);
	assert_str(got.display, "Budi <b>");
	assert_str(got.lang, "id");
	assert_int_equal(got.role, ROLE_MODERATOR);
	assert_str(hash, "$x");

	assert_int_equal(
	    user_add(f->store, &u, STR("$y"), f->now), ERR_CONFLICT);
	assert_int_equal(
	    user_by_login(f->staff, f->a, STR("budi"), &got, &hash), OK);
	assert_str(hash, "$x");

	u.login = STR("");
	assert_int_equal(
	    user_add(f->store, &u, STR("$x"), f->now), ERR_CONFLICT);
	u.login = STR("tono");
	u.role = ROLE_NONE;
	assert_int_equal(
	    user_add(f->store, &u, STR("$x"), f->now), ERR_CONFLICT);
}

static void
test_not_found(void **state)
{
	static const char *const logins[] = { "", "nobody", "SARI", "sari ",
		"Sari Dewi", "sari' OR '1'='1" };
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(logins); i++) {
		struct user got = { .id = -1 };
		struct str hash = STR("x");

		assert_int_equal(user_by_login(f->staff, f->a, str_c(logins[i]),
				     &got, &hash),
		    ERR_NOTFOUND);
		assert_int_equal(got.id, -1);
		assert_int_equal(hash.n, 0);
		assert_int_equal(
		    user_set_password(f->store, str_c(logins[i]), STR("$z")),
		    ERR_NOTFOUND);
	}
}

/* Ids of people who left are not given to others. */
static void
test_ids_are_not_reused(void **state)
{
	struct fixture *f = *state;
	int64_t id = fixture_user(f, "budi", "Budi", ROLE_AUTHOR);

	fixture_exec(f, "DELETE FROM user WHERE login = 'budi'");
	assert_true(fixture_user(f, "tono", "Tono", ROLE_AUTHOR) > id);
}

struct seen {
	int n;
	char logins[64];
};

static void
note(void *arg, const struct user *u, int64_t created_at)
{
	struct seen *s = arg;
	size_t at = strlen(s->logins);

	assert_true(created_at > 0);
	snprintf(s->logins + at, sizeof(s->logins) - at, "%.*s ",
	    (int)u->login.n, u->login.p);
	s->n++;
}

static void
test_each(void **state)
{
	struct fixture *f = *state;
	struct seen s = { 0 };

	fixture_user(f, "zaki", "Zaki", ROLE_AUTHOR);
	fixture_user(f, "ani", "Ani", ROLE_ADMINISTRATOR);
	assert_int_equal(user_each(f->staff, f->a, note, &s), OK);
	assert_string_equal(s.logins, "sari zaki ani ");
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_capabilities),
		cmocka_unit_test(test_roles),
		cmocka_unit_test(test_logins),
		TEST(test_add),
		TEST(test_not_found),
		TEST(test_ids_are_not_reused),
		TEST(test_each),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
