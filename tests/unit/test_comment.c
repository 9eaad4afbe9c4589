/* The form, storing, the thread. */
#include "fixture.h"

#include "markdown.h"
#include "utf8.h"

static const struct user nobody = { .id = 0 };
static const struct settings strict = { .require_name_email = true };
static const struct settings loose = { .require_name_email = false };

static struct str
repeat(struct arena *a, const char *what, size_t bytes)
{
	size_t n = strlen(what);
	char *p = arena_alloc(a, bytes + n + 1);

	for (size_t i = 0; i < bytes; i += n)
		memcpy(p + i, what, n);
	return (struct str){ p, bytes };
}

static struct comment_form
good(void)
{
	return (struct comment_form){ .text = STR("Hello."),
		.name = STR("Budi"),
		.email = STR("budi@example.org"),
		.url = STR("") };
}

static void
check(struct fixture *f, struct comment_form *form,
    const struct settings *set, const struct user *user)
{
	assert_int_equal(comment_form_check(form, f->a, f->staff, set, user),
	    OK);
}

/* ---- one field ---------------------------------------------------------------- */

struct row {
	struct str value;
	enum msg strict, loose; /* MSG_MAX: fine */
};

static void
check_rows(struct fixture *f, enum comment_field field, const struct row *t,
    size_t n)
{
	for (size_t i = 0; i < n * 2; i++) {
		const struct row *r = &t[i / 2];
		enum msg want = i % 2 ? r->loose : r->strict;
		struct comment_form form = good();
		struct str *const value[FIELD_MAX] = { &form.text, &form.name,
			&form.email, &form.url };

		*value[field] = r->value;
		check(f, &form, i % 2 ? &loose : &strict, &nobody);
		for (int k = 0; k < FIELD_MAX; k++) {
			enum msg m = (int)field == k ? want : MSG_MAX;

			if (form.error[k] != m)
				fail_msg("row %zu: field %d: %d, not %d",
				    i / 2, k, form.error[k], m);
		}
		assert_int_equal(form.nerrors, want == MSG_MAX ? 0 : 1);
		/* What was typed is never changed. */
		assert_true(str_eq(*value[field], r->value));
	}
}

#define BOTH(m) m, m

static void
test_text(void **state)
{
	struct fixture *f = *state;
	const struct row t[] = {
		{ STR("x"), BOTH(MSG_MAX) },
		{ STR("a\tb\r\nc\n"), BOTH(MSG_MAX) },
		{ STR("<script>alert(1)</script>"), BOTH(MSG_MAX) },
		{ STR("\xE2\x80\xAE"), BOTH(MSG_MAX) },
		{ STR(""), BOTH(MSG_err_comment_empty) },
		{ STR(" \t\r\n \f\v"), BOTH(MSG_err_comment_empty) },
		{ STR("a\0b"), BOTH(MSG_err_text_chars) },
		{ STR("\0"), BOTH(MSG_err_text_chars) },
		{ STR("a\x01"), BOTH(MSG_err_text_chars) },
		{ STR("a\x08"), BOTH(MSG_err_text_chars) },
		{ STR("a\x0B"), BOTH(MSG_err_text_chars) },
		{ STR("a\x1B[2J"), BOTH(MSG_err_text_chars) },
		{ STR("a\x7F"), BOTH(MSG_err_text_chars) },
		{ STR("a\xC2\x85"), BOTH(MSG_err_text_chars) },
		{ STR("a\xFF"), BOTH(MSG_err_text_chars) },
		{ STR("a\xC0\xAF"), BOTH(MSG_err_text_chars) },
		{ STR("a\xED\xA0\x80"), BOTH(MSG_err_text_chars) },
		{ STR("a\xF4\x90\x80\x80"), BOTH(MSG_err_text_chars) },
		{ STR("a\xE2\x82"), BOTH(MSG_err_text_chars) },
		{ repeat(f->a, "a", COMMENT_MAX_BYTES), BOTH(MSG_MAX) },
		{ repeat(f->a, "a", COMMENT_MAX_BYTES + 1),
		    BOTH(MSG_err_comment_long) },
		/* bytes, not letters */
		{ repeat(f->a, "\xE2\x98\x95\x0A", COMMENT_MAX_BYTES),
		    BOTH(MSG_MAX) },
		{ repeat(f->a, "\xE2\x98\x95\x0A", COMMENT_MAX_BYTES + 4),
		    BOTH(MSG_err_comment_long) },
		/* as typed, before anything is cut off */
		{ repeat(f->a, "a                               ",
		      COMMENT_MAX_BYTES + 32),
		    BOTH(MSG_err_comment_long) },
	};

	check_rows(f, FIELD_COMMENT, t, ARRAY_LEN(t));
}

