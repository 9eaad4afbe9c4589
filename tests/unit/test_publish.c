/* Article files into the blog. */
#include "config.h"

/* First: cmocka has a macro of the name of the command's fail. */
#include "publish.h"

#include "date.h"
#include "fixture.h"

static enum err
no_file(void *arg, struct str name, struct str *bytes, const char **why)
{
	(void)arg;
	(void)name;
	(void)bytes;
	*why = "nowhere";
	return ERR_NOTFOUND;
}

static struct blog
blog_of(struct fixture *f)
{
	return (struct blog){ .a = f->a,
		.secret = f->secret,
		.store = f->store,
		.staff = f->staff,
		.set = { .lang = LANG_id },
		.now = f->now };
}

static int64_t
add(struct fixture *f, const char *text)
{
	struct blog b = blog_of(f);
	const char *why = "";
	int64_t id = 0;
	enum err e = publish_file(&b, str_c(text), no_file, NULL, &id, &why);

	if (e != OK)
		fail_msg("%s: %s", err_name(e), why);
	return id;
}

static void
test_everything(void **state)
{
	struct fixture *f = *state;
	int64_t budi = fixture_user(f, "budi", "Budi S.", ROLE_AUTHOR);
	int64_t id = add(f,
	    "---\n"
	    "title: Kopi pagi\n"
	    "slug: kopi\n"
	    "date: 2026-01-02 10:00\n"
	    "lang: en\n"
	    "author: Budi S.\n"
	    "tags: Kopi Susu, teh, kopi susu\n"
	    "categories: Minuman\n"
	    "summary: Short.\n"
	    "status: published\n"
	    "comments: closed\n"
	    "---\n"
	    "The text.\n");
	struct draft d;

	assert_int_equal(draft_load(f->staff, f->a, id, &d), OK);
	assert_str(d.title, "Kopi pagi");
	assert_str(d.path, "/2026/01/kopi/");
	assert_int_equal(d.status, ARTICLE_PUBLISHED);
	assert_int_equal(d.published_at, 1767348000);
	assert_int_equal(d.lang, LANG_en);
	assert_int_equal(d.author, budi);
	assert_str(d.summary, "Short.");
	assert_false(d.open);
	assert_str(d.source, "The text.\n");
	assert_int_equal(d.nterms, 3);
	assert_true(d.terms[0].category);
	assert_str(d.terms[1].slug, "kopi-susu");
	assert_str(d.terms[2].slug, "teh");
}

static void
test_nothing_said(void **state)
{
	struct fixture *f = *state;
	struct draft d;

	assert_int_equal(draft_load(f->staff, f->a, add(f, "# Kopi\n\nText."),
			     &d),
	    OK);
	assert_str(d.title, "Kopi");
	assert_str(d.slug, "kopi");
	/* Published only by a word: what is out cannot be called back. */
	assert_int_equal(d.status, ARTICLE_DRAFT);
	assert_int_equal(d.lang, LANG_id);
	assert_int_equal(d.author, f->user);
	assert_int_equal(d.published_at, 0);
	assert_true(d.open);
}

static void
test_author(void **state)
{
	struct fixture *f = *state;
	int64_t budi = fixture_user(f, "budi", "Budi S.", ROLE_AUTHOR);
	struct draft d;

	assert_int_equal(draft_load(f->staff, f->a,
			     add(f, "---\ntitle: T\nauthor: budi\n---\n"),
			     &d),
	    OK);
	assert_int_equal(d.author, budi);
}

#define TEN(p)                                                                 \
	p "0," p "1," p "2," p "3," p "4," p "5," p "6," p "7," p "8," p "9,"

static void
test_refused(void **state)
{
	static const struct {
		const char *text, *why;
	} t[] = {
		{ "no title", "1: " },
		{ "---\ntitle: T\nauthor: nobody\n---\n", "1: author: " },
		{ "---\ntitle: T\nimage: a.jpg\n---\n", "1: image: " },
		{ "---\ntitle: T\ncolor: red\n---\n", "3: " },
		/* a tag that would be left out is said, not left out */
		{ "---\ntitle: T\ntags: " TEN("a") TEN("b") TEN("c") "x,y"
		  "\ncategories: z\n---\n",
		    "1: tags: " },
		{ "---\ntitle: T\ntags: kopi, \"!!!\"\n---\n", "1: tags: " },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct blog b = blog_of(f);
		const char *why = "";
		int64_t id = -1;

		if (publish_file(&b, str_c(t[i].text), no_file, NULL, &id,
			&why) != ERR_INPUT ||
		    strncmp(why, t[i].why, strlen(t[i].why)) != 0)
			fail_msg("row %zu: %s", i, why);
		assert_int_equal(id, -1);
	}
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM article"), 0);
}

static void
test_long(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *key;
		size_t max;
	} t[] = {
		{ "title", TITLE_MAX_BYTES },
		{ "title: T\nsummary", SUMMARY_MAX_BYTES },
	};

	for (size_t i = 0; i < ARRAY_LEN(t) * 2; i++) {
		char *p = arena_alloc(f->a, t[i / 2].max + 2);
		struct blog b = blog_of(f);
		const char *why = "";
		int64_t id;
		enum err e;

		memset(p, 'a', t[i / 2].max + i % 2);
		e = publish_file(&b,
		    arena_printf(f->a, "---\n%s: %s\n---\n", t[i / 2].key, p),
		    no_file, NULL, &id, &why);
		assert_int_equal(e, i % 2 ? ERR_INPUT : OK);
	}
}

static void
test_nobody(void **state)
{
	struct fixture *f = *state;
	struct blog b = blog_of(f);
	const char *why = "";
	int64_t id;

	fixture_exec(f, "DELETE FROM user");
	assert_int_equal(publish_file(&b, STR("# T\n"), no_file, NULL, &id,
			     &why),
	    ERR_INPUT);
	assert_non_null(strstr(why, "balas user add"));
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_everything),
		TEST(test_nothing_said),
		TEST(test_author),
		TEST(test_refused),
		TEST(test_long),
		TEST(test_nobody),
	};

	if (date_set_zone("UTC") != OK)
		return 99;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
