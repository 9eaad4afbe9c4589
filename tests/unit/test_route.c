/* The site map and its guards, asked through a made-up exchange. */
#include "fake.h"
#include "fixture.h"

#include <stdlib.h>

#include "buf.h"
#include "page.h"
#include "route.h"
#include "session.h"

#define BASE   "/blog"
#define ORIGIN "https://example.org"

struct blog {
	struct fixture *f;
	struct site site;
	struct ctx c;
	struct fake k;
	const char *who; /* cookie header or NULL */
};

static int
blog_open(void **state)
{
	struct blog *b = calloc(1, sizeof(*b));
	struct conf *conf = &b->site.conf;
	const char *why = "";
	void *fixture;

	if (b == NULL || fixture_open(&fixture) != 0)
		return -1;
	b->f = fixture;
	*conf = (struct conf){ .dir = b->f->dir,
		.media = b->f->dir,
		.url = STR(ORIGIN BASE "/"),
		.origin = STR(ORIGIN),
		.base = STR(BASE "/"),
		.https = true,
		.hosts = { STR("example.org"), STR("www.example.org") },
		.nhosts = 2 };
	b->site.store = b->f->store;
	b->site.secret = b->f->secret;
	if (theme_load(b->f->a, conf, &b->site.theme, &why) != OK)
		fail_msg("%s", why);
	b->c = (struct ctx){ .site = &b->site,
		.a = b->f->a,
		.pub = b->f->pub,
		.staff = b->f->staff,
		.body = buf_new(1 << 20),
		.answer = buf_new(2 << 20) };
	*state = b;
	return 0;
}

static int
blog_close(void **state)
{
	struct blog *b = *state;
	void *fixture = b->f;

	theme_free(b->site.theme);
	buf_free(&b->c.body);
	buf_free(&b->c.answer);
	free(b);
	return fixture_close(&fixture);
}

static void
begin(struct blog *b, const char *target)
{
	fake_begin(&b->k, b->f->a, target);
	fake_set(&b->k, "HTTP_HOST", "example.org");
	fake_set(&b->k, "REMOTE_ADDR", "203.0.113.7");
	if (b->who != NULL)
		fake_set(&b->k, "HTTP_COOKIE", b->who);
}

/* Answer as the program does; the status. */
static int
answer(struct blog *b)
{
	struct ctx *c = &b->c;
	enum err e;

	c->x = &b->k.x;
	c->now = b->f->now;
	c->user = (struct user){ 0 };
	c->token = STR("");
	c->stamp = STAMP_NONE;
	c->arg = 0;
	c->rest = STR("");
	response_begin(c);
	e = request_read(c->a, &c->site->conf, c->x, &c->req);
	assert_int_equal(setting_load(c->pub, c->a, &c->set), OK);
	c->lang = c->set.lang;
	assert_int_equal(e == OK ? route_request(c) : page_error(c, e), OK);
	assert_int_equal(response_send(c), OK);
	return c->res.status;
}

static bool
says(struct blog *b, const char *header)
{
	struct str a = b->k.answer;
	char *end = memmem(a.p, a.n, "\r\n\r\n", 4);

	assert_non_null(end);
	return memmem(a.p, (size_t)(end - a.p) + 2, header,
		   strlen(header)) != NULL;
}

static int
get(struct blog *b, const char *target)
{
	begin(b, target);
	return answer(b);
}

static int
post(struct blog *b, const char *target, struct str form)
{
	begin(b, target);
	fake_form(&b->k, form);
	return answer(b);
}

/* Sign somebody in; the session's token. */
static struct str
sign_in(struct blog *b, int64_t user)
{
	struct str token;

	assert_int_equal(session_begin(b->f->store, b->f->a, user, b->f->now,
			     &token),
	    OK);
	b->who = arena_printf(b->f->a, "__Host-balas=%.*s", (int)token.n,
	    token.p)
		     .p;
	return token;
}

static struct str
form_with(struct blog *b, const char *field, enum token_purpose purpose,
    struct str object, int64_t life, const char *more)
{
	struct str token = token_make(b->f->secret, b->f->a, purpose, object,
	    b->f->now + life);

	return arena_printf(b->f->a, "%s=%.*s%s", field, (int)token.n,
	    token.p, more);
}

/* ---- the map ------------------------------------------------------------------ */

static void
test_table(void **state)
{
	(void)state;
	assert_true(routes_ok());
}

