/* Strict decoding, names, comparison. */
#include "test.h"

#include "utf8.h"

static void
test_decode(void **state)
{
	/* The points found, ill-formed parts as U+FFFD. */
	static const struct {
		const char *in;
		bool ok;
		size_t n;
		uint32_t want[6];
	} t[] = {
		{ "", true, 0, { 0 } },
		{ "aé€", true, 3, { 'a', 0xE9, 0x20AC } },
		{ "\xF0\x9F\x98\x80", true, 1, { 0x1F600 } },
		{ "\xEF\xBF\xBD", true, 1, { UTF8_BAD } },
		{ "\xF4\x8F\xBF\xBF", true, 1, { 0x10FFFF } },
		/* overlong */
		{ "\xC0\x80", false, 2, { UTF8_BAD, UTF8_BAD } },
		{ "\xE0\x9F\xBF", false, 3, { UTF8_BAD, UTF8_BAD, UTF8_BAD } },
		/* surrogate */
		{ "\xED\xA0\x80", false, 3, { UTF8_BAD, UTF8_BAD, UTF8_BAD } },
		/* above U+10FFFF */
		{ "\xF4\x90\x80\x80", false, 4,
		    { UTF8_BAD, UTF8_BAD, UTF8_BAD, UTF8_BAD } },
		{ "\xFF", false, 1, { UTF8_BAD } },
		/* cut short: one maximal part */
		{ "\xE2\x82", false, 1, { UTF8_BAD } },
		{ "\xF0\x9F\x98x", false, 2, { UTF8_BAD, 'x' } },
		{ "\xE2\xE2\x82\xAC", false, 2, { UTF8_BAD, 0x20AC } },
		{ "\x80z", false, 2, { UTF8_BAD, 'z' } },
	};

	(void)state;
	for (size_t k = 0; k < ARRAY_LEN(t); k++) {
		struct str s = str_c(t[k].in);
		size_t n = 0;

		for (size_t i = 0; i < s.n; n++)
			assert_int_equal(utf8_next(s, &i), t[k].want[n]);
		assert_int_equal(n, t[k].n);
		assert_int_equal(utf8_count(s), n);
		assert_int_equal(utf8_ok(s), t[k].ok);
	}
}

static void
test_write(void **state)
{
	static const uint32_t t[] = { 0, 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xFFFF,
		0x10000, 0x10FFFF };
	struct arena *a = arena_new();

	(void)state;
	for (size_t k = 0; k < ARRAY_LEN(t); k++) {
		char to[4];
		struct str s = { to, utf8_put(to, t[k]) };
		size_t i = 0;

		assert_int_equal(utf8_next(s, &i), t[k]);
		assert_int_equal(i, s.n);
	}
	assert_str(utf8_repair(a, STR("a\xFF\xE2\x82z")),
	    "a\xEF\xBF\xBD\xEF\xBF\xBDz");
	arena_free(a);
}

static void
test_cut(void **state)
{
	static const struct {
		const char *in;
		size_t max;
		const char *want;
	} t[] = {
		{ "abc", 9, "abc" },
		{ "abc", 3, "abc" },
		{ "abc", 2, "ab" },
		{ "a€", 4, "a€" },
		{ "a€", 3, "a" },
		{ "a€", 1, "a" },
		{ "€", 2, "" },
		{ "x\xF0\x9F\x98\x80", 4, "x" },
		{ "\x80\x80\x80\x80\x80\x80", 5, "\x80\x80\x80\x80\x80" },
		{ "", 0, "" },
	};

	(void)state;
	for (size_t k = 0; k < ARRAY_LEN(t); k++)
		assert_str(utf8_cut(str_c(t[k].in), t[k].max), t[k].want);
}

static void
test_control(void **state)
{
	(void)state;
	assert_false(utf8_has_control(STR("a\tb\r\nc é")));
	assert_true(utf8_has_control(STR("a\0b")));
	assert_true(utf8_has_control(STR("\x1B[0m")));
	assert_true(utf8_has_control(STR("\x7F")));
	assert_true(utf8_has_control(STR("\xC2\x85")));
	assert_false(utf8_has_control(STR("\xC2\xA0")));
}