static void
test_name(void **state)
{
	struct fixture *f = *state;
	const struct row t[] = {
		{ STR("B"), BOTH(MSG_MAX) },
		{ STR("O'Brien & S\xC3\xB8n <b>"), BOTH(MSG_MAX) },
		{ STR(""), MSG_err_name_required, MSG_MAX },
		{ STR(" \t "), MSG_err_name_required, MSG_MAX },
		/* nothing that shows */
		{ STR("\xE2\x80\x8B"), MSG_err_name_required, MSG_MAX },
		{ STR("\xE2\x80\xAE"), MSG_err_name_required, MSG_MAX },
		{ STR("\xC2\xA0\xE3\x80\x80"), MSG_err_name_required,
		    MSG_MAX },
		{ STR("Bu\0di"), BOTH(MSG_err_name_chars) },
		{ STR("Bu\x1F"), BOTH(MSG_err_name_chars) },
		{ STR("Bu\xFF"), BOTH(MSG_err_name_chars) },
		{ STR("Bu\xC2\x80"), BOTH(MSG_err_name_chars) },
		{ repeat(f->a, "a", COMMENT_NAME_MAX), BOTH(MSG_MAX) },
		{ repeat(f->a, "a", COMMENT_NAME_MAX + 1),
		    BOTH(MSG_err_name_long) },
		{ repeat(f->a, " ", COMMENT_NAME_MAX + 1),
		    BOTH(MSG_err_name_long) },
		{ repeat(f->a, "\xFF", COMMENT_NAME_MAX + 1),
		    BOTH(MSG_err_name_long) },
	};

	check_rows(f, FIELD_AUTHOR, t, ARRAY_LEN(t));
}

/* Nobody else looks like one of the staff (B-10). */
static void
test_name_staff(void **state)
{
	static const struct {
		struct str name;
		bool taken;
	} t[] = {
		{ STR("Admin"), true },
		{ STR("admin"), true },
		{ STR("ADMIN"), true },
		{ STR("  Admin "), true },
		{ STR("A d m i n"), true },
		{ STR("Admin."), true },
		{ STR("\xD0\x90"
		      "dmin"),
		    true }, /* Cyrillic A */
		{ STR("\xCE\x91"
		      "dmin"),
		    true }, /* Greek A */
		{ STR("Adm\xD1\x96n"), true }, /* Cyrillic i */
		{ STR("Adm1n"), true },
		{ STR("Adm\xC4\xB1n"), true }, /* dotless i */
		{ STR("\xC3\x81"
		      "dmin"),
		    true }, /* acute */
		{ STR("A\xCC\x81"
		      "dmin"),
		    true }, /* the same in two */
		{ STR("Ad\xE2\x80\x8Bmin"), true }, /* zero width */
		{ STR("Ad\xC2\xADmin"), true }, /* soft hyphen */
		{ STR("\xE2\x80\xAE"
		      "Admin"),
		    true }, /* override */
		{ STR("\xEF\xBC\xA1\xEF\xBD\x84\xEF\xBD\x8D\xEF\xBD\x89"
		      "\xEF\xBD\x8E"),
		    true }, /* fullwidth */
		{ STR("\xF0\x9D\x90\x80"
		      "dmin"),
		    true }, /* mathematical bold */
		{ STR("sari dewi"), true },
		{ STR("SariDewi"), true },
		{ STR("sari"), false }, /* a login is not shown */
		{ STR("Adminah"), false },
		{ STR("Not Admin"), false },
		{ STR("Bdmin"), false },
		{ STR("..."), false },
	};
	struct fixture *f = *state;

	fixture_user(f, "root", "Admin", ROLE_ADMINISTRATOR);
	fixture_user(f, "dots", "!!!", ROLE_AUTHOR);
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct comment_form form = good();

		form.name = t[i].name;
		check(f, &form, &strict, &nobody);
		if ((form.error[FIELD_AUTHOR] == MSG_err_name_staff) !=
		    t[i].taken)
			fail_msg("row %zu", i);
	}
}

