/*
 * fcgiget: ask a FastCGI program on a Unix socket, as a web server would.
 * Prints status line, headers and body; what the program wrote to its error
 * stream goes to standard error.
 *
 * Exit: 0 an answer came, whatever its status; 1 none, or none that follows
 * the protocol; 2 wrong use; 3 the page does not offer what -f, -F, -A, -u
 * or -k ask for.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "form.h"
#include "jar.h"

static const char usage_text[] =
    "usage: fcgiget [options] SOCKET URI\n"
    "       fcgiget -R FILE [-t SECONDS] SOCKET\n"
    "  -X METHOD        GET, or POST with -d -D -F -A -f\n"
    "  -H 'Name: value' a header; 'Name:' takes it away\n"
    "  -P NAME=VALUE    a FastCGI parameter, over what is sent otherwise\n"
    "  -n HOST          the Host header (127.0.0.1)\n"
    "  -S http|https    the scheme (http)\n"
    "  -r ADDR          the client's address (127.0.0.1)\n"
    "  -b FILE          the cookie jar, read and written\n"
    "  -d DATA -D FILE  the body as it is; -T TYPE its type\n"
    "  -F NAME=VALUE    a form field          -A NAME=FILE  a file\n"
    "  -f ID            get URI, fill the form with this id, send it;\n"
    "                   /path stands for the form's action instead\n"
    "  -k NAME[=VALUE]  press this button     -u NAME[=VALUE] untick\n"
    "  -x NAME=VALUE    send this whatever the form says\n"
    "  -L               follow redirects\n"
    "  -c COUNT         ask so often on one kept connection\n"
    "  -o               body only             -s  status number only\n"
    "  -R FILE          send these bytes, print what comes back\n"
    "  -t SECONDS       wait so long (30)\n";

/* What -F, -A, -u, -k and -x asked for, in the order given. */
struct act {
	int option;
	struct pair what;
	struct act *next;
};

struct options {
	struct client_request r;
	const char *socket, *jar, *raw;
	struct str form;
	bool has_form, has_body, follow, body_only, status_only;
	int count;
	struct act *acts, **acts_end;
};

static NORETURN void
die(int status, const char *what, const char *why)
{
	fprintf(stderr, "fcgiget: %s: %s\n", what, why);
	exit(status);
}

static NORETURN void
usage(void)
{
	fputs(usage_text, stderr);
	exit(2);
}

static struct str
read_file(struct arena *a, const char *path)
{
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	struct buf b = buf_new(CLIENT_MAX_BYTES);
	struct str out;
	char block[65536];
	size_t n;

	if (f == NULL)
		die(2, path, strerror(errno));
	while ((n = fread(block, 1, sizeof(block), f)) > 0)
		buf_put(&b, block, n);
	if (f != stdin)
		fclose(f);
	out = buf_copy(&b, a);
	buf_free(&b);
	return out;
}

static struct jar
load_jar(struct arena *a, const char *path)
{
	if (path == NULL || access(path, F_OK) != 0)
		return (struct jar){ .n = 0 };
	return jar_parse(a, read_file(a, path));
}

static void
save_jar(struct arena *a, const char *path, const struct jar *j)
{
	struct str text = jar_text(a, j);
	FILE *f = fopen(path, "wb");

	if (f == NULL || fwrite(text.p, 1, text.n, f) != text.n ||
	    fclose(f) != 0)
		die(1, path, strerror(errno));
}

static void
take_cookies(struct arena *a, const struct options *o, struct jar *j,
    const struct client_answer *ans)
{
	for (size_t i = 0; i < ans->headers.n; i++) {
		const struct pair *h = &ans->headers.v[i];
		const char *why;

		if (!str_eq_nocase(h->name, STR("Set-Cookie")))
			continue;
		why = jar_set(a, j, h->value, o->r.https);
		if (why != NULL)
			fprintf(stderr, "fcgiget: ignored %s\n", why);
	}
	if (o->jar != NULL)
		save_jar(a, o->jar, j);
}

/* Ask once, or count times on one connection; the last answer counts. */
static struct client_answer
ask(struct arena *a, const struct options *o, const struct client_request *r)
{
	struct client_request one = *r;
	struct client_answer ans;
	struct jar j = load_jar(a, o->jar);
	struct str cookies = jar_header(a, &j, r->uri);
	int fd = client_connect(o->socket);
	const char *wrong = NULL;

	if (fd < 0)
		die(1, o->socket, strerror(errno));
	if (cookies.n > 0)
		pairs_add(a, &one.headers, STR("Cookie"), cookies);
	one.keep = o->count > 1;
	for (int i = 0; wrong == NULL && i < o->count; i++) {
		wrong = client_exchange(a, fd, &one, &ans);
		fwrite(ans.errors.p, 1, ans.errors.n, stderr);
	}
	close(fd);
	if (wrong != NULL)
		die(1, o->socket, wrong);
	take_cookies(a, o, &j, &ans);
	return ans;
}

