/* Articles: drafts, addresses, what is visible when, and versions. */
#include "fixture.h"

#include "date.h"
#include "markdown.h"

/* 2026-11-05 12:00 UTC and the month after. */
#define NOVEMBER 1793880000
#define DECEMBER (NOVEMBER + 30 * 86400)

static struct draft
draft(struct fixture *f, const char *title)
{
	return (struct draft){ .title = str_c(title),
		.slug = STR(""),
		.summary = STR("A summary."),
		.source = STR("Some words here."),
		.lang = LANG_id,
		.author = f->user,
		.open = true };
}

static enum err
save(struct fixture *f, struct draft *d)
{
	return draft_save(f->store, f->staff, f->a, d, f->now);
}

static struct str
publish(struct fixture *f, int64_t id)
{
	struct str path = STR("");

	assert_int_equal(article_publish(f->store, f->a, id, f->now, &path),
	    OK);
	return path;
}

/* Is it there by address, by id, in the list, in the count? */
static bool
visible(struct fixture *f, int64_t id, struct str path)
{
	struct article a, *list;
	struct term *terms;
	bool more;
	size_t n, nterms, seen = 0;
	bool there = article_by_id(f->pub, f->a, id, &a) == OK;

	assert_int_equal(article_by_path(f->pub, f->a, path, &a),
	    there ? OK : ERR_NOTFOUND);
	assert_int_equal(article_page(f->pub, f->a, 1, 100, &list, &n,
			     &more),
	    OK);
	assert_false(more);
	for (size_t i = 0; i < n; i++)
		seen += list[i].id == id;
	assert_int_equal(seen, there);
	assert_int_equal(article_terms(f->pub, f->a, id, &terms, &nterms),
	    OK);
	assert_true(there || nterms == 0);
	return there;
}

static int64_t
site(struct fixture *f)
{
	return fixture_int(f, "SELECT version FROM site");
}

/* ---- drafts ------------------------------------------------------------------ */

static void
test_draft(void **state)
{
	struct fixture *f = *state;
	struct draft d = draft(f, "Kopi & <teh>"), got;
	int64_t drafts, published;

	d.terms[0] = (struct term){ true, STR("minuman"), STR("Minuman") };
	d.terms[1] = (struct term){ false, STR("kopi"), STR("Kopi") };
	d.nterms = 2;
	assert_int_equal(save(f, &d), OK);
	assert_true(d.id > 0);
	assert_int_equal(d.revision, 1);
	assert_str(d.slug, "kopi-teh");
	assert_int_equal(draft_load(f->staff, f->a, d.id, &got), OK);
	assert_str(got.title, "Kopi & <teh>");
	assert_str(got.slug, "kopi-teh");
	assert_str(got.summary, "A summary.");
	assert_str(got.source, "Some words here.");
	assert_int_equal(got.lang, LANG_id);
	assert_int_equal(got.author, f->user);
	assert_int_equal(got.status, ARTICLE_DRAFT);
	assert_int_equal(got.path.n, 0);
	assert_int_equal(got.published_at, 0);
	assert_true(got.open);
	assert_int_equal(got.nterms, 2);
	assert_true(got.terms[0].category);
	assert_str(got.terms[0].slug, "minuman");
	assert_false(got.terms[1].category);
	assert_str(got.terms[1].name, "Kopi");
	assert_int_equal(fixture_int(f, "SELECT words FROM article"), 3);
	assert_false(visible(f, d.id, STR("")));
	assert_int_equal(article_counts(f->staff, &drafts, &published), OK);
	assert_int_equal(drafts, 1);
	assert_int_equal(published, 0);
	assert_int_equal(draft_load(f->staff, f->a, d.id + 1, &got),
	    ERR_NOTFOUND);
	/* Nobody can see it. */
	assert_int_equal(site(f), 1);
}

static void
test_slug_kept(void **state)
{
	struct fixture *f = *state;
	struct draft d = draft(f, "Kopi"), e = draft(f, "\xE5\x92\x96");

	d.slug = STR("my-own");
	assert_int_equal(save(f, &d), OK);
	assert_str(d.slug, "my-own");
	d.title = STR("Teh");
	assert_int_equal(save(f, &d), OK);
	assert_str(d.slug, "my-own");
	/* Nothing to make a slug of. */
	assert_int_equal(save(f, &e), OK);
	assert_str(e.slug, "");
}

