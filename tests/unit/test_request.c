/* Requests as data: what is read, what is refused. */
#include "fake.h"

#include "buf.h"
#include "request.h"

static const struct conf root = { .base = { "/", 1 } };
static const struct conf blog = { .base = { "/blog/", 6 } };

static void
test_targets(void **state)
{
	static const struct {
		const struct conf *conf;
		const char *target;
		enum err want;
		const char *path, *canon, *query;
		bool canonical;
	} t[] = {
		{ &root, "/", OK, "/", "/", "", true },
		{ &root, "/a/b?c=d&e", OK, "/a/b", "/a/b", "c=d&e", true },
		{ &root, "/a?b?c", OK, "/a", "/a", "b?c", true },
		{ &root, "/?", OK, "/", "/", "", true },
		{ &root, "//a", OK, "/a", "/a", "", false },
		{ &root, "/a//b", OK, "/a/b", "/a/b", "", false },
		{ &root, "/%61", OK, "/a", "/a", "", false },
		{ &root, "/caf\xC3\xA9", OK, "/caf\xC3\xA9", "/caf%C3%A9", "",
		    false },
		{ &root, "/caf%C3%A9", OK, "/caf\xC3\xA9", "/caf%C3%A9", "",
		    true },
		{ &root, "/caf%c3%a9", OK, "/caf\xC3\xA9", "/caf%C3%A9", "",
		    false },
		{ &root, "http://evil.example/a?b", OK, "/a", "/a", "b",
		    false },
		{ &root, "", ERR_INPUT, "/", "/", "", true },
		{ &root, "*", ERR_INPUT, "/", "/", "", true },
		{ &root, "a", ERR_INPUT, "/", "/", "", true },
		{ &root, "?a", ERR_INPUT, "/", "/", "a", true },
		{ &root, "/..", ERR_INPUT, "/", "/", "", true },
		{ &root, "/a/%2e%2e/b", ERR_INPUT, "/", "/", "", true },
		{ &root, "/%00", ERR_INPUT, "/", "/", "", true },
		{ &root, "/%0d%0aa", ERR_INPUT, "/", "/", "", true },
		{ &root, "/%ff", ERR_INPUT, "/", "/", "", true },
		{ &root, "/a\\b", ERR_INPUT, "/", "/", "", true },
		/* what no server passes on must not reach a header */
		{ &root, "//a?b\r\nSet-Cookie: c=d", ERR_INPUT, "/", "/", "",
		    true },
		{ &root, "/a?b\nc", ERR_INPUT, "/", "/", "", true },
		{ &root, "/a?b c", ERR_INPUT, "/", "/", "", true },
		{ &root, "/a?\x7F", ERR_INPUT, "/", "/", "", true },
		{ &root, "/a?q=caf\xC3\xA9", OK, "/a", "/a", "q=caf\xC3\xA9",
		    true },
		{ &blog, "/blog/", OK, "/", "/", "", true },
		{ &blog, "/blog/a?b", OK, "/a", "/a", "b", true },
		{ &blog, "/blog", OK, "/", "/", "", false },
		{ &blog, "/blog?a", OK, "/", "/", "a", false },
		{ &blog, "/blog//a", OK, "/a", "/a", "", false },
		{ &blog, "/bl%6Fg/a", OK, "/a", "/a", "", false },
		{ &blog, "/blogs/", ERR_NOTFOUND, "/", "/", "", true },
		{ &blog, "/Blog/", ERR_NOTFOUND, "/", "/", "", true },
		{ &blog, "/", ERR_NOTFOUND, "/", "/", "", true },
		{ &blog, "/a/blog/", ERR_NOTFOUND, "/", "/", "", true },
		{ &blog, "/blo", ERR_NOTFOUND, "/", "/", "", true },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct request r;
		struct fake k;
		enum err e;

		fake_begin(&k, a, t[i].target);
		e = request_read(a, t[i].conf, &k.x, &r);
		if (e != t[i].want)
			fail_msg("row %zu: %s", i, err_name(e));
		assert_str(r.path, t[i].path);
		assert_str(r.canon, t[i].canon);
		if (r.canonical != t[i].canonical)
			fail_msg("row %zu: canonical", i);
		if (e == OK)
			assert_str(r.query_raw, t[i].query);
	}
	arena_free(a);
}