static struct str
own_url(struct arena *a, const struct client_request *r, struct str path)
{
	return arena_printf(a, "%s://%.*s%.*s", r->https ? "https" : "http",
	    (int)r->host.n, r->host.p, (int)path.n, path.p);
}

/* Go where a redirect leads, as a browser does: a POST becomes a GET. */
static struct client_answer
ask_and_follow(
    struct arena *a, const struct options *o, struct client_request *r)
{
	struct client_answer ans = ask(a, o, r);

	for (int left = 10; o->follow && left > 0; left--) {
		const struct str *to = pairs_get(&ans.headers, STR("Location"));

		if (to == NULL || ans.status < 300 || ans.status > 308)
			return ans;
		if (ans.status < 307) {
			r->method =
			    strcmp(r->method, "HEAD") == 0 ? "HEAD" : "GET";
			r->type = STR("");
			r->body = STR("");
		}
		r->uri = link_target(a, r->uri, *to);
		ans = ask(a, o, r);
	}
	return ans;
}

/* One of -F -A -u -k, done to the form of a page. */
static const char *
act_on_form(struct arena *a, struct form *f, const struct act *act)
{
	struct str file;

	switch (act->option) {
	case 'F':
		return form_fill(a, f, act->what.name, act->what.value);
	case 'A':
		file = act->what.value;
		return form_attach(
		    f, act->what.name, file, read_file(a, arena_cstr(a, file)));
	case 'u':
		return form_untick(f, act->what.name, act->what.value);
	default:
		return NULL;
	}
}

static const struct act *
find_act(const struct options *o, int option)
{
	for (const struct act *act = o->acts; act != NULL; act = act->next)
		if (act->option == option)
			return act;
	return NULL;
}

/* Fill the form of this page and press its button. */
static struct parts
fill_form(struct arena *a, const struct options *o, struct form *f)
{
	const struct act *button = find_act(o, 'k');
	struct pair b = { { "", 0 }, { "", 0 } };
	struct parts parts;
	const char *why;

	for (const struct act *act = o->acts; act != NULL; act = act->next) {
		why = act_on_form(a, f, act);
		if (why != NULL)
			die(3, arena_cstr(a, act->what.name), why);
	}
	if (button != NULL)
		b = button->what;
	why = form_press(f, b.name, b.value);
	if (why != NULL)
		die(3, arena_cstr(a, b.name), why);
	parts = form_parts(a, f);
	for (const struct act *act = o->acts; act != NULL; act = act->next)
		if (act->option == 'x')
			parts_force(a, &parts, act->what.name, act->what.value);
	return parts;
}

/* Fields without a page: -F, -A and -x in the order given. */
static struct parts
loose_parts(struct arena *a, const struct options *o)
{
	struct parts parts = { .n = 0 };

	for (const struct act *act = o->acts; act != NULL; act = act->next) {
		struct part one = { .field = act->what };

		if (act->option == 'A') {
			one.file = parts.multipart = true;
			one.filename = act->what.value;
			one.field.value =
			    read_file(a, arena_cstr(a, one.filename));
		}
		if (act->option != 'u' && act->option != 'k')
			parts_add(a, &parts, &one);
	}
	return parts;
}

/* The second half of -f: from the page to the request it leads to. */
static void
send_form(struct arena *a, const struct options *o, struct client_request *r,
    const struct client_answer *page)
{
	struct form f;
	struct parts parts;
	struct str body;

	if (!form_find(a, page->body, o->form, &f))
		die(3, arena_cstr(a, o->form), "no such form in the page");
	parts = fill_form(a, o, &f);
	pairs_add(a, &r->headers, STR("Referer"), own_url(a, r, r->uri));
	r->uri = form_target(a, &f, r->uri);
	if (form_posts(&f)) {
		pairs_add(
		    a, &r->headers, STR("Origin"), own_url(a, r, STR("")));
		r->method = "POST";
		r->body = parts_body(a, &parts, &r->type);
	} else {
		parts.multipart = false;
		body = parts_body(a, &parts, &(struct str){ "", 0 });
		r->uri = pair_split(r->uri, '?').name;
		r->uri = arena_printf(a, "%.*s?%.*s", (int)r->uri.n, r->uri.p,
		    (int)body.n, body.p);
	}
}