static void
test_revision_conflict(void **state)
{
	struct fixture *f = *state;
	struct draft mine = draft(f, "Kopi"), theirs, none;

	assert_int_equal(save(f, &mine), OK);
	assert_int_equal(draft_load(f->staff, f->a, mine.id, &theirs), OK);
	theirs.source = STR("Theirs.");
	assert_int_equal(save(f, &theirs), OK);
	assert_int_equal(theirs.revision, 2);
	mine.source = STR("Mine.");
	mine.slug = STR("");
	mine.terms[0] = (struct term){ false, STR("x"), STR("X") };
	mine.nterms = 1;
	assert_int_equal(save(f, &mine), ERR_CONFLICT);
	assert_int_equal(mine.revision, 1);
	assert_str(mine.slug, "");
	assert_str(fixture_text(f, "SELECT source FROM article"), "Theirs.");
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM term"), 0);
	mine.revision = 2;
	assert_int_equal(save(f, &mine), OK);
	assert_int_equal(mine.revision, 3);
	/* Publishing is a change, too. */
	publish(f, mine.id);
	assert_int_equal(save(f, &mine), ERR_CONFLICT);
	none = draft(f, "None");
	none.id = 999;
	none.revision = 1;
	assert_int_equal(save(f, &none), ERR_CONFLICT);
}

static void
test_nobodys_article(void **state)
{
	struct fixture *f = *state;
	struct draft d = draft(f, "Kopi");

	d.author = 999;
	assert_int_equal(save(f, &d), ERR_CONFLICT);
	assert_int_equal(d.id, 0);
	d.author = f->user;
	d.image = 999;
	assert_int_equal(save(f, &d), ERR_CONFLICT);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM article"), 0);
}

/* ---- addresses ---------------------------------------------------------------- */

static struct str
publish_new(struct fixture *f, const char *title, int64_t at)
{
	struct draft d = draft(f, title);

	d.published_at = at;
	assert_int_equal(save(f, &d), OK);
	return publish(f, d.id);
}