static void
test_clean_name(void **state)
{
	static const struct {
		struct str name;
		const char *want;
	} t[] = {
		{ STR("  Budi \t\r\n Santoso "), "Budi Santoso" },
		{ STR("Andre\xCC\x81"), "Andr\xC3\xA9" },
		{ STR("Bu\xE2\x80\xAE"
		      "di\xE2\x81\xA6"),
		    "Budi" },
		{ STR("Bu\xE2\x80\x8B"
		      "di\xEF\xBB\xBF"),
		    "Budi" },
		{ STR("<b>Budi</b>"), "<b>Budi</b>" },
		{ STR(""), "" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct comment_form form = good();

		form.name = t[i].name;
		check(f, &form, &loose, &nobody);
		assert_int_equal(form.nerrors, 0);
		assert_str(form.clean_name, t[i].want);
	}
}

static void
test_email(void **state)
{
	struct fixture *f = *state;
	struct str longest = repeat(f->a, "abcdefg.", 254);
	const struct row t[] = {
		{ STR("budi@example.org"), BOTH(MSG_MAX) },
		{ STR("  budi@example.org\t"), BOTH(MSG_MAX) },
		{ STR(""), MSG_err_email_required, MSG_MAX },
		{ STR("   "), MSG_err_email_required, MSG_MAX },
		{ STR("budi"), BOTH(MSG_err_email) },
		{ STR("budi@localhost"), BOTH(MSG_err_email) },
		{ STR("budi@example.org\0"), BOTH(MSG_err_email) },
		{ STR("bu\0di@example.org"), BOTH(MSG_err_email) },
		{ STR("budi@example.org\r\nBcc: x@y.example"),
		    BOTH(MSG_err_email) },
		{ STR("a@b.example, c@d.example"), BOTH(MSG_err_email) },
		{ STR("b\xC3\xBC@example.org"), BOTH(MSG_err_email) },
		{ STR("\xFF@example.org"), BOTH(MSG_err_email) },
		{ longest, BOTH(MSG_MAX) },
		{ repeat(f->a, "a", COMMENT_EMAIL_MAX + 1),
		    BOTH(MSG_err_email_long) },
	};

	memcpy((char *)(uintptr_t)longest.p, "budi@", 5);
	memcpy((char *)(uintptr_t)longest.p + 249, "x.org", 5);
	check_rows(f, FIELD_EMAIL, t, ARRAY_LEN(t));
}

static void
test_website(void **state)
{
	struct fixture *f = *state;
	struct str longest = repeat(f->a, "a", COMMENT_URL_MAX);
	const struct row t[] = {
		{ STR(""), BOTH(MSG_MAX) },
		{ STR("  "), BOTH(MSG_MAX) },
		{ STR("example.org"), BOTH(MSG_MAX) },
		{ STR(" https://example.org/~budi "), BOTH(MSG_MAX) },
		{ STR("javascript:alert(1)"), BOTH(MSG_err_url) },
		{ STR("data:text/html,x"), BOTH(MSG_err_url) },
		{ STR("https://a@example.org/"), BOTH(MSG_err_url) },
		{ STR("no address"), BOTH(MSG_err_url) },
		{ STR("https://example.org/\0x"), BOTH(MSG_err_url) },
		{ STR("https://example.org/\xFF"), BOTH(MSG_err_url) },
		{ STR("https://example.org/\x01"), BOTH(MSG_err_url) },
		{ longest, BOTH(MSG_MAX) },
		{ repeat(f->a, "a", COMMENT_URL_MAX + 1),
		    BOTH(MSG_err_url_long) },
	};

	memcpy((char *)(uintptr_t)longest.p, "https://a.example/", 18);
	check_rows(f, FIELD_URL, t, ARRAY_LEN(t));
}

/* ---- the whole form ------------------------------------------------------------ */

/* All mistakes at once (B-06). */
static void
test_all_errors(void **state)
{
	struct fixture *f = *state;
	struct comment_form form = { .text = STR(" "),
		.name = STR("\xFF"),
		.email = STR("x"),
		.url = STR("javascript:") };

	check(f, &form, &strict, &nobody);
	assert_int_equal(form.nerrors, 4);
	assert_int_equal(form.error[FIELD_COMMENT], MSG_err_comment_empty);
	assert_int_equal(form.error[FIELD_AUTHOR], MSG_err_name_chars);
	assert_int_equal(form.error[FIELD_EMAIL], MSG_err_email);
	assert_int_equal(form.error[FIELD_URL], MSG_err_url);
	assert_str(form.email, "x");

	/* Checked again, it is checked anew. */
	form = good();
	form.nerrors = 7;
	form.error[FIELD_EMAIL] = MSG_err_email;
	check(f, &form, &strict, &nobody);
	assert_int_equal(form.nerrors, 0);
	assert_int_equal(form.error[FIELD_EMAIL], MSG_MAX);
}

/* Who is signed in writes as himself, whatever else was sent. */
static void
test_signed_in(void **state)
{
	struct fixture *f = *state;
	struct user sari = { .id = f->user, .display = STR("Sari Dewi") };
	struct comment_form form = { .text = STR("x"),
		.name = STR("Admin\0"),
		.email = STR("x"),
		.url = STR("javascript:") };

	check(f, &form, &strict, &sari);
	assert_int_equal(form.nerrors, 0);
	assert_str(form.clean_name, "Sari Dewi");
	assert_str(form.clean_url, "");
	assert_str(form.email, "");
	form.text = STR("");
	check(f, &form, &strict, &sari);
	assert_int_equal(form.nerrors, 1);
	assert_int_equal(form.error[FIELD_COMMENT], MSG_err_comment_empty);
}

/* ---- storing ------------------------------------------------------------------- */

static enum err
add(struct fixture *f, int64_t article, int64_t parent,
    struct comment_form *form, struct comment_stored *out)
{
	struct comment_new n = { .article = article,
		.parent = parent,
		.form = form,
		.user = &nobody,
		.address = STR("203.0.113.7"),
		.now = f->now };

	check(f, form, &loose, &nobody);
	assert_int_equal(form->nerrors, 0);
	return comment_add(f->store, f->secret, f->a, &n, out);
}

static int64_t
count(struct fixture *f, const char *what)
{
	return fixture_int(f,
	    arena_printf(f->a, "SELECT count(*) FROM %s", what).p);
}

static void
test_places(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	int64_t other = fixture_article(f, "Teh", f->now - 9);
	int64_t draft = fixture_article(f, "Susu", 0);
	int64_t later = fixture_article(f, "Air", f->now + 3600);
	int64_t gone = fixture_article(f, "Soda", f->now - 9);
	int64_t closed = fixture_article(f, "Jus", f->now - 9);
	int64_t here = fixture_visible(f, article, 0, "here");
	int64_t there = fixture_visible(f, other, 0, "there");
	int64_t pending = fixture_comment(f, article, 0, "pending");
	int64_t spam = fixture_visible(f, article, 0, "spam");
	int64_t trash = fixture_visible(f, article, 0, "trash");
	int64_t buried = fixture_visible(f, article, 0, "buried");
	int64_t in_closed = fixture_visible(f, closed, 0, "early");
	const struct {
		int64_t article, parent;
		enum err want;
	} t[] = {
		{ article, 0, OK },
		{ article, here, OK },
		{ article, there, ERR_INPUT },
		{ other, here, ERR_INPUT },
		{ article, pending, ERR_INPUT },
		{ article, spam, ERR_INPUT },
		{ article, trash, ERR_INPUT },
		{ article, buried, ERR_INPUT },
		{ article, 999999, ERR_INPUT },
		{ article, -1, ERR_INPUT },
		{ article, INT64_MAX, ERR_INPUT },
		{ draft, 0, ERR_NOTFOUND },
		{ draft, here, ERR_NOTFOUND },
		{ later, 0, ERR_NOTFOUND },
		{ gone, 0, ERR_NOTFOUND },
		{ 999999, 0, ERR_NOTFOUND },
		{ 0, 0, ERR_NOTFOUND },
		{ -1, 0, ERR_NOTFOUND },
		{ closed, 0, ERR_DENIED },
		{ closed, in_closed, ERR_DENIED },
		{ closed, here, ERR_INPUT },
	};

	fixture_visible(f, article, buried, "below");
	assert_int_equal(fixture_act(f, ACT_SPAM, spam), 1);
	assert_int_equal(fixture_act(f, ACT_TRASH, trash), 1);
	fixture_act(f, ACT_TRASH, buried);
	assert_int_equal(fixture_act(f, ACT_DELETE, buried), 1);
	assert_int_equal(article_unpublish(f->store, gone, f->now), OK);
	fixture_exec(f, "UPDATE article SET open = 0 WHERE title = 'Jus'");
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct comment_form form = good();
		struct comment_stored out = { .id = -1 };
		int64_t was = count(f, "comment"), people = count(f, "person");
		enum err e;

		form.text = arena_printf(f->a, "text %zu", i);
		e = add(f, t[i].article, t[i].parent, &form, &out);
		if (e != t[i].want)
			fail_msg("row %zu: %s", i, err_name(e));
		if (e == OK)
			continue;
		/* Nothing of a refused comment is kept. */
		assert_int_equal(out.id, -1);
		assert_int_equal(count(f, "comment"), was);
		assert_int_equal(count(f, "person"), people);
	}
}

