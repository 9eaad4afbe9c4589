/* The look: what is built in, and what a directory puts in its place. */
#include "fixture.h"

#include <sys/stat.h>

#include "theme.h"

static struct theme *
load(struct fixture *f, const char *dir)
{
	struct conf c = { .theme = dir };
	struct theme *t = NULL;
	const char *why = "";

	if (theme_load(f->a, &c, &t, &why) != OK)
		fail_msg("%s", why);
	return t;
}

static void
refused(struct fixture *f, const char *dir, const char *begins,
    const char *says)
{
	struct conf c = { .theme = dir };
	struct theme *t = NULL;
	const char *why = "";

	assert_int_equal(theme_load(f->a, &c, &t, &why), ERR_CONFIG);
	assert_null(t);
	if (strncmp(why, begins, strlen(begins)) != 0 ||
	    strstr(why, says) == NULL)
		fail_msg("%s", why);
}

static void
make_dirs(struct fixture *f)
{
	mkdir(arena_printf(f->a, "%s/tmpl", f->dir).p, 0755);
	mkdir(arena_printf(f->a, "%s/static", f->dir).p, 0755);
}

static void
test_builtin(void **state)
{
	static const struct str bad[] = { STR(""), STR("tmpl/"),
		STR("tmpl/none.html"), STR("style.css"),
		STR("../static/style.css"), STR("static/style.css\0") };
	struct fixture *f = *state;
	struct theme *t = load(f, NULL);
	struct str bytes;
	size_t n = 0;

	for (; builtin_name(n) != NULL; n++)
		assert_true(builtin_file(str_c(builtin_name(n)), &bytes));
	assert_true(n > 10);
	assert_null(builtin_name(n + 1000));
	assert_true(builtin_file(STR("static/style.css"), &bytes));
	assert_true(bytes.n > 0);
	bytes = STR("untouched");
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(builtin_file(bad[i], &bytes));
	assert_str(bytes, "untouched");
	assert_non_null(theme_templates(t));
	theme_free(t);
	theme_free(NULL);
}

static void
test_assets(void **state)
{
	struct fixture *f = *state;
	struct theme *t = load(f, NULL);
	struct str path = theme_asset_path(t, "style.css"), bytes;
	struct asset a = { .type = "untouched" };
	const struct {
		struct str hashed;
		bool there;
	} rows[] = {
		{ str_sub(path, 7, path.n), true },
		{ path, false },
		{ str_sub(path, 7, path.n - 1), false },
		{ STR("style.css"), false },
		{ STR("style..css"), false },
		{ STR("style.000000000000.css"), false },
		{ STR(""), false },
		{ STR("../tmpl/home.html"), false },
		{ arena_printf(f->a, "%.*s/", (int)path.n - 7, path.p + 7),
		    false },
	};

	assert_true(str_starts(path, STR("static/style.")));
	assert_str(str_sub(path, path.n - 4, path.n), ".css");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		a.type = "untouched";
		if ((theme_asset(t, rows[i].hashed, &a) == OK) !=
		    rows[i].there)
			fail_msg("row %zu", i);
		assert_string_equal(a.type,
		    rows[i].there ? "text/css; charset=utf-8" : "untouched");
	}
	assert_int_equal(theme_asset(t, rows[0].hashed, &a), OK);
	assert_true(builtin_file(STR("static/style.css"), &bytes));
	assert_true(str_eq(a.bytes, bytes));
	theme_free(t);
}

static void
test_own_files(void **state)
{
	struct fixture *f = *state;
	struct theme *own, *builtin = load(f, NULL), *same;
	struct str path, plain = theme_asset_path(builtin, "style.css");
	struct asset a;

	/* A directory without files changes nothing. */
	same = load(f, f->dir);
	assert_true(str_eq(theme_build(same), theme_build(builtin)));
	theme_free(same);

	make_dirs(f);
	fixture_file(f, "static/style.css", STR("body{}\n"));
	fixture_file(f, "static/none.css", STR("not ours"));
	own = load(f, f->dir);
	path = theme_asset_path(own, "style.css");
	assert_false(str_eq(path, plain));
	assert_int_equal(theme_asset(own, str_sub(path, 7, path.n), &a), OK);
	assert_str(a.bytes, "body{}\n");
	/* The address of the other content is nothing here. */
	assert_int_equal(theme_asset(own, str_sub(plain, 7, plain.n), &a),
	    ERR_NOTFOUND);
	assert_false(str_eq(theme_build(own), theme_build(builtin)));
	theme_free(own);

	fixture_file(f, "static/style.css", STR(""));
	own = load(f, f->dir);
	path = theme_asset_path(own, "style.css");
	assert_int_equal(theme_asset(own, str_sub(path, 7, path.n), &a), OK);
	assert_int_equal(a.bytes.n, 0);
	theme_free(own);
	theme_free(builtin);
}

static void
test_own_templates(void **state)
{
	static const struct {
		const char *text, *says;
	} t[] = {
		{ "{{#articles}}", ":1: " },
		{ "\n\n{{nonsense_name}}", ":3: " },
		{ "\n{{> none}}", ":2: " },
		{ "{{{title}}}", ":1: " },
		{ "<a href={{url}}>", ":1: " },
		{ "<p>\n{{t.none}}\n", ":2: " },
	};
	struct fixture *f = *state;
	struct theme *own, *builtin = load(f, NULL);
	const char *path;

	make_dirs(f);
	path = fixture_file(f, "tmpl/home.html", STR("<p>{{title}}</p>\n"));
	own = load(f, f->dir);
	assert_false(str_eq(theme_build(own), theme_build(builtin)));
	theme_free(own);
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		fixture_file(f, "tmpl/home.html", str_c(t[i].text));
		refused(f, f->dir, path, t[i].says);
	}
	theme_free(builtin);
}

static void
test_unusable(void **state)
{
	struct fixture *f = *state;
	const char *path;
	char *big = arena_alloc(f->a, 1024 * 1024 + 1);

	/* A misspelt directory must not be a blog in the built-in look. */
	path = arena_printf(f->a, "%s/none", f->dir).p;
	refused(f, path, path, "no such directory");
	path = fixture_file(f, "file", STR("x"));
	refused(f, path, path, "no such directory");

	make_dirs(f);
	memset(big, ' ', 1024 * 1024 + 1);
	path = fixture_file(f, "static/style.css",
	    (struct str){ big, 1024 * 1024 + 1 });
	refused(f, f->dir, path, "1 MiB");
	fixture_file(f, "static/style.css", (struct str){ big, 1024 * 1024 });
	theme_free(load(f, f->dir));
	path = arena_printf(f->a, "%s/tmpl/home.html", f->dir).p;
	mkdir(path, 0755);
	refused(f, f->dir, path, "");
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_open_empty,              \
	    fixture_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_builtin),
		TEST(test_assets),
		TEST(test_own_files),
		TEST(test_own_templates),
		TEST(test_unusable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