static void
test_target_length(void **state)
{
	struct arena *a = arena_new();
	char *target = arena_alloc(a, TARGET_MAX_BYTES + 2);
	struct request r;
	struct fake k;

	(void)state;
	memset(target, 'a', TARGET_MAX_BYTES);
	target[0] = '/';
	fake_begin(&k, a, target);
	assert_int_equal(request_read(a, &root, &k.x, &r), OK);
	assert_int_equal(r.path.n, TARGET_MAX_BYTES);
	target[TARGET_MAX_BYTES] = 'a';
	assert_int_equal(request_read(a, &root, &k.x, &r), ERR_INPUT);
	arena_free(a);
}

static void
test_hosts(void **state)
{
	static const struct {
		const char *list[3];
		const char *host; /* NULL: none said */
		bool ok;
	} t[] = {
		{ { NULL }, "anything", true },
		{ { NULL }, NULL, true },
		{ { "example.org" }, "example.org", true },
		{ { "example.org" }, "example.org:8080", true },
		{ { "example.org" }, "example.org:", true },
		/* names of hosts have no case (RFC 3986 §3.2.2) */
		{ { "example.org" }, "Example.ORG", true },
		{ { "Example.ORG" }, "example.org:80", true },
		{ { "example.org" }, "www.example.org", false },
		{ { "example.org" }, "example.org.evil.example", false },
		{ { "example.org" }, "example.orgx", false },
		{ { "example.org" }, "evil.example/example.org", false },
		{ { "example.org" }, "", false },
		{ { "example.org" }, NULL, false },
		{ { "example.org" }, ":80", false },
		{ { "a.example", "b.example" }, "b.example", true },
		{ { "example.org:8080" }, "example.org:8080", true },
		{ { "example.org:8080" }, "example.org", false },
		{ { "example.org:8080" }, "example.org:81", false },
		{ { "[::1]" }, "[::1]", true },
		{ { "[::1]" }, "[::1]:8080", true },
		{ { "[::1]:8080" }, "[::1]:8080", true },
		{ { "[::1]" }, "[::2]", false },
		{ { "[::1]" }, "[", false },
		{ { "[::1]" }, "::1", false },
		{ { "[2001:db8::A]" }, "[2001:DB8::a]:1", true },
		{ { "127.0.0.1" }, "127.0.0.1:8080", true },
		{ { "127.0.0.1" }, "127.0.0.11", false },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct conf c = root;
		struct request r;
		struct fake k;
		enum err e;

		while (c.nhosts < 3 && t[i].list[c.nhosts] != NULL) {
			c.hosts[c.nhosts] = str_c(t[i].list[c.nhosts]);
			c.nhosts++;
		}
		fake_begin(&k, a, "/a");
		fake_set(&k, "HTTP_HOST", t[i].host);
		e = request_read(a, &c, &k.x, &r);
		if (e != (t[i].ok ? OK : ERR_HOST))
			fail_msg("row %zu: %s", i, err_name(e));
	}
	arena_free(a);
}

static void
test_variables(void **state)
{
	struct arena *a = arena_new();
	struct request r;
	struct fake k;

	(void)state;
	fake_begin(&k, a, "/a?b=c");
	fake_set(&k, "REQUEST_METHOD", "HEAD");
	fake_set(&k, "HTTP_ORIGIN", "https://example.org");
	fake_set(&k, "HTTP_COOKIE", "x=y");
	fake_set(&k, "HTTP_IF_NONE_MATCH", "\"abc\"");
	fake_set(&k, "REMOTE_ADDR", "203.0.113.7");
	assert_int_equal(request_read(a, &root, &k.x, &r), OK);
	assert_int_equal(r.method, METHOD_HEAD);
	assert_str(r.origin, "https://example.org");
	assert_str(r.cookies, "x=y");
	assert_str(r.if_none_match, "\"abc\"");
	assert_str(r.remote, "203.0.113.7");
	assert_int_equal(r.content_length, -1);
	assert_int_equal(r.query.n, 1);
	assert_int_equal(r.form.n, 0);

	/* A server that says nothing at all. */
	fake_begin(&k, a, NULL);
	fake_set(&k, "REQUEST_METHOD", NULL);
	assert_int_equal(request_read(a, &root, &k.x, &r), ERR_INPUT);
	assert_int_equal(r.method, METHOD_OTHER);
	arena_free(a);
}