static void
test_stored(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	struct comment_form form = good();
	struct comment_stored out;
	struct comment c;
	enum comment_status status;
	int64_t n;

	form.text = STR("  Two\r\nlines & <b>\n");
	form.name = STR(" Budi  S. ");
	form.url = STR("example.org");
	assert_int_equal(add(f, article, 0, &form, &out), OK);
	assert_int_equal(out.status, COMMENT_PENDING);
	assert_false(out.repeated);
	/* The words as typed, for good (B-25). */
	assert_str(fixture_text(f, "SELECT source FROM comment"),
	    "  Two\r\nlines & <b>\n");
	assert_str(fixture_text(f, "SELECT name FROM comment"), "Budi S.");
	assert_str(fixture_text(f, "SELECT url FROM comment"),
	    "https://example.org");
	assert_int_equal(fixture_int(f, "SELECT created_at FROM comment"),
	    f->now);
	assert_int_equal(fixture_int(f,
			     "SELECT length(network) + length(digest)"
			     " FROM comment"),
	    64);
	assert_int_equal(count(f, "comment_reason"), 1);
	assert_int_equal(comment_own(f->staff, f->a, article, out.id, &c,
			     &status),
	    OK);
	assert_int_equal(status, COMMENT_PENDING);
	/* Nobody vouches for a link in a held comment. */
	assert_str(c.url, "");
	assert_true(c.html.n > 0);
	assert_int_equal(comment_own(f->staff, f->a, article + 1, out.id, &c,
			     &status),
	    ERR_NOTFOUND);
	assert_int_equal(comment_article(f->pub, out.id, &n), ERR_NOTFOUND);
	assert_int_equal(comment_parent(f->pub, f->a, article, out.id, &c),
	    ERR_NOTFOUND);

	assert_int_equal(fixture_act(f, ACT_APPROVE, out.id), 1);
	assert_int_equal(comment_own(f->staff, f->a, article, out.id, &c,
			     &status),
	    OK);
	assert_int_equal(status, COMMENT_APPROVED);
	assert_str(c.url, "https://example.org");
	assert_true(c.html.n > 0);
	assert_int_equal(comment_article(f->pub, out.id, &n), OK);
	assert_int_equal(n, article);
	assert_int_equal(comment_parent(f->pub, f->a, article, out.id, &c),
	    OK);
	assert_str(c.name, "Budi S.");
}

