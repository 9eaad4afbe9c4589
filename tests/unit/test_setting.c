/* Settings: every row, what it takes and what it does not. */
#include "fixture.h"

#include "setting.h"

static struct str
repeat(struct arena *a, const char *what, size_t times)
{
	size_t n = strlen(what);
	char *p = arena_alloc(a, n * times + 1);

	for (size_t i = 0; i < times; i++)
		memcpy(p + i * n, what, n);
	return (struct str){ p, n * times };
}

static void
test_rows(void **state)
{
	static const struct {
		const char *name;
		struct str value;
		const char *says; /* NULL: taken */
	} t[] = {
		{ "title", STR("x"), NULL },
		{ "title", STR("Kopi & <teh> \xE2\x98\x95"), NULL },
		{ "title", STR(""), "1 to 200 bytes" },
		{ "title", STR("a\xC3"), "UTF-8" },
		{ "title", STR("a\xED\xA0\x80"), "UTF-8" },
		{ "title", STR("a\0b"), "control" },
		{ "title", STR("a\x1B[2J"), "control" },
		{ "title", STR("a\nb"), "control" },
		{ "title", STR("a\tb"), "control" },
		{ "title", STR("a\r"), "control" },
		{ "title", STR("  "), "1 to 200 bytes" },
		{ "tagline", STR(""), NULL },
		{ "tagline", STR("x"), NULL },
		{ "tagline", STR("\x7F"), "control" },
		{ "tagline", STR("\xFF"), "UTF-8" },
		{ "tagline", STR("a\nb"), "control" },
		{ "language", STR("en"), NULL },
		{ "language", STR("id"), NULL },
		{ "language", STR(""), "no such language" },
		{ "language", STR("EN"), "no such language" },
		{ "language", STR("en "), "no such language" },
		{ "language", STR("xx"), "no such language" },
		{ "language", STR("en\0"), "no such language" },
		{ "time_zone", STR("UTC"), NULL },
		{ "time_zone", STR("Asia/Jakarta"), NULL },
		{ "time_zone", STR(""), "no such time zone" },
		{ "time_zone", STR("Asia/Atlantis"), "no such time zone" },
		{ "time_zone", STR("../../etc/passwd"), "no such time zone" },
		{ "time_zone", STR("/etc/localtime"), "no such time zone" },
		{ "time_zone", STR("WIB-7"), "no such time zone" },
		{ "posts_per_page", STR("1"), NULL },
		{ "posts_per_page", STR("100"), NULL },
		{ "posts_per_page", STR("0"), "from 1 to 100" },
		{ "posts_per_page", STR("101"), "from 1 to 100" },
		{ "posts_per_page", STR(""), "from 1 to 100" },
		{ "posts_per_page", STR("-1"), "from 1 to 100" },
		{ "posts_per_page", STR("+1"), "from 1 to 100" },
		{ "posts_per_page", STR("010"), "from 1 to 100" },
		{ "posts_per_page", STR("1.0"), "from 1 to 100" },
		{ "posts_per_page", STR("4294967297"), "from 1 to 100" },
		{ "posts_per_page", STR("18446744073709551617"),
		    "from 1 to 100" },
		{ "thread_depth", STR("1"), NULL },
		{ "thread_depth", STR("10"), NULL },
		{ "thread_depth", STR("0"), "from 1 to 10" },
		{ "thread_depth", STR("11"), "from 1 to 10" },
		{ "require_name_email", STR("0"), NULL },
		{ "require_name_email", STR("1"), NULL },
		{ "require_name_email", STR("2"), "0 or 1" },
		{ "require_name_email", STR("yes"), "0 or 1" },
		{ "require_name_email", STR(""), "0 or 1" },
		{ "colour", STR("red"), "no such setting" },
		{ "Title", STR("x"), "no such setting" },
		{ "", STR("x"), "no such setting" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		const char *why =
		    setting_refuse(f->a, str_c(t[i].name), t[i].value);

		if ((why == NULL) != (t[i].says == NULL) ||
		    (why != NULL && strstr(why, t[i].says) == NULL))
			fail_msg("row %zu, %s: %s", i, t[i].name,
			    why == NULL ? "taken" : why);
	}
}

/* Bytes, not letters. */
static void
test_lengths(void **state)
{
	static const struct {
		const char *name, *what;
		size_t times;
		bool ok;
	} t[] = {
		{ "title", "a", 200, true },
		{ "title", "a", 201, false },
		{ "title", "\xC3\xA9", 100, true },
		{ "title", "\xC3\xA9", 101, false },
		{ "tagline", "a", 300, true },
		{ "tagline", "a", 301, false },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct str v = repeat(f->a, t[i].what, t[i].times);
		const char *why = setting_refuse(f->a, str_c(t[i].name), v);

		if ((why == NULL) != t[i].ok)
			fail_msg("row %zu", i);
	}
}

static void
load(struct fixture *f, struct settings *s)
{
	assert_int_equal(setting_load(f->pub, f->a, s), OK);
}

static void
test_defaults(void **state)
{
	struct fixture *f = *state;
	struct settings s;
	size_t n = 0;

	load(f, &s);
	assert_str(s.title, "Balas");
	assert_str(s.tagline, "");
	assert_int_equal(s.lang, LANG_en);
	assert_str(s.time_zone, "UTC");
	assert_int_equal(s.posts_per_page, 10);
	assert_int_equal(s.thread_depth, 5);
	assert_true(s.require_name_email);
	/* A default would be taken, and is printed as it would be given. */
	for (; setting_name(n) != NULL; n++)
		assert_null(setting_refuse(
		    f->a, str_c(setting_name(n)), setting_value(f->a, &s, n)));
	assert_int_equal(n, 7);
}

struct pair {
	const char *name, *value;
};

static enum err
set(struct db *db, void *arg)
{
	const struct pair *p = arg;

	return setting_set(db, str_c(p->name), str_c(p->value));
}

static void
test_set(void **state)
{
	static const struct pair t[] = {
		{ "title", "Kopi" },
		{ "tagline", "pagi" },
		{ "language", "id" },
		{ "time_zone", "Asia/Jakarta" },
		{ "posts_per_page", "7" },
		{ "thread_depth", "10" },
		{ "require_name_email", "0" },
		{ "title", "Kopi lagi" },
	};
	struct fixture *f = *state;
	struct settings s;

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct pair p = t[i];
		int64_t was = fixture_int(f, "SELECT version FROM site");

		assert_int_equal(store_write(f->store, set, &p), OK);
		/* Every page has changed. */
		assert_true(fixture_int(f, "SELECT version FROM site") > was);
		assert_int_equal(
		    fixture_int(f, "SELECT version = clock FROM site"), 1);
	}
	load(f, &s);
	assert_str(s.title, "Kopi lagi");
	assert_str(s.tagline, "pagi");
	assert_int_equal(s.lang, LANG_id);
	assert_str(s.time_zone, "Asia/Jakarta");
	assert_int_equal(s.posts_per_page, 7);
	assert_int_equal(s.thread_depth, 10);
	assert_false(s.require_name_email);
	for (size_t i = 0; setting_name(i) != NULL; i++)
		for (size_t k = 1; k < ARRAY_LEN(t); k++)
			if (strcmp(setting_name(i), t[k].name) == 0)
				assert_str(
				    setting_value(f->a, &s, i), t[k].value);
}

/* What another version or a hand wrote falls back to the default; but the
 * wrong hour is worse than none, so a zone stays what it is. */
static void
test_nonsense(void **state)
{
	struct fixture *f = *state;
	struct settings s;

	fixture_exec(f,
	    "INSERT INTO setting (name, value) VALUES"
	    " ('title', ''), ('language', 'tlh'), ('time_zone', '../x'),"
	    " ('posts_per_page', '0'), ('thread_depth', '99999999999'),"
	    " ('require_name_email', 'maybe'), ('colour', 'red')");
	load(f, &s);
	assert_str(s.title, "Balas");
	assert_int_equal(s.lang, LANG_en);
	assert_str(s.time_zone, "../x");
	assert_int_equal(s.posts_per_page, 10);
	assert_int_equal(s.thread_depth, 5);
	assert_true(s.require_name_email);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_rows),
		TEST(test_lengths),
		TEST(test_defaults),
		TEST(test_set),
		TEST(test_nonsense),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
