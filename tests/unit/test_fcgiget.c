/* The tests' own FastCGI client: forms, cookies, records. */
#include "test.h"

#include <sys/socket.h>
#include <sys/wait.h>

#include <unistd.h>

#include "../http/client.h"
#include "../http/form.h"
#include "../http/jar.h"

static const char page[] =
    "<!-- <form id=f><input name=no></form> -->"
    "<script>'<form id=\"f\">'</script>"
    "<form action='/search'><input name=q></form>"
    "<form method=post action=\"/a?x=1&amp;y=2#top\" id=f>"
    "<input type=hidden name=csrf value='a&quot;b&#x26;&#39;'>"
    "<label>Name <input name=name value=\"&lt;Ann&gt;\"></label>"
    "<input type=checkbox name=keep checked>"
    "<input type=checkbox name=id value=1><input type=checkbox name=id value=2>"
    "<input type=radio name=r value=a checked><input type=radio name=r value=b>"
    "<select name=s><option>one<option value=2>two</select>"
    "<input name=off disabled><textarea name=text>\n a<b>\nc</textarea>"
    "<button name=do value=send>Send</button>"
    "<button name=do value=preview formaction=/p>Preview</button>"
    "</form><input form=f name=late value=z><input name=outside>";

static void
test_entities(void **state)
{
	static const struct {
		const char *in, *want;
	} t[] = {
		{ "", "" },
		{ "a&amp;lt;", "a&lt;" },
		{ "&lt;&gt;&quot;&apos;&nbsp;", "<>\"'\xc2\xa0" },
		{ "&#39;&#x41;&#X1f600;", "'A\xf0\x9f\x98\x80" },
		{ "&#xd800;&#1114111;", "\xef\xbf\xbd\xf4\x8f\xbf\xbf" },
		{ "& &; &what; &#; &#x; &#xg; &amp",
		    "& &; &what; &#; &#x; &#xg; &amp" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		assert_str(entities_decode(a, str_c(t[i].in)), t[i].want);
	arena_free(a);
}

static struct str
sent(struct arena *a, const struct form *f)
{
	struct parts p = form_parts(a, f);
	struct str type;

	return parts_body(a, &p, &type);
}

static void
test_form_as_it_is(void **state)
{
	struct arena *a = arena_new();
	struct form f;

	(void)state;
	assert_false(form_find(a, str_c(page), STR("g"), &f));
	assert_true(form_find(a, str_c(page), STR("/search"), &f));
	assert_str(sent(a, &f), "q=");
	assert_false(form_posts(&f));
	assert_true(form_find(a, str_c(page), STR("f"), &f));
	assert_true(form_posts(&f));
	assert_str(form_target(a, &f, STR("/old")), "/a?x=1&y=2");
	assert_null(form_press(&f, STR(""), STR("")));
	assert_str(sent(a, &f),
	    "csrf=a%22b%26%27&name=%3CAnn%3E&keep=on&r=a&s=one"
	    "&text=+a%3Cb%3E%0D%0Ac&do=send&late=z");
	arena_free(a);
}

static void
test_form_filled(void **state)
{
	struct arena *a = arena_new();
	struct form f;

	(void)state;
	assert_true(form_find(a, str_c(page), STR("f"), &f));
	assert_null(form_fill(a, &f, STR("name"), STR("B\nb")));
	assert_null(form_fill(a, &f, STR("text"), STR("1\n2\r\n3")));
	assert_null(form_fill(a, &f, STR("id"), STR("2")));
	assert_null(form_fill(a, &f, STR("r"), STR("b")));
	assert_null(form_fill(a, &f, STR("s"), STR("2")));
	assert_null(form_untick(&f, STR("keep"), STR("")));
	assert_null(form_press(&f, STR("do"), STR("preview")));
	assert_str(form_target(a, &f, STR("/old")), "/p");
	assert_str(sent(a, &f), "csrf=a%22b%26%27&name=Bb&id=2&r=b&s=2"
				"&text=1%0D%0A2%0D%0A3&do=preview&late=z");
	assert_non_null(form_fill(a, &f, STR("csrf"), STR("x")));
	assert_non_null(form_fill(a, &f, STR("off"), STR("x")));
	assert_non_null(form_fill(a, &f, STR("outside"), STR("x")));
	assert_non_null(form_fill(a, &f, STR("r"), STR("c")));
	assert_non_null(form_press(&f, STR("do"), STR("delete")));
	assert_non_null(form_attach(&f, STR("name"), STR("n"), STR("")));
	arena_free(a);
}

static void
test_multipart(void **state)
{
	struct arena *a = arena_new();
	struct form f;
	struct parts p;
	struct str body, type;

	(void)state;
	assert_true(form_find(a,
	    STR("<form id=u method=post enctype=multipart/form-data>"
		"<input type=file name=image><input name=alt></form>"),
	    STR("u"), &f));
	assert_null(form_attach(&f, STR("image"), STR("a.png"), STR("\0\1")));
	p = form_parts(a, &f);
	body = parts_body(a, &p, &type);
	assert_true(str_starts(type, STR("multipart/form-data; boundary=--")));
	assert_non_null(memmem(body.p, body.n, "filename=\"a.png\"", 16));
	assert_non_null(memmem(body.p, body.n, "\r\n\r\n\0\1\r\n--", 10));
	assert_non_null(memmem(body.p, body.n, "name=\"alt\"\r\n\r\n\r\n", 16));
	arena_free(a);
}

static void
test_links(void **state)
{
	static const struct {
		const char *from, *link, *want;
	} t[] = {
		{ "/a/b?c", "", "/a/b?c" },
		{ "/a/b?c", "#x", "/a/b?c" },
		{ "/a/b?c", "d", "/a/d" },
		{ "/a/b?c", "?d=1", "/a/b?d=1" },
		{ "/a/b", "/d/#comment-1", "/d/" },
		{ "/a/b", "http://h:80/d?e=f#g", "/d?e=f" },
		{ "/a/b", "https://h", "/" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		assert_str(link_target(a, str_c(t[i].from), str_c(t[i].link)),
		    t[i].want);
	arena_free(a);
}

static void
test_jar(void **state)
{
	struct arena *a = arena_new();
	struct jar j = { .n = 0 };

	(void)state;
	assert_null(jar_set(a, &j, STR("a=1; Path=/; HttpOnly"), false));
	assert_null(jar_set(a, &j, STR("b=2=3; Path=/x"), false));
	assert_str(jar_header(a, &j, STR("/")), "a=1");
	assert_str(jar_header(a, &j, STR("/x/y")), "a=1; b=2=3");
	assert_str(jar_header(a, &j, STR("/xy")), "a=1");
	assert_non_null(jar_set(a, &j, STR("c=4; Secure"), false));
	assert_non_null(jar_set(a, &j, STR("__Host-c=4; Path=/"), true));
	assert_null(jar_set(a, &j, STR("__Host-c=4; Path=/; Secure"), true));
	j = jar_parse(a, jar_text(a, &j));
	assert_str(jar_header(a, &j, STR("/x")), "a=1; b=2=3; __Host-c=4");
	assert_null(jar_set(a, &j, STR("a=; Path=/; Max-Age=0"), false));
	assert_null(jar_set(a, &j, STR("b=9; Path=/x"), false));
	assert_str(jar_header(a, &j, STR("/x")), "__Host-c=4; b=9");
	arena_free(a);
}

static void
test_parse(void **state)
{
	static const struct {
		const char *in;
		int status;
		const char *body;
	} t[] = {
		{ "Content-Type: text/html\r\n\r\nhi", 200, "hi" },
		{ "A: b\nStatus: 404 Not Found\n\n", 404, "" },
		{ "Status: 99\r\n\r\n", 0, NULL },
		{ "Status: 2000\r\n\r\nx", 200, "x" },
		{ "no header\r\n\r\n", 0, NULL },
		{ "A b: c\r\n\r\n", 0, NULL },
		{ "A: b\r\n", 0, NULL },
		{ "", 0, NULL },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct client_answer ans = { .status = 0 };
		const char *why = client_parse(a, str_c(t[i].in), &ans);

		assert_int_equal(why == NULL, t[i].body != NULL);
		if (why != NULL)
			continue;
		assert_int_equal(ans.status, t[i].status);
		assert_str(ans.body, t[i].body);
	}
	arena_free(a);
}

/* A responder that knows one thing: to send bytes when the request is over,
 * piece by piece, so that records arrive in parts. */
static void
respond(int fd, struct str bytes, size_t piece)
{
	unsigned char h[8];
	unsigned char rest[65536 + 256];

	do {
		size_t n;

		if (recv(fd, h, sizeof(h), MSG_WAITALL) != sizeof(h))
			_exit(1);
		n = ((size_t)h[4] << 8 | h[5]) + h[6];
		if (n > 0 && recv(fd, rest, n, MSG_WAITALL) != (ssize_t)n)
			_exit(1);
	} while (h[1] != 5 || h[4] != 0 || h[5] != 0);
	for (size_t at = 0; at < bytes.n; at += piece) {
		struct str part = str_sub(bytes, at, at + piece);

		if (write(fd, part.p, part.n) != (ssize_t)part.n)
			_exit(1);
	}
	_exit(0);
}

static const char *
exchange(struct arena *a, const struct client_request *r, struct str bytes,
    size_t piece, struct client_answer *ans)
{
	const char *why;
	int fd[2], status;
	pid_t pid;

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	pid = fork();
	if (pid == 0) {
		close(fd[0]);
		respond(fd[1], bytes, piece);
	}
	close(fd[1]);
	why = client_exchange(a, fd[0], r, ans);
	close(fd[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return why;
}

#define END_OK "\1\3\0\1\0\10\0\0\0\0\0\0\0\0\0\0"

static void
test_exchange(void **state)
{
	struct arena *a = arena_new();
	struct str big = { arena_alloc(a, 200000), 200000 };
	const struct client_request r = { .method = "POST",
		.uri = STR("/x?y"),
		.host = STR("h"),
		.type = STR("t"),
		.body = big,
		.timeout_s = 10 };
	const struct str good = STR("\1\6\0\1\0\7\3\0A: b\r\n\r---"
				    "\1\7\0\1\0\2\0\0no"
				    "\1\6\0\1\0\3\0\0\nhi"
				    "\1\6\0\1\0\0\0\0" END_OK);
	struct client_answer ans;

	(void)state;
	for (size_t piece = 1; piece < 100; piece += 7) {
		assert_null(exchange(a, &r, good, piece, &ans));
		assert_int_equal(ans.status, 200);
		assert_str(ans.body, "hi");
		assert_str(ans.errors, "no");
	}
	assert_non_null(exchange(a, &r, str_sub(good, 0, 40), 9, &ans));
	assert_non_null(
	    exchange(a, &r, STR("HTTP/1.1 200 OK\r\n\r\n"), 99, &ans));
	assert_non_null(exchange(a, &r, STR(END_OK "x"), 99, &ans));
	assert_non_null(exchange(
	    a, &r, STR("\1\3\0\1\0\10\0\0\0\0\0\0\2\0\0\0"), 99, &ans));
	arena_free(a);
}

static void
test_records(void **state)
{
	struct arena *a = arena_new();
	char longer[201];
	struct client_request r = { .method = "GET",
		.uri = STR("/a?b"),
		.host = STR("h:81"),
		.https = true };
	struct str s;

	(void)state;
	memset(longer, 'v', sizeof(longer));
	pairs_add(a, &r.headers, STR("X-Long"),
	    (struct str){ longer, sizeof(longer) });
	pairs_add(a, &r.params, STR("REQUEST_URI"), STR("//raw"));
	s = client_records(a, &r);
	assert_memory_equal(
	    s.p, "\1\1\0\1\0\10\0\0\0\1\0\0\0\0\0\0\1\4\0\1", 20);
	assert_non_null(memmem(s.p, s.n, "\x0b\x05REQUEST_URI//raw", 18));
	assert_non_null(memmem(s.p, s.n, "\x0c\x01QUERY_STRINGb", 15));
	assert_non_null(memmem(s.p, s.n, "\x0b\x02SERVER_PORT81", 15));
	assert_non_null(memmem(s.p, s.n, "\x05\x02HTTPSon", 9));
	assert_non_null(
	    memmem(s.p, s.n, "\x0b\x80\x00\x00\xc9HTTP_X_LONGvvv", 19));
	assert_memory_equal(
	    s.p + s.n - 16, "\1\4\0\1\0\0\0\0\1\5\0\1\0\0\0\0", 16);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entities),
		cmocka_unit_test(test_form_as_it_is),
		cmocka_unit_test(test_form_filled),
		cmocka_unit_test(test_multipart),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_jar),
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_exchange),
		cmocka_unit_test(test_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