static void
test_own_deleted(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	int64_t id = fixture_visible(f, article, 0, "x");
	enum comment_status status = COMMENT_SPAM;
	struct comment c = { .id = -1 };

	fixture_visible(f, article, id, "y");
	fixture_act(f, ACT_TRASH, id);
	fixture_act(f, ACT_DELETE, id);
	assert_int_equal(comment_own(f->staff, f->a, article, id, &c,
			     &status),
	    ERR_NOTFOUND);
	assert_int_equal(c.id, -1);
	assert_int_equal(status, COMMENT_SPAM);
}

/* The same again: not an error, not a second comment (B-11). */
static void
test_repeated(void **state)
{
	static const struct {
		const char *text, *name, *email;
		bool same;
	} t[] = {
		{ "Hello there.", "Budi", "budi@example.org", true },
		/* the address decides nothing: else it could be guessed */
		{ "Hello there.", "Budi", "other@example.org", true },
		{ "Hello there.", "Budi", "", true },
		{ "  Hello   there.\t", " Budi ", "budi@example.org", true },
		{ "Hello there!", "Budi", "budi@example.org", false },
		{ "hello there.", "Budi", "budi@example.org", false },
		{ "Hello there.", "Tono", "budi@example.org", false },
		{ "Hello\nthere.", "Budi", "budi@example.org", false },
	};
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	int64_t other = fixture_article(f, "Teh", f->now - 9);
	int64_t parent = fixture_visible(f, article, 0, "above");
	struct comment_stored first, out;
	struct comment_form form = good();

	form.text = STR("Hello there.");
	assert_int_equal(add(f, article, 0, &form, &first), OK);
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		int64_t was = count(f, "comment"), people = count(f, "person");

		form = good();
		form.text = str_c(t[i].text);
		form.name = str_c(t[i].name);
		form.email = str_c(t[i].email);
		assert_int_equal(add(f, article, 0, &form, &out), OK);
		if (out.repeated != t[i].same)
			fail_msg("row %zu", i);
		if (!t[i].same)
			continue;
		assert_int_equal(out.id, first.id);
		assert_int_equal(out.status, COMMENT_PENDING);
		assert_int_equal(count(f, "comment"), was);
		assert_int_equal(count(f, "person"), people);
	}
	form = good();
	form.text = STR("Hello there.");
	assert_int_equal(add(f, other, 0, &form, &out), OK);
	assert_false(out.repeated);
	assert_int_equal(add(f, article, parent, &form, &out), OK);
	assert_false(out.repeated);
	assert_int_equal(fixture_act(f, ACT_APPROVE, first.id), 1);
	assert_int_equal(add(f, article, 0, &form, &out), OK);
	assert_true(out.repeated);
	assert_int_equal(out.status, COMMENT_APPROVED);
}