static void
print(const struct options *o, const struct client_answer *ans)
{
	if (o->status_only) {
		printf("%d\n", ans->status);
		return;
	}
	if (!o->body_only) {
		printf("HTTP/1.1 %d %.*s\n", ans->status, (int)ans->reason.n,
		    ans->reason.p);
		for (size_t i = 0; i < ans->headers.n; i++) {
			const struct pair *h = &ans->headers.v[i];

			printf("%.*s: %.*s\n", (int)h->name.n, h->name.p,
			    (int)h->value.n, h->value.p);
		}
		printf("\n");
	}
	fwrite(ans->body.p, 1, ans->body.n, stdout);
}

static void
run(struct arena *a, struct options *o)
{
	struct client_request r = o->r;
	struct client_answer ans;

	if (o->has_form) {
		struct client_request get = r;

		get.method = "GET";
		ans = ask_and_follow(a, o, &get);
		r.uri = get.uri;
		send_form(a, o, &r, &ans);
	} else if (o->acts != NULL) {
		struct parts parts = loose_parts(a, o);

		r.body = parts_body(a, &parts, &r.type);
		if (o->r.type.n > 0)
			r.type = o->r.type;
	}
	ans = ask_and_follow(a, o, &r);
	print(o, &ans);
}

static void
run_raw(struct arena *a, const struct options *o)
{
	int fd = client_connect(o->socket);
	struct str got;
	const char *wrong;

	if (fd < 0)
		die(1, o->socket, strerror(errno));
	wrong = client_raw(a, fd, read_file(a, o->raw), o->r.timeout_s, &got);
	if (wrong != NULL)
		die(1, o->socket, wrong);
	fwrite(got.p, 1, got.n, stdout);
	close(fd);
}

static void
add_act(struct arena *a, struct options *o, int option, const char *arg)
{
	struct act *act = arena_alloc(a, sizeof(*act));

	act->option = option;
	act->what = pair_split(str_c(arg), '=');
	*o->acts_end = act;
	o->acts_end = &act->next;
}

static int
number(const char *arg)
{
	uint64_t n;

	if (!str_u64(str_c(arg), 100000, &n) || n == 0)
		die(2, arg, "not a number");
	return (int)n;
}

static void
set_body(struct options *o, struct str body)
{
	o->r.body = body;
	o->has_body = true;
}

static void
set_pair(struct arena *a, struct pairs *p, const char *arg, char sep)
{
	struct pair one = pair_split(str_c(arg), sep);

	pairs_add(a, p, one.name, str_trim(one.value));
}

static void
option(struct arena *a, struct options *o, int c, const char *arg)
{
	switch (c) {
	case 'A':
	case 'F':
	case 'k':
	case 'u':
	case 'x':
		add_act(a, o, c, arg);
		break;
	case 'D':
		set_body(o, read_file(a, arg));
		break;
	case 'H':
		set_pair(a, &o->r.headers, arg, ':');
		break;
	case 'L':
		o->follow = true;
		break;
	case 'P':
		set_pair(a, &o->r.params, arg, '=');
		break;
	case 'R':
		o->raw = arg;
		break;
	case 'S':
		o->r.https = strcmp(arg, "https") == 0;
		break;
	case 'T':
		o->r.type = str_c(arg);
		break;
	case 'X':
		o->r.method = arg;
		break;
	case 'b':
		o->jar = arg;
		break;
	case 'c':
		o->count = number(arg);
		break;
	case 'd':
		set_body(o, str_c(arg));
		break;
	case 'f':
		o->form = str_c(arg);
		o->has_form = true;
		break;
	case 'n':
		o->r.host = str_c(arg);
		break;
	case 'o':
		o->body_only = true;
		break;
	case 'r':
		o->r.remote = str_c(arg);
		break;
	case 's':
		o->status_only = true;
		break;
	case 't':
		o->r.timeout_s = number(arg);
		break;
	default:
		usage();
	}
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_new();
	struct options o = {
		.r = { .host = STR("127.0.0.1"), .remote = STR("127.0.0.1") },
		.count = 1,
		.acts_end = &o.acts,
	};
	int c;

	while ((c = getopt(argc, argv,
		    "A:D:F:H:LP:R:S:T:X:b:c:d:f:k:n:or:st:u:x:")) != -1)
		option(a, &o, c, optarg);
	if (argc - optind != (o.raw == NULL ? 2 : 1))
		usage();
	o.socket = argv[optind];
	if (o.raw != NULL) {
		run_raw(a, &o);
	} else {
		o.r.uri = str_c(argv[optind + 1]);
		if (o.r.method == NULL)
			o.r.method =
			    o.has_body || o.acts != NULL ? "POST" : "GET";
		if (o.has_body && o.r.type.n == 0)
			o.r.type = STR("application/x-www-form-urlencoded");
		run(a, &o);
	}
	arena_free(a);
	return fflush(stdout) == 0 ? 0 : 1;
}
