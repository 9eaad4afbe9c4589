/* Text and tags of foreign HTML. */
#include "test.h"

#include "buf.h"
#include "htmltok.h"

/* Tokens as "text|<name attr=value>|</name>|". */
static void
print_tokens(struct buf *b, struct str src)
{
	static const char *const names[] = {
#define X(name) #name,
		HTMLTOK_ATTRS(X)
#undef X
	};
	struct htmltok t;
	enum tok k;

	htmltok_init(&t, src);
	while ((k = htmltok_next(&t)) != TOK_END) {
		if (k == TOK_TEXT)
			buf_str(b, t.text);
		else
			buf_printf(
			    b, "<%s%s", k == TOK_CLOSE ? "/" : "", t.name);
		for (size_t i = 0; k == TOK_OPEN && i < ATTR_MAX; i++)
			if (t.has[i])
				buf_printf(b, " %s=%.*s", names[i],
				    (int)t.value[i].n, t.value[i].p);
		buf_cstr(b, k == TOK_TEXT ? "|" : ">|");
	}
}

static void
test_tokens(void **state)
{
	static const struct {
		const char *in, *want;
	} t[] = {
		{ "", "" },
		{ "a < b <3 <", "a < b <3 <|" },
		{ "<P>x</P >", "<p>|x|</p>|" },
		{ "<a href=x title='y z' alt=\"<>\">",
		    "<a alt=<> href=x "
		    "title=y z>|" },
		{ "<a HREF = x href=y onclick=z>", "<a href=x>|" },
		{ "<a/href=x/>", "<a href=x/>|" },
		{ "<img src=a/b>", "<img src=a/b>|" },
		{ "<a =href=x>", "<a>|" },
		{ "<a\"b\" id>", "<a\"b\" id=>|" },
		{ "x<!-- <b> -->y<!-->z<!--->w<!-- --!>v", "x|y|z|w|v|" },
		{ "<!DOCTYPE html><?xml ?></1>x", "x|" },
		{ "<![CDATA[a>b]]>", "b]]>|" },
		{ "a<b", "a|<b|" },
		{ "<b title=\"x>y", "<b title=\"x>y|" },
		{ "<!-- x", "<!-- x|" },
		{ "<b>x</", "<b>|x</|" },
		{ "<averyverylongname>", "<>|" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct buf b = buf_new(1000);

		print_tokens(&b, str_c(t[i].in));
		assert_str(buf_view(&b), t[i].want);
		buf_free(&b);
	}
}

static void
test_raw(void **state)
{
	struct htmltok t;
	struct str s;

	(void)state;
	htmltok_init(&t, STR("<xmp>a</xmpx></XMP ><xmp>b"));
	assert_int_equal(htmltok_next(&t), TOK_OPEN);
	assert_true(htmltok_raw(&t, "xmp", 1, &s));
	assert_str(s, "a</xmpx>");
	assert_int_equal(htmltok_next(&t), TOK_CLOSE);
	assert_int_equal(htmltok_next(&t), TOK_OPEN);
	assert_false(htmltok_raw(&t, "xmp", 1, &s));
	assert_true(t.endless[1]);
	assert_int_equal(htmltok_next(&t), TOK_TEXT);
	assert_str(t.text, "b");
	assert_int_equal(htmltok_next(&t), TOK_END);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_raw),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