/* Staff are seen at once; others who are signed in are not staff. */
static void
test_verdict(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	struct user sari = { .id = f->user, .display = STR("Sari Dewi") };
	struct comment_form form = { .text = STR("x") };
	struct comment_new n = { .article = article,
		.form = &form,
		.user = &sari,
		.may_moderate = true,
		.address = STR("unix:"),
		.now = f->now };
	struct comment_stored out;

	check(f, &form, &strict, &sari);
	assert_int_equal(comment_add(f->store, f->secret, f->a, &n, &out), OK);
	assert_int_equal(out.status, COMMENT_APPROVED);
	assert_int_equal(count(f, "comment WHERE network IS NULL"), 1);
	assert_int_equal(count(f, "person"), 0);
	assert_int_equal(count(f, "comment_reason"), 0);
	assert_int_equal(fixture_int(f, "SELECT comments FROM article"), 1);
	form.text = STR("y");
	n.may_moderate = false;
	assert_int_equal(comment_add(f->store, f->secret, f->a, &n, &out), OK);
	assert_int_equal(out.status, COMMENT_PENDING);
	assert_int_equal(fixture_int(f, "SELECT comments FROM article"), 1);
}

/* A held comment changes nothing that anybody can see. */
static void
test_versions(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	int64_t clock = fixture_int(f, "SELECT clock FROM site");
	int64_t site = fixture_int(f, "SELECT version FROM site");
	int64_t version = fixture_int(f, "SELECT version FROM article");

	fixture_comment(f, article, 0, "held");
	assert_int_equal(fixture_int(f, "SELECT clock FROM site"), clock);
	assert_int_equal(fixture_int(f, "SELECT version FROM article"),
	    version);
	assert_int_equal(fixture_int(f, "SELECT comments FROM article"), 0);
	fixture_visible(f, article, 0, "seen");
	assert_true(fixture_int(f, "SELECT clock FROM site") > clock);
	assert_true(fixture_int(f, "SELECT version FROM article") > version);
	assert_int_equal(fixture_int(f, "SELECT comments FROM article"), 1);
	/* The other pages have not changed. */
	assert_int_equal(fixture_int(f, "SELECT version FROM site"), site);
}

