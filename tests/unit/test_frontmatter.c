/* Article files. */
#include "test.h"

#include "date.h"
#include "frontmatter.h"

static struct front
parse(struct arena *a, const char *src)
{
	struct front f = { .body_line = 0 };
	struct front_error why = { 0, "" };

	if (frontmatter_parse(a, str_c(src), &why, &f) != OK)
		fail_msg("%zu: %s", why.line, why.text);
	return f;
}

static void
test_all_keys(void **state)
{
	struct arena *a = arena_new();
	struct front f = parse(a,
	    "---\n"
	    "title: Kopi: pagi # 1\n"
	    "slug: kopi-pagi\n"
	    "  # a comment\n"
	    "\n"
	    "date: 2026-01-02 10:00\n"
	    "lang: id\n"
	    "author: Budi\n"
	    "tags: kopi, \"teh, hangat\",pagi,\n"
	    "categories:\n"
	    "  - Minuman\n"
	    "- \"Rumah \\\"Kita\\\"\"\n"
	    "summary: \"A \\\\ \\\"b\\\"\"\n"
	    "image: /media/kopi.jpg\n"
	    "alt: Secangkir kopi\n"
	    "caption: Di teras\n"
	    "credit: Sari\n"
	    "credit_url: Example.org/sari\n"
	    "status: published\n"
	    "comments: closed\n"
	    "---\n"
	    "# Not the title\n");

	(void)state;
	assert_str(f.title, "Kopi: pagi # 1");
	assert_str(f.slug, "kopi-pagi");
	assert_true(f.has_date);
	assert_int_equal(f.date, 1767322800);
	assert_true(f.has_lang);
	assert_int_equal(f.lang, LANG_id);
	assert_str(f.author, "Budi");
	assert_int_equal(f.tags.n, 3);
	assert_str(f.tags.p[0], "kopi");
	assert_str(f.tags.p[1], "teh, hangat");
	assert_str(f.tags.p[2], "pagi");
	assert_int_equal(f.categories.n, 2);
	assert_str(f.categories.p[0], "Minuman");
	assert_str(f.categories.p[1], "Rumah \"Kita\"");
	assert_str(f.summary, "A \\ \"b\"");
	assert_str(f.image, "/media/kopi.jpg");
	assert_str(f.alt, "Secangkir kopi");
	assert_str(f.caption, "Di teras");
	assert_str(f.credit, "Sari");
	assert_str(f.credit_url, "https://example.org/sari");
	assert_int_equal(f.status, FRONT_PUBLISHED);
	assert_int_equal(f.comments, FRONT_CLOSED);
	assert_str(f.body, "# Not the title\n");
	assert_int_equal(f.body_line, 22);
	arena_free(a);
}

static void
test_nothing_said(void **state)
{
	struct arena *a = arena_new();
	struct front f = parse(a, "---\ntitle: T\nsummary:\ntags:\n---\n");

	(void)state;
	assert_str(f.summary, "");
	assert_int_equal(f.tags.n, 0);
	assert_false(f.has_date);
	assert_false(f.has_lang);
	assert_int_equal(f.status, FRONT_STATUS_UNSET);
	assert_int_equal(f.comments, FRONT_COMMENTS_UNSET);
	assert_str(f.body, "");
	arena_free(a);
}

static void
test_title(void **state)
{
	static const struct {
		const char *in, *title, *body;
		size_t line;
	} t[] = {
		{ "# Kopi\n\nText.\n", "Kopi", "\nText.\n", 2 },
		{ "\n\n  #  Kopi #\r\nText.\r\n", "Kopi", "Text.\r\n", 4 },
		{ "\xEF\xBB\xBF# Kopi", "Kopi", "", 2 },
		{ "# C#\nx", "C#", "x", 2 },
		{ "a\n# Kopi\nb\n", "Kopi", "a\n\nb\n", 1 },
		{ "```sh\n# no\n```\n# yes\n", "yes", "```sh\n# no\n```\n\n",
		    1 },
		{ "~~~\n```\n# no\n~~~\n# yes\n", "yes",
		    "~~~\n```\n# no\n~~~\n\n", 1 },
		{ "````\n```\n# no\n`````\n# yes\n", "yes",
		    "````\n```\n# no\n`````\n\n", 1 },
		{ "```a```\n# yes\n", "yes", "```a```\n\n", 1 },
		{ "## no\n    # no\n#no\n#\n# yes\n", "yes",
		    "## no\n    # no\n#no\n#\n\n", 1 },
		{ "---\nstatus: draft\n---\n# Kopi\nText", "Kopi", "Text", 5 },
		{ "---\r\ntitle: T\r\n---\r\nText", "T", "Text", 4 },
		{ "--- \ntitle: T\n---  \n---\n", "T", "---\n", 4 },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct front f = parse(a, t[i].in);

		assert_str(f.title, t[i].title);
		assert_str(f.body, t[i].body);
		assert_int_equal(f.body_line, t[i].line);
	}
	arena_free(a);
}