static void
test_name(void **state)
{
	static const struct {
		const char *in, *want;
	} t[] = {
		{ "Budi", "Budi" },
		{ "  Budi \t  Santoso\n", "Budi Santoso" },
		{ "\u00A0Budi\u3000X\u2800", "Budi X" },
		{ "", "" },
		/* composed, even over a character that goes */
		{ "Rene\u0301", "René" },
		{ "Rene\u200B\u0301", "René" },
		{ "\u212B", "Å" },
		/* order of marks */
		{ "a\u0301\u0323", "ạ\u0301" },
		/* turned round */
		{ "Budi\u202Emin\u202C", "Budimin" },
		{ "\u2066a\u2069\u200F\u061C", "a" },
		/* nothing to see */
		{ "\u200B\u2060\uFEFF\u00AD", "" },
		{ "\u3164", "" },
		{ "\U000E0041", "" },
		{ "a\u200Cb", "a\u200Cb" },
		/* joiners with a meaning */
		{ "می\u200Cخواهم", "می\u200Cخواهم" },
		{ "क्\u200Dष", "क्\u200Dष" },
		{ "👩\u200D🚀", "👩\u200D🚀" },
		{ "👩🏽\u200D🚀", "👩🏽\u200D🚀" },
		/* and without one */
		{ "\u200DBudi\u200C", "Budi" },
		{ "a\u200D\u200Db", "a\u200Db" },
		{ "a\u200D \u200Db", "a b" },
		{ "1\u200D2", "12" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t k = 0; k < ARRAY_LEN(t); k++)
		assert_str(utf8_name(a, str_c(t[k].in)), t[k].want);
	arena_free(a);
}

static void
test_fold(void **state)
{
	/* Pairs that must look the same, and pairs that must not. */
	static const struct {
		const char *x, *y;
		bool same;
	} t[] = {
		{ "Budi Santoso", "BUDISANTOSO", true },
		{ "René", "rene", true },
		{ "Admin", "Аdmin", true },      /* Cyrillic А */
		{ "Admin", "ΑDΜΙΝ", true },      /* Greek capitals */
		{ "Admin", "Ａｄｍｉｎ", true }, /* fullwidth */
		{ "Admin", "𝐀𝐝𝐦𝐢𝐧", true },      /* mathematical */
		{ "Admin", "Ad\u200Bm\u00ADin", true },
		{ "Admin", "Ad-min.", true },
		{ "Admin", "Adm\u0131n", true },
		{ "Ian", "lan", true },
		{ "B0b", "Bob", true },
		{ "Straße", "STRASSE", true },
		{ "Søren", "Soren", true },
		{ "НАТАЛЯ", "HATAля", true },
		{ "राम", "रमा", false },
		{ "Budi", "Rudi", false },
		{ "ぱぱ", "はは", false },
		{ "李明", "李朋", false },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t k = 0; k < ARRAY_LEN(t); k++) {
		struct str x = utf8_fold(a, str_c(t[k].x));
		struct str y = utf8_fold(a, str_c(t[k].y));

		if (str_eq(x, y) != t[k].same)
			fail_msg("%s %s: %.*s %.*s", t[k].x, t[k].y, (int)x.n,
			    x.p, (int)y.n, y.p);
	}
	assert_str(utf8_fold(a, STR(" -. ")), "");
	arena_free(a);
}

static void
test_squeeze(void **state)
{
	static const struct {
		const char *in, *want;
	} t[] = {
		{ "", "" },
		{ "  a   b\t c ", "a b c" },
		{ "a\r\n\r\nb", "a\nb" },
		{ "a  \n  b", "a\nb" },
		{ "a\rb\u2028c", "a\nb\nc" },
		{ "Cafe\u0301", "Café" },
		{ "A \u00A0b", "A b" },
		{ "\xFFx", "\uFFFDx" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t k = 0; k < ARRAY_LEN(t); k++)
		assert_str(utf8_squeeze(a, str_c(t[k].in)), t[k].want);
	arena_free(a);
}

/* A comment of accents only, in the worst order, takes no time. */
static void
test_many_marks(void **state)
{
	enum { PAIRS = 100000 };
	struct arena *a = arena_new();
	char *p = arena_array(a, PAIRS, 4);
	struct str out;

	(void)state;
	for (size_t i = 0; i < PAIRS; i++)
		memcpy(p + 4 * i, i % 2 ? "\u0323\u0301" : "\u0301\u0323", 4);
	out = utf8_squeeze(a, (struct str){ p, 4 * PAIRS });
	assert_int_equal(out.n, 4 * PAIRS);
	assert_str(str_sub(out, 0, 4), "\u0323\u0323");
	assert_str(str_sub(out, out.n - 4, out.n), "\u0301\u0301");
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decode),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_control),
		cmocka_unit_test(test_name),
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_squeeze),
		cmocka_unit_test(test_many_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