/* ---- people -------------------------------------------------------------------- */

static void
test_people(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	static const struct {
		const char *email;
		int64_t people;
	} t[] = {
		{ "budi@example.org", 1 },
		{ "BUDI@Example.Org", 1 },
		{ " budi@example.org ", 1 },
		{ "", 1 },
		{ "tono@example.org", 2 },
		{ "budi+x@example.org", 3 },
	};

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct comment_form form = good();
		struct comment_stored out;

		form.email = str_c(t[i].email);
		form.text = arena_printf(f->a, "%zu", i);
		assert_int_equal(add(f, article, 0, &form, &out), OK);
		assert_int_equal(count(f, "person"), t[i].people);
	}
	assert_int_equal(count(f, "comment WHERE person IS NULL"), 1);
	assert_int_equal(count(f,
			     "comment WHERE person ="
			     " (SELECT min(id) FROM person)"),
	    3);
}

static bool
file_holds(struct fixture *f, const char *path, const char *needle)
{
	FILE *file = fopen(path, "rb");
	char *p = arena_alloc(f->a, 8 << 20);
	size_t n;

	if (file == NULL)
		return false;
	n = fread(p, 1, 8 << 20, file);
	assert_true(feof(file));
	fclose(file);
	for (size_t i = 0; i < n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] - 'A' + 'a');
	return memmem(p, n, needle, strlen(needle)) != NULL;
}

/* Whoever steals the database has no address. */
static void
test_not_readable(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	const char *wal = arena_printf(f->a, "%s-wal", f->db).p;
	struct comment_form form = good();
	struct comment_stored out;
	struct comment_row *rows;
	size_t n;

	form.email = STR("Marked.Canary@Example.ORG");
	form.text = STR("findable words");
	assert_int_equal(add(f, article, 0, &form, &out), OK);
	/* The search finds what is there. */
	assert_true(file_holds(f, f->db, "findable words") ||
	    file_holds(f, wal, "findable words"));
	assert_false(file_holds(f, f->db, "canary"));
	assert_false(file_holds(f, wal, "canary"));
	assert_false(file_holds(f, f->db, "203.0.113"));
	assert_false(file_holds(f, wal, "203.0.113"));
	/* And who has the key has it as it was typed. */
	assert_int_equal(comment_queue(f->staff, f->secret, f->a,
			     COMMENT_PENDING, 0, INT64_MAX, 9, &rows, &n),
	    OK);
	assert_int_equal(n, 1);
	assert_str(rows[0].email, "Marked.Canary@Example.ORG");
}

/* ---- the thread ---------------------------------------------------------------- */

static void
test_thread_order(void **state)
{
	/* Written in this order; at: seconds; under: an index or -1. */
	static const struct {
		int at, under;
	} written[] = {
		{ 0, -1 },  /* 0 */
		{ 10, -1 }, /* 1 */
		{ 20, 0 },  /* 2 */
		{ 30, 1 },  /* 3 */
		{ 40, 2 },  /* 4 */
		{ 40, 0 },  /* 5: the same second as 4 */
		{ 5, 0 },   /* 6: imported, older than its siblings */
		{ 40, 0 },  /* 7: the same second as 5 */
	};
	static const int read[] = { 0, 6, 2, 4, 5, 7, 1, 3 };
	static const int depth[] = { 0, 1, 1, 2, 1, 1, 0, 1 };
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	int64_t ids[ARRAY_LEN(written)], start = f->now;
	struct comment *list;
	size_t n;

	for (size_t i = 0; i < ARRAY_LEN(written); i++) {
		f->now = start + written[i].at;
		ids[i] = fixture_visible(f, article,
		    written[i].under < 0 ? 0 : ids[written[i].under],
		    arena_printf(f->a, "%zu", i).p);
	}
	fixture_comment(f, article, ids[0], "held");
	assert_int_equal(comment_thread(f->pub, f->a, article, &list, &n),
	    OK);
	assert_int_equal(n, ARRAY_LEN(read));
	for (size_t i = 0; i < n; i++) {
		int under = written[read[i]].under;

		assert_int_equal(list[i].id, ids[read[i]]);
		assert_int_equal(list[i].depth, depth[i]);
		assert_int_equal(list[i].parent, under < 0 ? 0 : ids[under]);
		if (under >= 0)
			assert_int_equal(list[i].above[list[i].depth - 1],
			    ids[under]);
	}
}