static void
test_addresses(void **state)
{
	static const struct {
		const char *method, *target;
		int status;
		const char *header;
	} t[] = {
		{ "GET", BASE "/", 200, "ETag: " },
		{ "HEAD", BASE "/", 200, "Content-Length: " },
		{ "POST", BASE "/", 405, "Allow: GET, HEAD\r\n" },
		{ "PUT", BASE "/", 405, "Allow: GET, HEAD\r\n" },
		{ "TRACE", BASE "/x", 405, "Allow: GET, HEAD\r\n" },
		{ "GET", BASE "/nothing/here/", 404, "noindex" },
		{ "HEAD", BASE "/nothing/here/", 404, "noindex" },
		{ "GET", BASE "/page/1/", 301, "Location: " BASE "/\r\n" },
		{ "GET", BASE "/page/2/", 404, NULL },
		{ "GET", BASE "/page/0/", 404, NULL },
		{ "GET", BASE "/page/02/", 404, NULL },
		{ "GET", BASE "/page/-1/", 404, NULL },
		{ "GET", BASE "/page/2", 301,
		    "Location: " BASE "/page/2/\r\n" },
		{ "GET", BASE "/page/9223372036854775807/", 404, NULL },
		{ "GET", BASE "/page/18446744073709551617/", 404, NULL },
		{ "GET", BASE "/c/1", 404, NULL },
		{ "GET", BASE "/c/0", 404, NULL },
		{ "GET", BASE "/c/", 404, NULL },
		{ "GET", BASE "/c/1/2", 404, NULL },
		{ "GET", BASE "/static/none.css", 404, NULL },
		{ "GET", BASE "/static/", 404, NULL },
		{ "GET", BASE "/media/blog.db", 404, NULL },
		{ "GET", BASE "/media/key", 404, NULL },
		{ "GET", BASE "/article/1/comments", 405,
		    "Allow: POST\r\n" },
		{ "GET", BASE "/admin/logout", 405, "Allow: POST\r\n" },
		{ "HEAD", BASE "/admin/logout", 405, "Allow: POST\r\n" },
		{ "PUT", BASE "/admin/login", 405,
		    "Allow: GET, HEAD, POST\r\n" },
		{ "GET", BASE, 301, "Location: " BASE "/\r\n" },
		{ "GET", BASE "//?x=1", 301, "Location: " BASE "/?x=1\r\n" },
		{ "GET", BASE "//evil.example/", 404, NULL },
		{ "GET", "//evil.example" BASE "/", 404, NULL },
		{ "GET", "/", 404, NULL },
		{ "GET", "/blogs/", 404, NULL },
		{ "GET", BASE "/../etc/passwd", 400, NULL },
		{ "GET", BASE "/%00", 400, NULL },
		{ "GET", BASE "/?a=1&a=2", 200, NULL },
		{ "GET", BASE "/admin/login", 200, "private, no-store" },
		{ "GET", BASE "/admin", 301, "Location: " BASE "/admin/\r\n" },
	};
	struct blog *b = *state;

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		int status;

		begin(b, t[i].target);
		fake_set(&b->k, "REQUEST_METHOD", t[i].method);
		status = answer(b);
		if (status != t[i].status)
			fail_msg("%s %s: %d", t[i].method, t[i].target,
			    status);
		if (t[i].header != NULL && !says(b, t[i].header))
			fail_msg("%s: %.*s", t[i].target,
			    (int)b->k.answer.n, b->k.answer.p);
	}
}

static void
test_hosts(void **state)
{
	struct blog *b = *state;

	begin(b, BASE "/");
	fake_set(&b->k, "HTTP_HOST", "evil.example");
	assert_int_equal(answer(b), 421);
	assert_null(memmem(b->k.answer.p, b->k.answer.n, "evil", 4));
}

static void
test_fresh(void **state)
{
	struct blog *b = *state;
	const char *tag;

	fixture_article(b->f, "Kopi", b->f->now - 9);
	assert_int_equal(get(b, BASE "/"), 200);
	tag = arena_cstr(b->f->a, b->c.res.etag);
	begin(b, BASE "/");
	fake_set(&b->k, "HTTP_IF_NONE_MATCH", tag);
	assert_int_equal(answer(b), 304);
	assert_false(says(b, "Content-Length"));
	/* Somebody who is signed in gets a page of his own. */
	sign_in(b, b->f->user);
	begin(b, BASE "/");
	fake_set(&b->k, "HTTP_IF_NONE_MATCH", tag);
	assert_int_equal(answer(b), 200);
	assert_true(says(b, "private, no-store"));
	assert_false(says(b, "ETag"));
	b->who = NULL;
	fixture_article(b->f, "Teh", b->f->now - 8);
	begin(b, BASE "/");
	fake_set(&b->k, "HTTP_IF_NONE_MATCH", tag);
	assert_int_equal(answer(b), 200);
}

