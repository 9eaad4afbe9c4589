/* The configuration file: what is taken, and where the first mistake is. */
#include "fixture.h"

#include <stdlib.h>
#include <unistd.h>

#include "conf.h"

#define URL  "url = https://example.org/\n"
#define LINE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static void
test_bad(void **state)
{
	/* where: the line, 0 for none; what the message says. */
	static const struct {
		struct str text;
		int line;
		const char *says;
	} t[] = {
		{ STR(""), 0, "no url" },
		{ STR("# url = https://example.org/\n"), 0, "no url" },
		{ STR("threads = 4\n"), 0, "no url" },
		{ STR("\n\nfoo\n" URL), 3, "key = value" },
		{ STR(URL "color = red\n"), 2, "unknown key 'color'" },
		{ STR(URL "URL = https://example.org/\n"), 2, "unknown key" },
		{ STR(URL "= 4\n"), 2, "unknown key ''" },
		{ STR(URL "\x1B[2J = 4\n"), 2, "unknown key '\\x1b" },
		{ STR("url =\n"), 1, "url must look like" },
		{ STR("url = example.org\n"), 1, "url must look like" },
		{ STR("url = https://example.org\n"), 1, "url must" },
		{ STR("url = https://example.org/blog\n"), 1, "url must" },
		{ STR(URL "threads = 0\n"), 2, "from 1 to 256" },
		{ STR(URL "threads = 257\n"), 2, "from 1 to 256" },
		{ STR(URL "threads = -1\n"), 2, "from 1 to 256" },
		{ STR(URL "threads = 4x\n"), 2, "from 1 to 256" },
		{ STR(URL "threads = 04\n"), 2, "from 1 to 256" },
		{ STR(URL "threads =\n"), 2, "from 1 to 256" },
		{ STR(URL "threads = 18446744073709551617\n"), 2, "from 1" },
		{ STR(URL "theme =\n"), 2, "theme must name" },
		{ STR(URL "hosts = a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q\n"), 2,
		    "at most 16" },
		/* the first mistake is told, not the last */
		{ STR("threads = 0\n" URL), 1, "from 1 to 256" },
		{ STR("threads = 0\nthreads = x\ncolor = red\n" URL), 1,
		    "from 1 to 256" },
		{ STR("foo\n" URL "threads = 0\n"), 1, "key = value" },
		{ STR("color = red\nfoo\n"), 1, "unknown key 'color'" },
		/* said twice: which one is meant? */
		{ STR(URL "url = https://example.com/\n"), 2, "twice" },
		{ STR(URL "threads = 4\n\nthreads = 4\n"), 4, "twice" },
		{ STR("hosts = a.example\nhosts = b.example\n" URL), 2,
		    "twice" },
		/* an indented line is a line, not more of the one before */
		{ STR(URL "theme = x\n  color = red\n"), 3, "unknown key" },
		{ STR("theme = x\n\tfoo\n" URL), 2, "key = value" },
		{ STR(URL "[server]\n"), 2, "sections" },
		{ STR("[]\n" URL), 1, "sections" },
		{ STR("#\n [server]\nthreads = 0\n" URL), 2, "sections" },
		/* what does not fit is not cut */
		{ STR("theme = " LINE LINE LINE LINE "\n" URL), 1, "long" },
		{ STR("#" LINE LINE LINE LINE "\n" URL "foo\n"), 1, "long" },
		{ STR(URL "theme = a\0b\n"), 2, "NUL" },
		{ STR(URL "theme = a\0b"), 2, "NUL" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		const char *path = fixture_file(f, "balas.conf", t[i].text);
		const char *why = "", *where = path;
		struct conf c = { .threads = -7 };
		enum err e = conf_load(f->a, f->dir, &c, &why);

		if (e != ERR_CONFIG)
			fail_msg("row %zu: %s", i, err_name(e));
		assert_int_equal(c.threads, -7);
		if (t[i].line > 0)
			where = arena_printf(f->a, "%s:%d", path, t[i].line).p;
		where = arena_printf(f->a, "%s: ", where).p;
		if (strncmp(why, where, strlen(where)) != 0 ||
		    strstr(why, t[i].says) == NULL)
			fail_msg("row %zu: %s", i, why);
	}
}

static void
test_missing(void **state)
{
	struct fixture *f = *state;
	const char *why = "";
	struct conf c;

	assert_int_equal(conf_load(f->a, f->dir, &c, &why), ERR_CONFIG);
	assert_non_null(strstr(why, "/balas.conf: "));
	assert_non_null(strstr(why, "balas init"));
}

static void
test_good(void **state)
{
	struct fixture *f = *state;
	const char *why = "";
	struct conf c;

	fixture_file(f, "balas.conf",
	    STR("\xEF\xBB\xBF# ours\r\n"
		"\r\n"
		"  url  =  https://example.org/blog/  \r\n"
		"hosts = example.org, www.example.org ,,[::1],\r\n"
		"; mine\n"
		"threads = 256\n"
		"theme = themes/kopi"));
	if (conf_load(f->a, f->dir, &c, &why) != OK)
		fail_msg("%s", why);
	assert_str(c.url, "https://example.org/blog/");
	assert_str(c.origin, "https://example.org");
	assert_str(c.base, "/blog/");
	assert_true(c.https);
	assert_int_equal(c.nhosts, 3);
	assert_str(c.hosts[0], "example.org");
	assert_str(c.hosts[1], "www.example.org");
	assert_str(c.hosts[2], "[::1]");
	assert_int_equal(c.threads, 256);
	assert_string_equal(
	    c.theme, arena_printf(f->a, "%s/themes/kopi", f->dir).p);
	assert_string_equal(c.db, f->db);
	assert_string_equal(c.key, f->key);
	assert_string_equal(c.lock, f->lock);
}

static void
test_defaults(void **state)
{
	struct fixture *f = *state;
	const char *why = "";
	struct conf c;

	fixture_file(f, "balas.conf",
	    STR("url: http://127.0.0.1:8080/\ntheme = /srv/theme\nhosts =\n"));
	if (conf_load(f->a, f->dir, &c, &why) != OK)
		fail_msg("%s", why);
	assert_str(c.origin, "http://127.0.0.1:8080");
	assert_str(c.base, "/");
	assert_false(c.https);
	assert_int_equal(c.nhosts, 0);
	assert_true(c.threads >= 4 && c.threads <= 256);
	assert_string_equal(c.theme, "/srv/theme");

	fixture_file(f, "balas.conf", STR(URL));
	assert_int_equal(conf_load(f->a, f->dir, &c, &why), OK);
	assert_null(c.theme);
}

static void
test_url(void **state)
{
	static const struct {
		const char *url;
		bool ok;
	} t[] = {
		{ "https://example.org/", true },
		{ "http://example.org/", true },
		{ "http://localhost:8080/", true },
		{ "http://127.0.0.1:1/a/b/", true },
		{ "http://[::1]:8080/", true },
		{ "http://[2001:db8::1]/blog/", true },
		{ "https://xn--caf-dma.example:65535/~budi/a.b_c-d/", true },
		{ "", false },
		{ "/", false },
		{ "https://", false },
		{ "https:///", false },
		{ "https:////", false },
		{ "https://example.org", false },
		{ "https://example.org/blog", false },
		{ "HTTPS://example.org/", false },
		{ "ftp://example.org/", false },
		{ "//example.org/", false },
		{ "javascript:/", false },
		{ "https://example.org/?", false },
		{ "https://example.org/#/", false },
		{ "https://budi@example.org/", false },
		{ "https://example.org\\/", false },
		{ "https://exam ple.org/", false },
		{ " https://example.org/", false },
		{ "https://example.org/\n", false },
		{ "https://caf\xC3\xA9.example/", false },
		{ "https://example.org/caf\xC3\xA9/", false },
		{ "https://example.org/\"/", false },
		/* a host and a port must be one */
		{ "https://:8080/", false },
		{ "https://example.org:/", false },
		{ "https://example.org:http/", false },
		{ "https://example.org:0/", false },
		{ "https://example.org:65536/", false },
		{ "https://example.org:80:80/", false },
		{ "https://[::1/", false },
		{ "https://::1/", false },
		{ "https://[]/", false },
		{ "https://[::1]x/", false },
		{ "https://example.org;a/", false },
		{ "https://example.org%00/", false },
		/* "//x" in a redirect is another host */
		{ "https://example.org//", false },
		{ "https://example.org/a//b/", false },
		/* a path that its own canonical form is not */
		{ "https://example.org/./", false },
		{ "https://example.org/a/../", false },
		{ "https://example.org/a%20b/", false },
		{ "https://example.org/a+b/", false },
		{ "https://example.org/a:b/", false },
		{ "https://example.org/a;b/", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		if (conf_url_ok(str_c(t[i].url)) != t[i].ok)
			fail_msg("%s", t[i].url);
	assert_false(conf_url_ok(STR("https://example.org\0/")));
}

static void
test_dir(void **state)
{
	(void)state;
	setenv("BALAS_DIR", "/srv/blog", 1);
	assert_string_equal(conf_dir("here"), "here");
	assert_string_equal(conf_dir(NULL), "/srv/blog");
	setenv("BALAS_DIR", "", 1);
	assert_string_equal(conf_dir(NULL), BALAS_DATADIR);
	unsetenv("BALAS_DIR");
	assert_string_equal(conf_dir(NULL), BALAS_DATADIR);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_open_empty, fixture_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_bad),
		TEST(test_missing),
		TEST(test_good),
		TEST(test_defaults),
		TEST(test_url),
		TEST(test_dir),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