static void
test_methods(void **state)
{
	static const struct {
		const char *name;
		enum method want;
	} t[] = {
		{ "GET", METHOD_GET },
		{ "HEAD", METHOD_HEAD },
		{ "POST", METHOD_POST },
		{ "PUT", METHOD_OTHER },
		{ "get", METHOD_OTHER },
		{ "GETX", METHOD_OTHER },
		{ "", METHOD_OTHER },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct request r;
		struct fake k;

		fake_begin(&k, a, "/");
		fake_set(&k, "REQUEST_METHOD", t[i].name);
		assert_int_equal(request_read(a, &root, &k.x, &r), OK);
		assert_int_equal(r.method, t[i].want);
	}
	arena_free(a);
}

static void
test_lengths(void **state)
{
	static const struct {
		const char *said;
		int64_t want; /* -2: refused */
	} t[] = {
		{ NULL, -1 },
		{ "", -1 },
		{ "0", 0 },
		{ "12", 12 },
		{ "9223372036854775807", INT64_MAX },
		{ "9223372036854775808", -2 },
		{ "18446744073709551617", -2 },
		{ "-1", -2 },
		{ "+1", -2 },
		{ "01", -2 },
		{ "1 ", -2 },
		{ "1, 1", -2 },
		{ "0x10", -2 },
		{ "1e3", -2 },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct request r;
		struct fake k;
		enum err e;

		fake_begin(&k, a, "/");
		fake_set(&k, "CONTENT_LENGTH", t[i].said);
		e = request_read(a, &root, &k.x, &r);
		if (e != (t[i].want == -2 ? ERR_INPUT : OK))
			fail_msg("row %zu: %s", i, err_name(e));
		if (e == OK)
			assert_int_equal(r.content_length, t[i].want);
	}
	arena_free(a);
}

/* ---- bodies --------------------------------------------------------------------- */

#define MAX 10

static void
test_bodies(void **state)
{
	static const struct {
		struct str body;
		const char *length, *type;
		enum err want;
	} t[] = {
#define FORM "application/x-www-form-urlencoded"
		{ STR("a=1"), "3", FORM, OK },
		{ STR("a=34567890"), "10", FORM, OK },
		{ STR("a=345678901"), "11", FORM, ERR_TOOBIG },
		{ STR("a=1"), "4", FORM, ERR_INPUT },
		{ STR("a=1"), "2", FORM, ERR_TOOBIG },
		{ STR(""), "0", FORM, OK },
		{ STR(""), "0", "", OK },
		{ STR("a"), "0", "", ERR_TOOBIG },
		{ STR(""), "1", FORM, ERR_INPUT },
		{ STR(""), "9223372036854775807", FORM, ERR_TOOBIG },
		{ STR("a=1"), NULL, FORM, OK },
		{ STR("a=34567890"), "", FORM, OK },
		{ STR("a=345678901"), NULL, FORM, ERR_TOOBIG },
		{ STR(""), NULL, FORM, OK },
		{ STR("a=1"), "3", FORM "; charset=UTF-8", OK },
		{ STR("a=1"), "3", FORM ";charset=UTF-8", OK },
		{ STR("a=1"), "3", "Application/X-WWW-Form-URLencoded", OK },
		{ STR("a=1"), "3", FORM "x", ERR_TYPE },
		{ STR("a=1"), "3", "x" FORM, ERR_TYPE },
		{ STR("a=1"), "3", "multipart/form-data; boundary=x",
		    ERR_TYPE },
		{ STR("a=1"), "3", "text/plain", ERR_TYPE },
		{ STR("a=1"), "3", "application/json", ERR_TYPE },
		{ STR("a=1"), "3", "", ERR_TYPE },
		{ STR("a=1"), NULL, "", ERR_TYPE },
		{ STR("a=1"), "3", NULL, ERR_TYPE },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t) * 2; i++) {
		size_t row = i / 2;
		struct request r;
		struct fake k;
		enum err e;

		fake_begin(&k, a, "/");
		fake_form(&k, t[row].body);
		fake_set(&k, "CONTENT_LENGTH", t[row].length);
		fake_set(&k, "CONTENT_TYPE", t[row].type);
		/* In one piece, and byte by byte. */
		k.step = i % 2;
		assert_int_equal(request_read(a, &root, &k.x, &r), OK);
		e = request_body(a, &k.x, MAX, &r);
		if (e != t[row].want)
			fail_msg("row %zu: %s", row, err_name(e));
		assert_int_equal(r.form.n, e == OK && t[row].body.n > 0);
	}
	arena_free(a);
}

/* ---- fields --------------------------------------------------------------------- */