/* ---- who may ------------------------------------------------------------------- */

static void
test_capabilities(void **state)
{
	/* by role: visitor, contributor, author, moderator, editor, admin */
	static const struct {
		const char *target;
		int status[6];
	} t[] = {
		{ BASE "/admin/", { 0, 303, 303, 303, 303, 303 } },
		{ BASE "/admin/comments", { 0, 403, 403, 200, 200, 200 } },
		{ BASE "/admin/articles", { 0, 403, 403, 403, 200, 200 } },
		{ BASE "/admin/articles/new",
		    { 0, 403, 403, 403, 200, 200 } },
		{ BASE "/admin/articles/1", { 0, 403, 403, 403, 200, 200 } },
		{ BASE "/admin/articles/9", { 0, 403, 403, 403, 404, 404 } },
	};
	struct blog *b = *state;
	int64_t users[6] = { 0 };

	fixture_article(b->f, "Kopi", 0);
	for (int r = ROLE_CONTRIBUTOR; r <= ROLE_ADMINISTRATOR; r++)
		users[r] = fixture_user(b->f, role_name((enum role)r),
		    role_name((enum role)r), (enum role)r);
	for (int r = 0; r < 6; r++) {
		b->who = NULL;
		if (r > 0)
			sign_in(b, users[r]);
		for (size_t i = 0; i < ARRAY_LEN(t); i++) {
			int status = get(b, t[i].target);

			if (r == 0) {
				/* Sign in first; what is there and what is
				 * not looks the same. */
				assert_int_equal(status, 403);
				assert_true(says(b, "private, no-store"));
				assert_null(memmem(b->k.answer.p,
				    b->k.answer.n, "Kopi", 4));
			} else if (status != t[i].status[r]) {
				fail_msg("%s as %s: %d", t[i].target,
				    role_name((enum role)r), status);
			}
		}
	}
}

static void
test_session_cookie(void **state)
{
	struct blog *b = *state;
	struct str token = sign_in(b, b->f->user);

	assert_int_equal(get(b, BASE "/admin/comments"), 200);
	/* Only the name that browsers protect counts on https. */
	b->who = arena_printf(b->f->a, "balas=%.*s", (int)token.n, token.p)
		     .p;
	assert_int_equal(get(b, BASE "/admin/comments"), 403);
	b->who = "__Host-balas=";
	assert_int_equal(get(b, BASE "/admin/comments"), 403);
	b->who = "__Host-balas=nonsense";
	assert_int_equal(get(b, BASE "/admin/comments"), 403);
	assert_int_equal(get(b, BASE "/"), 200);
	sign_in(b, b->f->user);
	b->f->now += SESSION_ABSOLUTE_S;
	assert_int_equal(get(b, BASE "/admin/comments"), 403);
}

/* ---- forms --------------------------------------------------------------------- */

static int
logout_from(struct blog *b, struct str form, const char *origin)
{
	begin(b, BASE "/admin/logout");
	fake_form(&b->k, form);
	if (origin != NULL)
		fake_set(&b->k, "HTTP_ORIGIN", origin);
	return answer(b);
}

static void
test_csrf(void **state)
{
	struct blog *b = *state;
	struct str other = sign_in(b, b->f->user);
	struct str mine = sign_in(b, b->f->user);
	struct str good = form_with(b, "csrf", TOKEN_CSRF, mine, 60, "");
	const struct {
		struct str form;
		const char *origin;
		int status;
	} t[] = {
		{ STR(""), NULL, 403 },
		{ STR("csrf="), NULL, 403 },
		{ STR("csrf=x"), NULL, 403 },
		{ form_with(b, "csrf", TOKEN_CSRF, other, 60, ""), NULL,
		    403 },
		{ form_with(b, "csrf", TOKEN_CSRF, STR(""), 60, ""), NULL,
		    403 },
		{ form_with(b, "csrf", TOKEN_STAMP, mine, 60, ""), NULL,
		    403 },
		{ form_with(b, "csrf", TOKEN_CSRF, mine, 0, ""), NULL, 403 },
		{ form_with(b, "csrf", TOKEN_CSRF, mine, 60, "&csrf=x"), NULL,
		    400 },
		{ good, "https://evil.example", 403 },
		{ good, "null", 403 },
		{ good, "https://example.org.evil.example", 403 },
		{ good, "https://www.example.org", 403 },
		{ good, "x", 403 },
	};

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		int status = logout_from(b, t[i].form, t[i].origin);

		if (status != t[i].status)
			fail_msg("row %zu: %d", i, status);
	}
	/* Still signed in; and now not any more. */
	assert_int_equal(get(b, BASE "/admin/comments"), 200);
	assert_int_equal(logout_from(b, good, ORIGIN), 303);
	assert_true(says(b, "Set-Cookie: __Host-balas=;"));
	assert_true(says(b, "Max-Age=0"));
	assert_int_equal(get(b, BASE "/admin/comments"), 403);
	assert_int_equal(logout_from(b, good, ORIGIN), 403);
}