static void
test_lists(void **state)
{
	/* The entries, each ended by '|'. */
	static const struct {
		const char *in, *want;
	} t[] = {
		{ "tags: a", "a|" },
		{ "tags: a, b c ,d", "a|b c|d|" },
		{ "tags: [a, b]", "a|b|" },
		{ "tags: []", "" },
		{ "tags: [ \"a]\" , b ]", "a]|b|" },
		{ "tags: ,a,,b,", "a|b|" },
		{ "tags: \"a\", \"\"", "a|" },
		{ "tags:\n- a\n  - b, c\n\n# x\n  - \"d\"", "a|b, c|d|" },
		{ "tags:\n  -\n  - a", "a|" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		char src[200], got[200] = "";
		struct front f;

		snprintf(src, sizeof(src), "---\ntitle: T\n%s\n---\n", t[i].in);
		f = parse(a, src);
		for (size_t k = 0; k < f.tags.n; k++)
			snprintf(got + strlen(got), sizeof(got) - strlen(got),
			    "%.*s|", (int)f.tags.p[k].n, f.tags.p[k].p);
		assert_string_equal(got, t[i].want);
	}
	arena_free(a);
}

static void
test_errors(void **state)
{
	/* The line, and what the message must say. */
	static const struct {
		const char *in;
		size_t line;
		const char *want;
	} t[] = {
		{ "", 1, "no title" },
		{ "Text only\n", 1, "no title" },
		{ "---\nstatus: draft\n---\nText\n", 1, "no title" },
		{ "---\ntitle: T\n", 1, "no end" },
		{ "---", 1, "no end" },
		{ "---\ntitel: T\n---\n", 2,
		    "unknown key \"titel\"; the keys are title, slug, " },
		{ "---\nTitle: T\n---\n", 2, "unknown key \"Title\"" },
		{ "---\ntitle: T\nslug: a\ntitle: U\n---\n", 4,
		    "\"title\" is here again, first in line 2" },
		{ "---\ndate: yesterday\n---\n", 2,
		    "\"yesterday\" is no date" },
		{ "---\ndate: 2026-02-30\n---\n", 2, "write it as 2026-" },
		{ "---\nslug: Kopi Pagi\n---\n", 2, "is no slug; use small" },
		{ "---\nstatus: publish\n---\n", 2, "use draft or published" },
		{ "---\ncomments: yes\n---\n", 2, "open or closed" },
		{ "---\nlang: de\n---\n", 2, "use en or id" },
		{ "---\nimage: javascript:x\n---\n", 2, "is no picture" },
		{ "---\ncredit_url: budi\n---\n", 2, "is no web address" },
		{ "---\ntitle\n---\n", 2, "\"key: value\"" },
		{ "---\ntitle: T\n----\n", 3, "instead of \"----\"" },
		{ "---\ntitle: T\n- a\n---\n", 3, "only below tags" },
		{ "---\ntags: a\n- b\n---\n", 3, "only below tags" },
		{ "---\ntitle: \"T\n---\n", 2, "not closed" },
		{ "---\ntitle: \"T\\\"\n---\n", 2, "not closed" },
		{ "---\ntitle: \"a\\n\"\n---\n", 2, "after a backslash" },
		{ "---\ntitle: \"a\" b\n---\n", 2, "unexpected \"b\"" },
		{ "---\ntitle: 'T'\n---\n", 2, "single quotes" },
		{ "---\nsummary: |\n  a\n---\n", 2, "on one line" },
		{ "---\ntags: [a, b\n---\n", 2, "write ]" },
		{ "---\ntags: \"a\" b\n---\n", 2, "comma before \"b\"" },
		{ "---\ntitle:\tT\n---\n", 2, "tab" },
		{ "---\ntitle: T\n---\na\n\xFF\n", 5, "UTF-8" },
		{ "---\ntitle: \x1B[1m\n---\n", 2, "control" },
		{ "---\ntitle: T\n---\na\rb\n", 4, "control" },
		{ "# T\n\x0C\n", 2, "control" },
		{ "---\n: x\n---\n", 2, "unknown key \"\"" },
		{ "---\nkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk: "
		  "x\n---\n",
		    2, "kk…\"; the keys" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct front f = { .body_line = 77 };
		struct front_error why = { 0, "" };

		if (frontmatter_parse(a, str_c(t[i].in), &why, &f) !=
			ERR_INPUT ||
		    why.line != t[i].line ||
		    strstr(why.text, t[i].want) == NULL)
			fail_msg("%s: %zu: %s", t[i].in, why.line, why.text);
		assert_int_equal(f.body_line, 77);
	}
	arena_free(a);
}

static void
test_too_many(void **state)
{
	struct arena *a = arena_new();
	struct front f = { .body_line = 77 };
	struct front_error why;
	char src[1000] = "---\ntitle: T\ntags:\n";

	(void)state;
	for (size_t i = 0; i <= FRONT_LIST_MAX; i++)
		memcpy(src + strlen(src), "- a\n", 5);
	memcpy(src + strlen(src), "---\n", 5);
	assert_int_equal(frontmatter_parse(a, str_c(src), &why, &f), ERR_INPUT);
	assert_int_equal(why.line, 4 + FRONT_LIST_MAX);
	arena_free(a);
}

static int
setup(void **state)
{
	(void)state;
	return date_set_zone("Asia/Jakarta") != OK;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_keys),
		cmocka_unit_test(test_nothing_said),
		cmocka_unit_test(test_title),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_too_many),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
