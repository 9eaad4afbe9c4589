/* Links, paths, addresses. */
#include "test.h"

#include "url.h"

static void
test_coding(void **state)
{
	static const struct {
		const char *in;
		bool plus;
		const char *want;
	} t[] = {
		{ "", false, "" },
		{ "a%20b+c", false, "a b+c" },
		{ "a%20b+c", true, "a b c" },
		{ "%2b", true, "+" },
		{ "%C3%a9", false, "é" },
		{ "%", false, "%" },
		{ "%4", false, "%4" },
		{ "%4g%zz%41", false, "%4g%zzA" },
		{ "%2541", false, "%41" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		assert_str(url_decode(a, str_c(t[i].in), t[i].plus), t[i].want);
	assert_int_equal(url_decode(a, STR("%00"), false).n, 1);
	assert_str(url_encode(a, STR("a/b c-._~é%\"<"), true),
	    "a/b%20c-._~%C3%A9%25%22%3C");
	assert_str(url_encode(a, STR("a/b"), false), "a%2Fb");
	assert_str(url_encode(a, STR(""), false), "");
	arena_free(a);
}

static void
test_scheme(void **state)
{
	static const struct {
		const char *in;
		bool ok;
	} t[] = {
		{ "", true },
		{ "/a", true },
		{ "a/b:c", true },
		{ "#x", true },
		{ "?a:b", true },
		{ "//example.org/", true },
		{ "http://example.org", true },
		{ "HTTPS://example.org", true },
		{ "mailto:a@b.example", true },
		{ "1a:b", true },
		{ ":x", true },
		{ "javascript:alert(1)", false },
		{ "JavaScript:alert(1)", false },
		{ " \x01javascript:alert(1)", false },
		{ "java\nscript:alert(1)", false },
		{ "j\ta\rv\nascript\n:alert(1)", false },
		{ "data:text/html,x", false },
		{ "vbscript:x", false },
		{ "blob:x", false },
		{ "http+x:y", false },
		{ "httpx:y", false },
		{ "ftp://x", false },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:x", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		if (url_scheme_ok(str_c(t[i].in)) != t[i].ok)
			fail_msg("%s", t[i].in);
}

static void
test_website(void **state)
{
	/* want NULL: refused. */
	static const struct {
		const char *in, *want;
	} t[] = {
		{ "", "" },
		{ "  ", "" },
		{ "example.org", "https://example.org" },
		{ " Example.ORG/A?b#C ", "https://example.org/A?b#C" },
		{ "HTTP://Example.org", "http://example.org" },
		{ "https://example.org:8080/", "https://example.org:8080/" },
		{ "localhost:8000/x", "https://localhost:8000/x" },
		{ "http://127.0.0.1/", "http://127.0.0.1/" },
		{ "http://[::1]:80/", "http://[::1]:80/" },
		{ "bücher.example", "https://bücher.example" },
		{ "example.org?x", "https://example.org?x" },
		{ "budi", NULL },
		{ "http://", NULL },
		{ "http://budi/", NULL },
		{ "//example.org", NULL },
		{ "/path", NULL },
		{ "javascript:alert(1)", NULL },
		{ "javascript:1", NULL },
		{ "javascript://example.org/%0aalert(1)", NULL },
		{ "ftp://example.org", NULL },
		{ "mailto:budi@example.org", NULL },
		{ "http://a@example.org", NULL },
		{ "http://example.org\\@evil.example", NULL },
		{ "exa mple.org", NULL },
		{ "example.org/a b", NULL },
		{ "example.org/\x01", NULL },
		{ "example.org/\xC2\x85", NULL },
		{ "example.org/\xFF", NULL },
		{ "example\xE2\x80\xAE.org", NULL },
		{ ".example.org", NULL },
		{ "example..org", NULL },
		{ "example.org.", NULL },
		{ "-a.example", NULL },
		{ "a-.example", NULL },
		{ "exa<mple.org", NULL },
		{ "example.org:", NULL },
		{ "example.org:0", NULL },
		{ "example.org:65536", NULL },
		{ "example.org:80:80", NULL },
		{ "1.2.3", NULL },
		{ "1.2.3.256", NULL },
		{ "3.0x7f", NULL },
		{ "[::1", NULL },
		{ "[::g]", NULL },
		{ "[127.0.0.1]", NULL },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct str out = STR("untouched"), again;
		bool ok = url_website(a, str_c(t[i].in), &out);

		if (ok != (t[i].want != NULL))
			fail_msg("%s", t[i].in);
		assert_str(out, ok ? t[i].want : "untouched");
		if (ok) {
			assert_true(url_website(a, out, &again));
			assert_true(str_eq(out, again));
		}
	}
	arena_free(a);
}

static void
test_host(void **state)
{
	static const struct {
		const char *in, *want;
	} t[] = {
		{ "https://www.Example.org:8080/a", "example.org" },
		{ "http://user:pw@example.org", "example.org" },
		{ "http://good.example\\@evil.example/", "good.example" },
		{ "http:\\\\evil.example", "evil.example" },
		{ " ht\ntps:/\t/evil.example?x", "evil.example" },
		{ "http://[::1]:80/", "[::1]" },
		{ "http:/x", "" },
		{ "http://", "" },
		{ "/a", "" },
		{ "//example.org", "" },
		{ "mailto:a@example.org", "" },
		{ "", "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		assert_str(url_host(a, str_c(t[i].in)), t[i].want);
	arena_free(a);
}

static void
test_path(void **state)
{
	/* path NULL: refused. */
	static const struct {
		const char *in, *path, *canon;
	} t[] = {
		{ "/", "/", "/" },
		{ "/a/b", "/a/b", "/a/b" },
		{ "/a//b///", "/a/b/", "/a/b/" },
		{ "/a?b=../..", "/a", "/a" },
		{ "/a%20b", "/a b", "/a%20b" },
		{ "/%61%7e%2F%2fb", "/a~/b", "/a~/b" },
		{ "/caf\xC3\xA9", "/café", "/caf%C3%A9" },
		{ "/%c3%a9", "/é", "/%C3%A9" },
		{ "/%", "/%", "/%25" },
		{ "/%252e%252e", "/%2e%2e", "/%252e%252e" },
		{ "/a:b@c", "/a:b@c", "/a%3Ab%40c" },
		{ "/...", "/...", "/..." },
		{ "/.well-known", "/.well-known", "/.well-known" },
		{ "/a+b", "/a+b", "/a%2Bb" },
		{ "http://example.org/a?b", "/a", "/a" },
		{ "HTTPS://example.org", "/", "/" },
		{ "https://example.org?x/y", "/", "/" },
		{ "", NULL, NULL },
		{ "a", NULL, NULL },
		{ "*", NULL, NULL },
		{ "?", NULL, NULL },
		{ "%2Fa", NULL, NULL },
		{ "example.org:443", NULL, NULL },
		{ "/..", NULL, NULL },
		{ "/a/../b", NULL, NULL },
		{ "/a/%2e%2E/b", NULL, NULL },
		{ "/a%2f..%2fb", NULL, NULL },
		{ "/./a", NULL, NULL },
		{ "/a/.", NULL, NULL },
		{ "/a%00", NULL, NULL },
		{ "/a%0d%0ab", NULL, NULL },
		{ "/a%09", NULL, NULL },
		{ "/a\x7F", NULL, NULL },
		{ "/%c2%85", NULL, NULL },
		{ "/a%5cb", NULL, NULL },
		{ "/a\\b", NULL, NULL },
		{ "/%ff", NULL, NULL },
		{ "/%c0%ae%c0%ae/", NULL, NULL },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct str path = STR("x"), canon = STR("y");
		bool ok = url_path(a, str_c(t[i].in), &path, &canon);

		if (ok != (t[i].path != NULL))
			fail_msg("%s", t[i].in);
		assert_str(path, ok ? t[i].path : "x");
		assert_str(canon, ok ? t[i].canon : "y");
	}
	arena_free(a);
}

static void
test_email(void **state)
{
	static const struct {
		const char *in;
		bool ok;
	} t[] = {
		{ "budi@example.org", true },
		{ "a.b+c_d'e@sub.example.co.id", true },
		{ "!#$%&'*+/=?^_`{|}~-@a.b", true },
		{ "budi@a-b.example", true },
		{ "budi", false },
		{ "@example.org", false },
		{ "budi@", false },
		{ "budi@localhost", false },
		{ "budi@example.", false },
		{ "budi@.org", false },
		{ "budi@-a.org", false },
		{ "budi@a_b.org", false },
		{ "budi@a@b.org", false },
		{ "bu di@example.org", false },
		{ "budi@exa mple.org", false },
		{ " budi@example.org", false },
		{ "budi@example.org\n", false },
		{ "büdi@example.org", false },
		{ "budi@bü.org", false },
		{ "<b>@example.org", false },
		{ "", false },
	};
	char longest[256] = "budi@";

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		if (email_ok(str_c(t[i].in)) != t[i].ok)
			fail_msg("%s", t[i].in);
	assert_false(email_ok(STR("a\0@example.org")));
	for (size_t i = 5; i < 255; i++)
		longest[i] = i % 60 == 0 ? '.' : 'a';
	assert_true(email_ok((struct str){ longest, 254 }));
	assert_false(email_ok((struct str){ longest, 255 }));
	memset(longest + 5, 'a', 64);
	assert_false(email_ok((struct str){ longest, 200 }));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_coding),
		cmocka_unit_test(test_scheme),
		cmocka_unit_test(test_website),
		cmocka_unit_test(test_host),
		cmocka_unit_test(test_path),
		cmocka_unit_test(test_email),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