static void
test_fields(void **state)
{
	/* Names and values, with '=' and ';' after them. */
	static const struct {
		struct str in, want;
	} t[] = {
		{ STR(""), STR("") },
		{ STR("&"), STR("") },
		{ STR("&&a=1&&"), STR("a=1;") },
		{ STR("a=1&b=2"), STR("a=1;b=2;") },
		{ STR("a"), STR("a=;") },
		{ STR("a="), STR("a=;") },
		{ STR("=1"), STR("=1;") },
		{ STR("="), STR("=;") },
		{ STR("a=b=c"), STR("a=b=c;") },
		{ STR("a+b=c+d"), STR("a b=c d;") },
		{ STR("a%3Db=%26"), STR("a=b=&;") },
		{ STR("a=%00"), STR("a=\0;") },
		{ STR("a=%"), STR("a=%;") },
		{ STR("a=%zz"), STR("a=%zz;") },
		{ STR("a=%ff"), STR("a=\xFF;") },
		{ STR("a=1;b=2"), STR("a=1;b=2;") },
		{ STR("a\0=1"), STR("a\0=1;") },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct buf b = buf_new(100);
		struct fields f;

		assert_int_equal(fields_parse(a, t[i].in, &f), OK);
		for (size_t k = 0; k < f.n; k++) {
			buf_str(&b, f.list[k].name);
			buf_char(&b, '=');
			buf_str(&b, f.list[k].value);
			buf_char(&b, ';');
		}
		if (!str_eq(buf_view(&b), t[i].want))
			fail_msg("row %zu", i);
		buf_free(&b);
	}
	arena_free(a);
}

static void
test_many_fields(void **state)
{
	struct arena *a = arena_new();
	char *p = arena_alloc(a, FIELDS_MAX * 2 + 2);
	struct fields f;

	(void)state;
	for (size_t i = 0; i < FIELDS_MAX + 1; i++)
		memcpy(p + i * 2, "a&", 2);
	assert_int_equal(fields_parse(a,
			     (struct str){ p, FIELDS_MAX * 2 - 1 }, &f),
	    OK);
	assert_int_equal(f.n, FIELDS_MAX);
	assert_int_equal(fields_parse(a,
			     (struct str){ p, FIELDS_MAX * 2 + 1 }, &f),
	    ERR_INPUT);
	arena_free(a);
}

static void
test_one(void **state)
{
	struct arena *a = arena_new();
	struct fields f;
	struct str v;

	(void)state;
	assert_int_equal(fields_parse(a, STR("a=1&b=2&b=2&c=&%61%00=3&=4"),
			     &f),
	    OK);
	assert_int_equal(field_one(&f, "a", &v), OK);
	assert_str(v, "1");
	assert_int_equal(field_one(&f, "b", &v), ERR_INPUT);
	assert_int_equal(field_one(&f, "c", &v), OK);
	assert_str(v, "");
	assert_int_equal(field_one(&f, "d", &v), OK);
	assert_str(v, "");
	assert_int_equal(field_one(&f, "", &v), OK);
	assert_str(v, "4");
	assert_true(field_has(&f, "c"));
	assert_false(field_has(&f, "d"));
	/* Twice by another spelling is twice. */
	assert_int_equal(fields_parse(a, STR("a=1&%61=2"), &f), OK);
	assert_int_equal(field_one(&f, "a", &v), ERR_INPUT);
	arena_free(a);
}

static void
test_cookies(void **state)
{
	static const struct {
		const char *cookies, *want;
	} t[] = {
		{ "", "" },
		{ "balas=x", "x" },
		{ "a=b; balas=x; c=d", "x" },
		{ "a=b;balas=x;c=d", "x" },
		{ "  balas=x  ", "x" },
		{ "balas=", "" },
		{ "balas", "" },
		{ "balas=a=b", "a=b" },
		{ "balas=\"x\"", "\"x\"" },
		{ "Balas=x", "" },
		{ "__Host-balas=x", "" },
		{ "xbalas=x; balasx=x", "" },
		{ "a=balas=x", "" },
		{ "a=\"; balas=x", "x" },
		{ "balas=x; balas=y", "x" },
		{ ";;; balas=x", "x" },
		{ "=x; balas=y", "y" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		assert_str(cookie_get(str_c(t[i].cookies), "balas"),
		    t[i].want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_targets),
		cmocka_unit_test(test_target_length),
		cmocka_unit_test(test_hosts),
		cmocka_unit_test(test_variables),
		cmocka_unit_test(test_methods),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_many_fields),
		cmocka_unit_test(test_one),
		cmocka_unit_test(test_cookies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
