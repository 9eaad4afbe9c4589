/* Articles and comments; tests/golden has whole pages. */
#include "test.h"

#include "buf.h"
#include "markdown.h"

static bool
picture(void *arg, struct str src, struct md_image *out)
{
	(void)arg;
	if (!str_eq(src, STR("/media/key.jpg")))
		return false;
	*out = (struct md_image){ .width = 40,
		.height = 30,
		.caption = STR("A <key>"),
		.credit = STR("Budi & co"),
		.credit_url = STR("https://b.example/"),
		.credit_label = STR("Photo: ") };
	return true;
}

static void
test_figure(void **state)
{
	static const struct {
		const char *in, *want;
	} t[] = {
		{ "![A](/media/key.jpg)",
		    "<figure><img src=\"/media/key.jpg\" alt=\"A\" "
		    "width=\"40\" height=\"30\" decoding=\"async\">"
		    "<figcaption>A &lt;key&gt; <small class=\"credit\">Photo: "
		    "<a href=\"https://b.example/\" rel=\"noopener\">"
		    "Budi &amp; co</a></small></figcaption></figure>\n" },
		{ "![A](/x.jpg)",
		    "<figure><img src=\"/x.jpg\" alt=\"A\" "
		    "decoding=\"async\"></figure>\n" },
		{ "x ![A](/media/key.jpg)",
		    "<p>x <img src=\"/media/key.jpg\" alt=\"A\" "
		    "width=\"40\" height=\"30\" decoding=\"async\"></p>\n" },
		{ "![*a* `b` ![c](d)](/x.jpg)",
		    "<figure><img src=\"/x.jpg\" alt=\"a b c\" "
		    "decoding=\"async\"></figure>\n" },
		{ "![A](//h.example/x.jpg)",
		    "<p><a href=\"//h.example/x.jpg\" rel=\"noopener\">A</a>"
		    "</p>\n" },
	};
	const struct md_opts opts = { .image = picture };
	struct arena *a = arena_new();
	struct html out;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		assert_int_equal(
		    markdown_article(a, str_c(t[i].in), &opts, &out), OK);
		assert_str(out, t[i].want);
	}
	arena_free(a);
}

/* What we write ourselves the sanitiser leaves as it is: an article with raw
 * HTML at its end has the same beginning. */
static void
test_raw_keeps_ours(void **state)
{
	static const char src[] = "# A *b*\n\n![A](/media/key.jpg)\n\n"
				  "![B](/b.jpg \"t\")\n\n- [x] c\n- d\n\n"
				  "  e\n\n3. f\n\n|g|h|\n|:-|-:|\n|~~i~~|j|\n\n"
				  "> k `l`\n> [m](/n \"o\") <p@q.example>\n\n"
				  "```r\n<s>\n```\n\n***\nx  \ny\n\n";
	const struct md_opts opts = { .image = picture };
	struct arena *a = arena_new();
	struct str both = arena_printf(a, "%s<div>z</div>\n", src);
	struct html plain, raw;

	(void)state;
	assert_int_equal(markdown_article(a, str_c(src), &opts, &plain), OK);
	assert_int_equal(markdown_article(a, both, &opts, &raw), OK);
	assert_true(raw.n > plain.n);
	raw.n = plain.n;
	assert_str(raw, arena_cstr(a, (struct str){ plain.p, plain.n }));
	arena_free(a);
}

static void
test_article_limits(void **state)
{
	struct arena *a = arena_new();
	struct html out = HTML("untouched");
	char *big = arena_alloc(a, ARTICLE_MAX_BYTES + 1);
	struct buf b = buf_new(1000);

	(void)state;
	memset(big, 'x', ARTICLE_MAX_BYTES + 1);
	assert_int_equal(
	    markdown_article(
		a, (struct str){ big, ARTICLE_MAX_BYTES + 1 }, NULL, &out),
	    ERR_TOOBIG);
	for (int i = 0; i < 33; i++)
		buf_cstr(&b, "> ");
	buf_cstr(&b, "x");
	assert_int_equal(
	    markdown_article(a, buf_view(&b), NULL, &out), ERR_TOOBIG);
	assert_int_equal(
	    markdown_article(a, str_sub(buf_view(&b), 2, b.n), NULL, &out), OK);
	assert_int_equal(markdown_article(a, STR(""), NULL, &out), OK);
	assert_str(out, "");
	buf_free(&b);
	arena_free(a);
}

static void
test_comment(void **state)
{
	static const struct {
		const char *in, *want, *inert;
	} t[] = {
		{ "", "", "" },
		{ "a\nb", "<p>a<br>\nb</p>\n", "<p>a<br>\nb</p>\n" },
		{ "[a](http://b)",
		    "<p><a href=\"http://b\" rel=\"nofollow ugc noopener\">a"
		    "</a></p>\n",
		    "<p><a>a</a></p>\n" },
		{ "http://b",
		    "<p><a href=\"http://b\" rel=\"nofollow ugc noopener\">"
		    "http://b</a></p>\n",
		    "<p><a>http://b</a></p>\n" },
		{ "[http://a](vbscript:x)", "<p>http://a</p>\n",
		    "<p>http://a</p>\n" },
		{ "<b>&lt;", "<p>&lt;b&gt;&lt;</p>\n",
		    "<p>&lt;b&gt;&lt;</p>\n" },
		{ "**\xff**", "<p><strong>\xef\xbf\xbd</strong></p>\n",
		    "<p><strong>\xef\xbf\xbd</strong></p>\n" },
		/* md4c 0.4.8 finds the autolink inside the link. */
		{ "[a <http://b)c>](d)",
		    "<p><a href=\"d\" rel=\"nofollow ugc noopener\">a "
		    "http://b)c</a></p>\n",
		    NULL },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t) - 1; i++) {
		assert_str(markdown_comment(a, str_c(t[i].in)), t[i].want);
		assert_str(
		    markdown_comment_inert(a, str_c(t[i].in)), t[i].inert);
	}
	arena_free(a);
}

/* Twenty links are links, one more and all is text. */
static void
test_comment_links(void **state)
{
	struct arena *a = arena_new();
	struct buf b = buf_new(10000);
	struct html out;

	(void)state;
	for (int i = 0; i < 20; i++)
		buf_cstr(&b, "[a](/b) ");
	out = markdown_comment(a, buf_view(&b));
	assert_non_null(memmem(out.p, out.n, "<a ", 3));
	buf_cstr(&b, "http://c");
	out = markdown_comment(a, buf_view(&b));
	assert_null(memmem(out.p, out.n, "<a ", 3));
	buf_free(&b);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_figure),
		cmocka_unit_test(test_raw_keeps_ours),
		cmocka_unit_test(test_article_limits),
		cmocka_unit_test(test_comment),
		cmocka_unit_test(test_comment_links),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