/* A GET changes nothing, whatever it carries. */
static void
test_get_is_safe(void **state)
{
	struct blog *b = *state;
	int64_t article = fixture_article(b->f, "Kopi", b->f->now - 9);
	int64_t id = fixture_comment(b->f, article, 0, "x");
	struct str token = sign_in(b, b->f->user);
	struct str q = form_with(b, "csrf", TOKEN_CSRF, token, 60, "");

	get(b,
	    arena_printf(b->f->a,
		BASE "/admin/comments?%.*s&op=approve&id=%lld", (int)q.n,
		q.p, (long long)id)
		.p);
	get(b, arena_printf(b->f->a, BASE "/admin/logout?%.*s", (int)q.n, q.p)
		   .p);
	assert_str(fixture_text(b->f, "SELECT status FROM comment"),
	    "pending");
	assert_int_equal(get(b, BASE "/admin/comments"), 200);
}

static void
test_sizes(void **state)
{
	struct blog *b = *state;
	size_t n = 129 * 1024;
	char *p = arena_alloc(b->f->a, n);
	struct str big = { p, n };

	fixture_article(b->f, "Kopi", b->f->now - 9);
	memset(p, 'a', n);
	memcpy(p, "comment=", 8);
	assert_int_equal(post(b, BASE "/article/1/comments", big), 413);
	/* Announced, and never sent. */
	begin(b, BASE "/article/1/comments");
	fake_form(&b->k, STR("a=b"));
	fake_set(&b->k, "CONTENT_LENGTH", "9999999999");
	assert_int_equal(answer(b), 413);
	assert_int_equal(b->k.read, 0);
	/* Not announced. */
	begin(b, BASE "/article/1/comments");
	fake_form(&b->k, big);
	fake_set(&b->k, "CONTENT_LENGTH", NULL);
	assert_int_equal(answer(b), 413);
	begin(b, BASE "/article/1/comments");
	fake_form(&b->k, STR("a=b"));
	fake_set(&b->k, "CONTENT_TYPE", "text/plain");
	assert_int_equal(answer(b), 415);
}

/* ---- a reply -------------------------------------------------------------------- */

#define WORDS                                                                  \
	"&comment=Hello&author=Budi&email=budi%40example.org&url=&parent="

static void
test_stamp(void **state)
{
	struct blog *b = *state;
	const struct str one = STR("1");
	const struct {
		struct str form;
		const char *origin;
		int status;
	} t[] = {
		{ STR("x=y" WORDS), NULL, 422 },
		{ STR("stamp=x" WORDS), NULL, 422 },
		{ form_with(b, "stamp", TOKEN_STAMP, STR("2"), 60, WORDS),
		    NULL, 422 },
		{ form_with(b, "stamp", TOKEN_STAMP, one, 0, WORDS), NULL,
		    422 },
		{ form_with(b, "stamp", TOKEN_LOGIN, one, 60, WORDS), NULL,
		    422 },
		{ form_with(b, "stamp", TOKEN_STAMP, one, 60, WORDS "1x"),
		    NULL, 400 },
		{ form_with(b, "stamp", TOKEN_STAMP, one, 60, WORDS "999"),
		    NULL, 403 },
		{ form_with(b, "stamp", TOKEN_STAMP, one, 60,
		      WORDS "&comment=x"),
		    NULL, 400 },
		{ form_with(b, "stamp", TOKEN_STAMP, one, 60, WORDS),
		    "https://evil.example", 422 },
		{ form_with(b, "stamp", TOKEN_STAMP, one, 60,
		      "&comment=&author=&email="),
		    NULL, 422 },
	};

	assert_int_equal(fixture_article(b->f, "Kopi", b->f->now - 9), 1);
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		int status;

		begin(b, BASE "/article/1/comments");
		fake_form(&b->k, t[i].form);
		if (t[i].origin != NULL)
			fake_set(&b->k, "HTTP_ORIGIN", t[i].origin);
		status = answer(b);
		if (status != t[i].status)
			fail_msg("row %zu: %d", i, status);
		assert_int_equal(fixture_int(b->f,
				     "SELECT count(*) FROM comment"),
		    0);
		/* Words are given back. */
		if (status == 422 || status == 403)
			assert_true(memmem(b->k.answer.p, b->k.answer.n,
					"Hello", 5) != NULL ||
			    i == ARRAY_LEN(t) - 1);
		assert_false(says(b, "public"));
	}
}