static void
test_addresses(void **state)
{
	static const struct {
		const char *title;
		int64_t at;
		const char *want;
	} t[] = {
		{ "Kopi", NOVEMBER, "/2026/11/kopi/" },
		{ "Kopi", NOVEMBER + 1, "/2026/11/kopi-2/" },
		{ "kopi!", NOVEMBER, "/2026/11/kopi-3/" },
		{ "Kopi", DECEMBER, "/2026/12/kopi/" },
		{ "Kopi 2", NOVEMBER, "/2026/11/kopi-2-2/" },
		{ "Kopi 2", DECEMBER, "/2026/12/kopi-2/" },
		{ "Kopi", DECEMBER, "/2026/12/kopi-3/" },
		{ "\xE5\x92\x96", NOVEMBER, "/2026/11/8/" },
		{ "../..", DECEMBER, "/2026/12/9/" },
		{ "10", DECEMBER, "/2026/12/10/" },
		{ "12", DECEMBER, "/2026/12/12/" },
		{ "?", DECEMBER, "/2026/12/12-2/" },
		{ "Kopi", -1, "/1969/12/kopi/" },
		{ "Kopi", -62135596800, "/0001/01/kopi/" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		assert_str(publish_new(f, t[i].title, t[i].at), t[i].want);
}

static void
test_address_kept(void **state)
{
	struct fixture *f = *state;
	struct draft d = draft(f, "Kopi");
	struct str path;
	int64_t id;

	d.published_at = NOVEMBER - 365 * 86400;
	assert_int_equal(save(f, &d), OK);
	path = publish(f, d.id);
	assert_str(path, "/2025/11/kopi/");
	assert_str(publish(f, d.id), "/2025/11/kopi/");
	assert_int_equal(draft_load(f->staff, f->a, d.id, &d), OK);
	d.title = STR("Teh");
	d.slug = STR("teh");
	d.published_at = NOVEMBER - 300 * 86400;
	assert_int_equal(save(f, &d), OK);
	assert_str(publish(f, d.id), "/2025/11/kopi/");
	assert_int_equal(article_unpublish(f->store, d.id, f->now), OK);
	assert_false(visible(f, d.id, path));
	/* Nobody else gets it meanwhile. */
	assert_str(publish_new(f, "Kopi", NOVEMBER - 365 * 86400),
	    "/2025/11/kopi-2/");
	assert_str(publish(f, d.id), "/2025/11/kopi/");
	assert_true(visible(f, d.id, path));
	assert_int_equal(article_find(f->staff, path, &id), OK);
	assert_int_equal(id, d.id);
	assert_int_equal(article_find(f->staff, STR("teh"), &id), OK);
	assert_int_equal(id, d.id);
	assert_int_equal(article_find(f->staff, STR("nothing"), &id),
	    ERR_NOTFOUND);
	assert_int_equal(article_find(f->staff, STR(""), &id), ERR_NOTFOUND);
}

static void
test_not_there(void **state)
{
	struct fixture *f = *state;
	int64_t id = fixture_article(f, "Kopi", 0);
	struct str path = STR("untouched");

	assert_int_equal(article_publish(f->store, f->a, 999, f->now, &path),
	    ERR_NOTFOUND);
	assert_str(path, "untouched");
	assert_int_equal(article_unpublish(f->store, 999, f->now),
	    ERR_NOTFOUND);
	assert_int_equal(article_unpublish(f->store, id, f->now),
	    ERR_NOTFOUND);
	assert_int_equal(site(f), 1);
}

/* ---- when it is visible --------------------------------------------------------- */

static void
test_now(void **state)
{
	struct fixture *f = *state;
	struct draft d = draft(f, "Kopi");
	struct str path;
	struct article a;

	assert_int_equal(save(f, &d), OK);
	path = publish(f, d.id);
	assert_true(visible(f, d.id, path));
	assert_int_equal(article_by_path(f->pub, f->a, path, &a), OK);
	assert_int_equal(a.published_at, f->now);
	assert_str(a.title, "Kopi");
	assert_str(a.author_name, "Sari Dewi");
	assert_int_equal(a.lang, LANG_id);
	assert_true(a.html.n > 0);
	assert_int_equal(article_by_path(f->pub, f->a,
			     str_sub(path, 0, path.n - 1), &a),
	    ERR_NOTFOUND);
}

static void
test_scheduled(void **state)
{
	struct fixture *f = *state;
	int64_t older = fixture_article(f, "Older", f->now - 10);
	struct draft d = draft(f, "Kopi");
	struct article_link before, after;
	struct article a;
	struct str path;

	d.published_at = f->now + 3600;
	d.terms[0] = (struct term){ false, STR("kopi"), STR("Kopi") };
	d.nterms = 1;
	assert_int_equal(save(f, &d), OK);
	path = publish(f, d.id);
	assert_false(visible(f, d.id, path));
	assert_int_equal(article_by_id(f->pub, f->a, older, &a), OK);
	assert_int_equal(article_neighbours(f->pub, f->a, &a, &before,
			     &after),
	    OK);
	assert_int_equal(after.path.n, 0);
	/* Its time comes without anybody doing anything. */
	fixture_exec(f,
	    "UPDATE article SET published_at = unixepoch()"
	    " WHERE title = 'Kopi'");
	assert_true(visible(f, d.id, path));
	assert_int_equal(article_neighbours(f->pub, f->a, &a, &before,
			     &after),
	    OK);
	assert_str(after.title, "Kopi");
}

/* The editor's date field may be left empty: a published article keeps its
 * date, a draft has none. */
static void
test_date_left_empty(void **state)
{
	struct fixture *f = *state;
	struct draft d = draft(f, "Kopi");

	d.published_at = f->now - 100;
	assert_int_equal(save(f, &d), OK);
	d.published_at = 0;
	assert_int_equal(save(f, &d), OK);
	assert_int_equal(fixture_int(f,
			     "SELECT published_at IS NULL FROM article"),
	    1);
	d.published_at = f->now - 100;
	assert_int_equal(save(f, &d), OK);
	publish(f, d.id);
	assert_int_equal(draft_load(f->staff, f->a, d.id, &d), OK);
	d.published_at = 0;
	assert_int_equal(save(f, &d), OK);
	assert_int_equal(fixture_int(f, "SELECT published_at FROM article"),
	    f->now - 100);
}

/* ---- lists ---------------------------------------------------------------------- */

static void
check_page(struct fixture *f, int page, int per_page, const char *want)
{
	struct article *list;
	bool more;
	size_t n;
	struct str got = STR("");

	assert_int_equal(article_page(f->pub, f->a, page, per_page, &list, &n,
			     &more),
	    OK);
	assert_int_equal(more, page < (7 + per_page - 1) / per_page);
	for (size_t i = 0; i < n; i++)
		got = arena_printf(f->a, "%.*s%.*s", (int)got.n, got.p,
		    (int)list[i].title.n, list[i].title.p);
	assert_str(got, want);
}

static void
test_paging(void **state)
{
	/* Newest first, the later written first where dates are the same; one
	 * from before 1970. */
	static const struct {
		const char *title;
		int64_t at;
	} t[] = {
		{ "d", 1700000000 },
		{ "c", 1700000000 },
		{ "a", 1700000009 },
		{ "g", -5 },
		{ "b", 1700000000 },
		{ "e", 5 },
		{ "f", -4 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		fixture_article(f, t[i].title, t[i].at);
	fixture_article(f, "x", 0);
	fixture_article(f, "y", f->now + 3600);
	check_page(f, 1, 100, "abcdefg");
	check_page(f, 1, 7, "abcdefg");
	check_page(f, 2, 7, "");
	check_page(f, 1, 3, "abc");
	check_page(f, 2, 3, "def");
	check_page(f, 3, 3, "g");
	check_page(f, 4, 3, "");
	check_page(f, 5, 3, "");
	check_page(f, 1000000, 100, "");
	check_page(f, 7, 1, "g");
	check_page(f, 8, 1, "");
}

static void
test_neighbours(void **state)
{
	static const char *const titles[] = { "a", "b", "c", "d" };
	struct fixture *f = *state;
	int64_t ids[ARRAY_LEN(titles)];
	struct article_link older, newer;
	struct article a;

	/* a and b in the same second, c later, d later still. */
	for (size_t i = 0; i < ARRAY_LEN(titles); i++)
		ids[i] = fixture_article(f, titles[i],
		    f->now - 100 + (i < 2 ? 0 : (int64_t)i));
	fixture_article(f, "draft", 0);
	for (size_t i = 0; i < ARRAY_LEN(titles); i++) {
		assert_int_equal(article_by_id(f->pub, f->a, ids[i], &a), OK);
		assert_int_equal(article_neighbours(f->pub, f->a, &a, &older,
				     &newer),
		    OK);
		assert_str(older.title, i == 0 ? "" : titles[i - 1]);
		assert_str(newer.title, i == 3 ? "" : titles[i + 1]);
		assert_int_equal(older.path.n > 0, i > 0);
		assert_int_equal(newer.path.n > 0, i < 3);
	}
}

static void
test_rows(void **state)
{
	struct fixture *f = *state;
	int64_t at = INT64_MAX, id = INT64_MAX, start = f->now;
	struct article_row *rows;
	size_t n, seen = 0;

	for (int i = 0; i < 7; i++) {
		/* Two changes a second. */
		f->now = start + i / 2;
		fixture_article(f, arena_printf(f->a, "%d", i).p,
		    i % 3 == 0 ? start - 5 : 0);
	}
	for (;;) {
		assert_int_equal(article_rows(f->staff, f->a, ARTICLES_ALL,
				     at, id, 2, &rows, &n),
		    OK);
		if (n == 0)
			break;
		for (size_t i = 0; i < n; i++, seen++)
			assert_str(rows[i].title,
			    arena_printf(f->a, "%zu", 6 - seen).p);
		at = rows[n - 1].updated_at;
		id = rows[n - 1].id;
	}
	assert_int_equal(seen, 7);
	assert_int_equal(article_rows(f->staff, f->a, ARTICLES_PUBLISHED,
			     INT64_MAX, INT64_MAX, 9, &rows, &n),
	    OK);
	assert_int_equal(n, 3);
	assert_str(rows[0].title, "6");
	assert_int_equal(rows[0].status, ARTICLE_PUBLISHED);
	assert_str(rows[0].author_name, "Sari Dewi");
	assert_int_equal(article_rows(f->staff, f->a, ARTICLES_DRAFT,
			     INT64_MAX, INT64_MAX, 9, &rows, &n),
	    OK);
	assert_int_equal(n, 4);
	assert_int_equal(rows[0].path.n, 0);
}

/* ---- terms ---------------------------------------------------------------------- */

static void
test_terms(void **state)
{
	struct fixture *f = *state;
	struct draft d = draft(f, "Kopi");
	struct term *terms;
	size_t n;

	/* In the author's order; one given twice is there once; the same word
	 * may be a tag and a category. */
	d.terms[0] = (struct term){ false, STR("z"), STR("Z") };
	d.terms[1] = (struct term){ true, STR("z"), STR("Z") };
	d.terms[2] = (struct term){ false, STR("a"), STR("A") };
	d.terms[3] = (struct term){ false, STR("z"), STR("Z") };
	d.nterms = 4;
	assert_int_equal(save(f, &d), OK);
	publish(f, d.id);
	assert_int_equal(article_terms(f->pub, f->a, d.id, &terms, &n), OK);
	assert_int_equal(n, 3);
	assert_str(terms[0].slug, "z");
	assert_false(terms[0].category);
	assert_true(terms[1].category);
	assert_str(terms[2].name, "A");
	assert_int_equal(draft_load(f->staff, f->a, d.id, &d), OK);
	for (size_t i = 0; i < TERMS_MAX; i++) {
		struct str s = arena_printf(f->a, "t%zu", i);

		d.terms[i] = (struct term){ false, s, s };
	}
	d.nterms = TERMS_MAX;
	assert_int_equal(save(f, &d), OK);
	assert_int_equal(article_terms(f->pub, f->a, d.id, &terms, &n), OK);
	assert_int_equal(n, TERMS_MAX);
	for (size_t i = 0; i < n; i++)
		assert_str(terms[i].slug, arena_printf(f->a, "t%zu", i).p);
	d.nterms = 0;
	assert_int_equal(save(f, &d), OK);
	assert_int_equal(article_terms(f->pub, f->a, d.id, &terms, &n), OK);
	assert_int_equal(n, 0);
}

/* A draft that spells a tag anew changes the pages of other articles. */
static void
test_term_renamed(void **state)
{
	struct fixture *f = *state;
	struct draft d = draft(f, "Kopi"), e = draft(f, "Teh");
	struct term *terms;
	int64_t was;
	size_t n;

	d.terms[0] = (struct term){ false, STR("kopi"), STR("kopi") };
	d.nterms = 1;
	assert_int_equal(save(f, &d), OK);
	publish(f, d.id);
	was = site(f);
	e.terms[0] = (struct term){ false, STR("kopi"), STR("kopi") };
	e.nterms = 1;
	assert_int_equal(save(f, &e), OK);
	assert_int_equal(site(f), was);
	e.terms[0].name = STR("Kopi");
	assert_int_equal(save(f, &e), OK);
	assert_int_equal(article_terms(f->pub, f->a, d.id, &terms, &n), OK);
	assert_str(terms[0].name, "Kopi");
	assert_true(site(f) > was);
}

/* ---- versions --------------------------------------------------------------------- */

static void
test_versions(void **state)
{
	struct fixture *f = *state;
	struct draft d = draft(f, "Kopi");
	int64_t was = site(f);

	assert_int_equal(save(f, &d), OK);
	assert_int_equal(save(f, &d), OK);
	assert_int_equal(site(f), was);
	publish(f, d.id);
	assert_true(site(f) > was);
	was = site(f);
	assert_int_equal(draft_load(f->staff, f->a, d.id, &d), OK);
	d.title = STR("Teh");
	assert_int_equal(save(f, &d), OK);
	assert_true(site(f) > was);
	was = site(f);
	d.revision = 1;
	assert_int_equal(save(f, &d), ERR_CONFLICT);
	assert_int_equal(site(f), was);
	assert_int_equal(article_unpublish(f->store, d.id, f->now), OK);
	assert_true(site(f) > was);
	was = site(f);
	assert_int_equal(article_unpublish(f->store, d.id, f->now),
	    ERR_NOTFOUND);
	assert_int_equal(site(f), was);
}

static void
test_rerender(void **state)
{
	struct fixture *f = *state;
	int64_t done, was;

	fixture_article(f, "Kopi", f->now - 9);
	fixture_article(f, "Teh", 0);
	assert_int_equal(article_rerender(f->store, f->staff, f->a, &done),
	    OK);
	assert_int_equal(done, 0);
	was = site(f);
	fixture_exec(f, "UPDATE article SET renderer = 0, html = 'old'");
	assert_int_equal(article_rerender(f->store, f->staff, f->a, &done),
	    OK);
	assert_int_equal(done, 2);
	assert_true(site(f) > was);
	assert_int_equal(fixture_int(f,
			     "SELECT count(*) FROM article"
			     " WHERE html = 'old'"),
	    0);
	assert_int_equal(fixture_int(f, "SELECT min(renderer) FROM article"),
	    MARKDOWN_VERSION);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_draft),
		TEST(test_slug_kept),
		TEST(test_revision_conflict),
		TEST(test_nobodys_article),
		TEST(test_addresses),
		TEST(test_address_kept),
		TEST(test_not_there),
		TEST(test_now),
		TEST(test_scheduled),
		TEST(test_date_left_empty),
		TEST(test_paging),
		TEST(test_neighbours),
		TEST(test_rows),
		TEST(test_terms),
		TEST(test_term_renamed),
		TEST(test_versions),
		TEST(test_rerender),
	};

	if (date_set_zone("UTC") != OK)
		return 99;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