/* Twelve answers, each to the one before: the path keeps ten levels, the
 * parent is always true, and what is deeper stands in order of time. */
static void
test_thread_depth(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	int64_t ids[13] = { 0 };
	struct comment *list;
	struct comment c;
	size_t n;

	for (int i = 1; i <= 12; i++) {
		f->now++;
		ids[i] = fixture_visible(f, article, ids[i - 1],
		    arena_printf(f->a, "level %d", i).p);
	}
	assert_int_equal(comment_thread(f->pub, f->a, article, &list, &n),
	    OK);
	assert_int_equal(n, 12);
	for (int i = 0; i < 12; i++) {
		int depth = i < COMMENT_PATH_DEPTH ? i :
						     COMMENT_PATH_DEPTH - 1;

		assert_int_equal(list[i].id, ids[i + 1]);
		assert_int_equal(list[i].parent, ids[i]);
		assert_int_equal(list[i].depth, depth);
		for (int k = 0; k < depth; k++)
			assert_int_equal(list[i].above[k], ids[k + 1]);
	}
	/* A place in the middle does not break what is below. */
	fixture_act(f, ACT_TRASH, ids[5]);
	assert_int_equal(comment_thread(f->pub, f->a, article, &list, &n),
	    OK);
	assert_int_equal(n, 11);
	assert_int_equal(list[4].id, ids[6]);
	assert_int_equal(list[4].above[4], ids[5]);
	assert_int_equal(comment_parent(f->pub, f->a, article, ids[12], &c),
	    OK);
	assert_int_equal(c.depth, COMMENT_PATH_DEPTH - 1);
	assert_int_equal(comment_parent(f->pub, f->a, article, ids[5], &c),
	    ERR_NOTFOUND);
}

/* More than the list begins with, each where it belongs. */
static void
test_thread_long(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	int64_t first = fixture_visible(f, article, 0, "first");
	struct comment *list;
	size_t n;

	for (int i = 0; i < 200; i++)
		fixture_visible(f, article, i % 2 ? first : 0,
		    arena_printf(f->a, "%d", i).p);
	assert_int_equal(comment_thread(f->pub, f->a, article, &list, &n),
	    OK);
	assert_int_equal(n, 201);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(list[i].depth, i >= 1 && i <= 100);
		if (i > 0 && i != 1 && i != 101)
			assert_true(list[i].id > list[i - 1].id);
	}
}

/* Nothing of a hidden article's thread is public (S-10). */
static void
test_thread_hidden(void **state)
{
	struct fixture *f = *state;
	int64_t article = fixture_article(f, "Kopi", f->now - 9);
	int64_t id = fixture_visible(f, article, 0, "x"), where;
	struct comment *list, c;
	size_t n = 7;

	assert_int_equal(article_unpublish(f->store, article, f->now), OK);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(comment_thread(f->pub, f->a, article, &list,
				     &n),
		    OK);
		assert_int_equal(n, 0);
		assert_int_equal(comment_article(f->pub, id, &where),
		    ERR_NOTFOUND);
		assert_int_equal(comment_parent(f->pub, f->a, article, id,
				     &c),
		    ERR_NOTFOUND);
		fixture_exec(f,
		    "UPDATE article SET status = 'published',"
		    " published_at = unixepoch() + 3600");
	}
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_text),
		TEST(test_name),
		TEST(test_name_staff),
		TEST(test_clean_name),
		TEST(test_email),
		TEST(test_website),
		TEST(test_all_errors),
		TEST(test_signed_in),
		TEST(test_places),
		TEST(test_stored),
		TEST(test_own_deleted),
		TEST(test_repeated),
		TEST(test_verdict),
		TEST(test_versions),
		TEST(test_people),
		TEST(test_not_readable),
		TEST(test_thread_order),
		TEST(test_thread_depth),
		TEST(test_thread_long),
		TEST(test_thread_hidden),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