static void
test_reply(void **state)
{
	struct blog *b = *state;
	struct str form;

	fixture_article(b->f, "Kopi", b->f->now - 9);
	fixture_article(b->f, "Teh", 0);
	form = form_with(b, "stamp", TOKEN_STAMP, STR("1"), 60, WORDS);
	begin(b, BASE "/article/1/comments");
	fake_form(&b->k, form);
	/* Some browsers hide where a form was. */
	fake_set(&b->k, "HTTP_ORIGIN", "null");
	assert_int_equal(answer(b), 303);
	assert_true(says(b, "?pending=1-"));
	assert_true(says(b, "private, no-store"));
	assert_null(memmem(b->k.answer.p, b->k.answer.n, "budi", 4));
	assert_int_equal(fixture_int(b->f, "SELECT count(*) FROM comment"),
	    1);
	/* Who sends the same again may be somebody else. */
	assert_int_equal(post(b, BASE "/article/1/comments", form), 303);
	assert_false(says(b, "pending="));
	assert_true(says(b, "?received=1"));
	/* Missing and hidden look the same. */
	form = form_with(b, "stamp", TOKEN_STAMP, STR("2"), 60, WORDS);
	assert_int_equal(post(b, BASE "/article/2/comments", form), 404);
	form = form_with(b, "stamp", TOKEN_STAMP, STR("99"), 60, WORDS);
	assert_int_equal(post(b, BASE "/article/99/comments", form), 404);
	assert_int_equal(fixture_int(b->f, "SELECT count(*) FROM comment"),
	    1);
}

/* Signed in, the stamp alone is not enough: it is on public pages. */
static void
test_reply_of_staff(void **state)
{
	struct blog *b = *state;
	struct str token, csrf, form;

	fixture_article(b->f, "Kopi", b->f->now - 9);
	token = sign_in(b, b->f->user);
	form = form_with(b, "stamp", TOKEN_STAMP, STR("1"), 60, WORDS);
	assert_int_equal(post(b, BASE "/article/1/comments", form), 422);
	csrf = form_with(b, "&csrf", TOKEN_CSRF, token, 60, "");
	form = arena_printf(b->f->a, "%.*s%.*s", (int)form.n, form.p,
	    (int)csrf.n, csrf.p);
	assert_int_equal(post(b, BASE "/article/1/comments", form), 303);
	assert_true(says(b, "#comment-1"));
	assert_str(fixture_text(b->f, "SELECT name FROM comment"),
	    "Sari Dewi");
	assert_str(fixture_text(b->f, "SELECT status FROM comment"),
	    "approved");
}

/* The author of an article is seen under it at once, and held elsewhere. */
static void
test_reply_of_author(void **state)
{
	struct blog *b = *state;
	int64_t tono = fixture_user(b->f, "tono", "Tono", ROLE_AUTHOR);
	struct str token, csrf, form;

	fixture_article(b->f, "Kopi", b->f->now - 9);
	fixture_article(b->f, "Teh", b->f->now - 9);
	fixture_exec(b->f,
	    arena_printf(b->f->a,
		"UPDATE article SET author = %lld WHERE id = 1",
		(long long)tono)
		.p);
	token = sign_in(b, tono);
	csrf = form_with(b, "&csrf", TOKEN_CSRF, token, 60, "");
	for (int i = 1; i <= 2; i++) {
		struct str id = arena_printf(b->f->a, "%d", i);

		form = form_with(b, "stamp", TOKEN_STAMP, id, 60, WORDS);
		form = arena_printf(b->f->a, "%.*s%.*s", (int)form.n, form.p,
		    (int)csrf.n, csrf.p);
		assert_int_equal(
		    post(b,
			arena_printf(b->f->a, BASE "/article/%d/comments", i)
			    .p,
			form),
		    303);
	}
	assert_str(fixture_text(b->f,
		       "SELECT status FROM comment WHERE article = 1"),
	    "approved");
	assert_str(fixture_text(b->f,
		       "SELECT status FROM comment WHERE article = 2"),
	    "pending");
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, blog_open, blog_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		TEST(test_addresses),
		TEST(test_hosts),
		TEST(test_fresh),
		TEST(test_capabilities),
		TEST(test_session_cookie),
		TEST(test_csrf),
		TEST(test_get_is_safe),
		TEST(test_sizes),
		TEST(test_stamp),
		TEST(test_reply),
		TEST(test_reply_of_staff),
		TEST(test_reply_of_author),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
