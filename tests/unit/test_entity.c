/* Character references, and text made fit for pages. */
#include "test.h"

#include "entity.h"

static void
test_decode(void **state)
{
	static const struct {
		const char *in, *want;
	} t[] = {
		{ "", "" },
		{ "plain", "plain" },
		{ "&", "&" },
		{ "&;", "&;" },
		{ "a&b", "a&b" },
		{ "&amp;lt;", "&lt;" },
		{ "&lt;&gt;&quot;&apos;", "<>\"'" },
		{ "&nbsp;|", "\xc2\xa0|" },
		{ "&eacute;&Eacute;", "\xc3\xa9\xc3\x89" },
		{ "&hellip", "&hellip" },
		{ "&nosuchname;", "&nosuchname;" },
		{ "&ThisNameIsLongerThanAnyThereIsInTheStandard;",
		    "&ThisNameIsLongerThanAnyThereIsInTheStandard;" },
		{ "&CounterClockwiseContourIntegral;", "\xe2\x88\xb3" },
		{ "&nvlt;", "<\xe2\x83\x92" },
		{ "&Tab;&NewLine;", "\t\n" },
		{ "&AMP;&colon;", "&:" },
		{ "&#65;&#x42;&#X43;&#68", "ABCD" },
		{ "&#;&#x;&#xg;", "&#;&#x;&#xg;" },
		{ "&#146;&#128;", "\xe2\x80\x99\xe2\x82\xac" },
		{ "&#0;&#1;&#xd800;&#x110000;&#99999999999;",
		    "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
		    "\xef\xbf\xbd" },
		{ "&#13;&#10;&#9;", "\n\n\t" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct buf b = buf_new(1000);

		entity_decode(&b, str_c(t[i].in));
		assert_str(buf_view(&b), t[i].want);
		buf_free(&b);
	}
}

static void
test_length(void **state)
{
	struct buf b = buf_new(100);

	(void)state;
	assert_int_equal(entity_put(&b, STR("x&lt;y"), 1), 4);
	assert_int_equal(entity_put(&b, STR("&#60y"), 0), 4);
	assert_int_equal(entity_put(&b, STR("&lty"), 0), 0);
	assert_int_equal(entity_put(&b, STR("&"), 0), 0);
	assert_str(buf_view(&b), "<<");
	buf_free(&b);
}

static void
test_clean(void **state)
{
	static const struct {
		struct str in;
		const char *want;
	} t[] = {
		{ { "", 0 }, "" },
		{ { "a\r\nb\rc\n\r\n", 9 }, "a\nb\nc\n\n" },
		{ { "\0", 1 }, "\xef\xbf\xbd" },
		{ { "a\x01\x1b\x7f\tb\f", 7 }, "a\tb " },
		{ { "\xc2\x85\xef\xbf\xbe\xef\xb7\x90x", 9 }, "x" },
		{ { "\xff", 1 }, "\xef\xbf\xbd" },
		{ { "\xf0\x9f\x98\x80", 4 }, "\xf0\x9f\x98\x80" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct str got = text_clean(a, t[i].in);

		assert_str(got, t[i].want);
		for (size_t k = 0; k < TEXT_PAD; k++)
			assert_int_equal(got.p[got.n + k], 0);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decode),
		cmocka_unit_test(test_length),
		cmocka_unit_test(test_clean),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
