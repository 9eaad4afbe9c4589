/* Growing bytes, escaping, the arena, log lines. */
#include "test.h"

#include <stdlib.h>

#include "buf.h"
#include "html.h"
#include "log.h"

static void
test_maximum(void **state)
{
	struct buf b = buf_new(10);

	(void)state;
	buf_cstr(&b, "12345678");
	buf_cstr(&b, "abc");
	assert_true(b.overflow);
	assert_str(buf_view(&b), "12345678");
	buf_cstr(&b, "x");
	assert_str(buf_view(&b), "12345678");
	buf_reset(&b);
	buf_printf(&b, "%s", "0123456789");
	assert_true(b.overflow || b.n == 10);
	buf_free(&b);

	b = buf_new(1000);
	buf_printf(&b, "%0300d|", 7);
	buf_i64(&b, INT64_MIN);
	assert_int_equal(b.n, 301 + 20);
	assert_false(b.overflow);
	buf_reset(&b);
	buf_i64(&b, INT64_MIN);
	buf_i64(&b, 0);
	buf_i64(&b, INT64_MAX);
	buf_i64(&b, -7);
	assert_str(buf_view(&b), "-922337203685477580809223372036854775807-7");
	buf_free(&b);
}

static void
test_escape(void **state)
{
	static const struct {
		const char *in, *text, *url;
	} t[] = {
		{ "", "", "" },
		{ "a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;",
		    "a%3Cb%3E&amp;%22&#39;" },
		{ "/caf\xc3\xa9?x=1&y=%20", "/caf\xc3\xa9?x=1&amp;y=%20",
		    "/caf%C3%A9?x=1&amp;y=%20" },
		{ "a b\n", "a b\n", "a%20b%0A" },
		{ "!#$%()*+,-./09:;=?@AZ[]_az~", "!#$%()*+,-./09:;=?@AZ[]_az~",
		    "!#$%()*+,-./09:;=?@AZ%5B%5D_az~" },
		{ "\\^`{|}\x7f\xff", "\\^`{|}\x7f\xff",
		    "%5C%5E%60%7B%7C%7D%7F%FF" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct buf b = buf_new(1000);

		assert_str(html_escape(a, str_c(t[i].in)), t[i].text);
		buf_url(&b, str_c(t[i].in));
		assert_str(buf_view(&b), t[i].url);
		buf_free(&b);
	}
	arena_free(a);
}

static void
test_arena(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (int round = 0; round < 3; round++) {
		for (size_t n = 0; n < 2000000; n = n * 3 + 1) {
			char *p = arena_alloc(a, n);

			assert_true((uintptr_t)p % _Alignof(max_align_t) == 0);
			for (size_t i = 0; i < n; i += 4096)
				assert_int_equal(p[i], 0);
			memset(p, 0xAA, n);
		}
		arena_reset(a);
	}
	assert_str(arena_printf(a, "%d-%s", 5, "x"), "5-x");
	arena_free(a);
}

static void
test_log_safe(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(
	    log_safe(a, STR("a\nb\x1b\\\xc3"), 99), "a\\x0ab\\x1b\\x5c\\xc3");
	assert_string_equal(log_safe(a, STR("abcdef"), 3), "abc");
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_maximum),
		cmocka_unit_test(test_escape),
		cmocka_unit_test(test_arena),
		cmocka_unit_test(test_log_safe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
