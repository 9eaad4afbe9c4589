/* Escaping URLs, and the words of markup. */
#include "test.h"

#include "html.h"

static void
test_text_escape(void **state)
{
	struct buf b = buf_new(100);

	(void)state;
	buf_text(&b, STR("<a href='x'>\"&"));
	assert_str(buf_view(&b), "&lt;a href='x'&gt;&quot;&amp;");
	buf_free(&b);
}

static void
test_url(void **state)
{
	static const struct {
		const char *in, *want;
	} t[] = {
		{ "http://[::1]:80/[x]?[y]#[z]",
		    "http://[::1]:80/%5Bx%5D?%5By%5D#%5Bz%5D" },
		{ "//[::1]/", "//[::1]/" },
		{ "/a//[b]", "/a//%5Bb%5D" },
		{ "a:[b]", "a:%5Bb%5D" },
		{ "\\\\x", "%5C%5Cx" },
		{ "?a='b'&c", "?a=&#39;b&#39;&amp;c" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct buf b = buf_new(1000);

		buf_url(&b, str_c(t[i].in));
		assert_str(buf_view(&b), t[i].want);
		buf_free(&b);
	}
}

static void
test_words(void **state)
{
	static const struct {
		const char *in;
		size_t max;
		const char *want;
	} t[] = {
		{ "", 10, "" },
		{ "<p>One</p>\n<p>two</p>", 99, "One two" },
		{ "<p>O<b>n</b>e<br>two<img alt=\">\">x</p>", 99, "One two x" },
		{ "a &amp; b &lt;c&gt; &quot;&#39;&eacute;", 99,
		    "a & b <c> \"'&eacute;" },
		{ "&#233;&#xE9;&#0;&#x110000;", 99,
		    "\xc3\xa9\xc3\xa9&#0;&#x110000;" },
		{ "one two three", 13, "one two three" },
		{ "one two three", 12, "one two\xe2\x80\xa6" },
		{ "one two three", 7, "one two\xe2\x80\xa6" },
		{ "one two three", 6, "one\xe2\x80\xa6" },
		{ "onetwothree", 6, "onetwo\xe2\x80\xa6" },
		{ "\xc3\xa9\xc3\xa9\xc3\xa9", 3, "\xc3\xa9\xe2\x80\xa6" },
		{ "x", 0, "\xe2\x80\xa6" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		assert_str(
		    html_text(
			a, (struct html){ t[i].in, strlen(t[i].in) }, t[i].max),
		    t[i].want);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_escape),
		cmocka_unit_test(test_url),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
