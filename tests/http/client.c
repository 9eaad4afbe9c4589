/* FastCGI 1.0 as a web server speaks it; see client.h. */
#include "config.h"

#include "client.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum record {
	BEGIN_REQUEST = 1,
	END_REQUEST = 3,
	PARAMS = 4,
	STDIN = 5,
	STDOUT = 6,
	STDERR = 7,
};

#define HEADER_LEN  8
#define REQUEST_ID  1
#define RESPONDER   1
#define KEEP_CONN   1
#define RECORD_BODY 32768

void
pairs_add(struct arena *a, struct pairs *p, struct str name, struct str value)
{
	/* A power of two: the array is full and moves to one twice as big. */
	if ((p->n & (p->n - 1)) == 0) {
		struct pair *v = arena_array(a, p->n * 2 + 1, sizeof(*v));

		if (p->n > 0)
			memcpy(v, p->v, p->n * sizeof(*v));
		p->v = v;
	}
	p->v[p->n++] = (struct pair){ name, value };
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool
str_eq_nocase(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

const struct str *
pairs_get(const struct pairs *p, struct str name)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_eq_nocase(p->v[i].name, name))
			return &p->v[i].value;
	return NULL;
}

struct pair
pair_split(struct str s, char sep)
{
	size_t at = str_find(s, sep, 0);

	return (struct pair){ str_sub(s, 0, at), str_sub(s, at + 1, s.n) };
}

int
client_connect(const char *path)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof(sun.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(sun.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&sun, sizeof(sun)) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static void
put_header(struct buf *b, enum record type, size_t n)
{
	const unsigned char h[HEADER_LEN] = { 1, (unsigned char)type, 0,
		REQUEST_ID, (unsigned char)(n >> 8), (unsigned char)n, 0, 0 };

	buf_put(b, h, sizeof(h));
}

/* A stream: its bytes in records, and the empty record that ends it. */
static void
put_stream(struct buf *b, enum record type, struct str s)
{
	for (size_t at = 0; at < s.n; at += RECORD_BODY) {
		struct str part = str_sub(s, at, at + RECORD_BODY);

		put_header(b, type, part.n);
		buf_str(b, part);
	}
	put_header(b, type, 0);
}

static void
put_length(struct buf *b, size_t n)
{
	const unsigned char l[4] = { (unsigned char)(n >> 24 | 0x80),
		(unsigned char)(n >> 16), (unsigned char)(n >> 8),
		(unsigned char)n };

	if (n < 128)
		buf_char(b, (char)n);
	else
		buf_put(b, l, sizeof(l));
}

static void
set_param(struct arena *a, struct pairs *p, struct str name, struct str value)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_eq(p->v[i].name, name)) {
			p->v[i].value = value;
			return;
		}
	pairs_add(a, p, name, value);
}

/* Accept-Language becomes HTTP_ACCEPT_LANGUAGE. */
static struct str
header_param(struct arena *a, struct str name)
{
	struct str s = arena_printf(a, "HTTP_%.*s", (int)name.n, name.p);
	char *p = arena_cstr(a, s);

	for (size_t i = 0; i < s.n; i++)
		p[i] = p[i] == '-'                  ? '_'
		       : p[i] >= 'a' && p[i] <= 'z' ? (char)(p[i] - 32)
						    : p[i];
	return (struct str){ p, s.n };
}

/* What nginx sends with its fastcgi_params. */
static struct pairs
params(struct arena *a, const struct client_request *r)
{
	struct pair uri = pair_split(r->uri, '?');
	struct pair host = pair_split(r->host, ':');
	struct str port = r->https ? STR("443") : STR("80");
	const struct pair all[] = {
		{ STR("GATEWAY_INTERFACE"), STR("CGI/1.1") },
		{ STR("SERVER_SOFTWARE"), STR("fcgiget") },
		{ STR("SERVER_PROTOCOL"), STR("HTTP/1.1") },
		{ STR("REQUEST_METHOD"), str_c(r->method) },
		{ STR("REQUEST_URI"), r->uri },
		{ STR("QUERY_STRING"), uri.value },
		{ STR("SCRIPT_NAME"), uri.name },
		{ STR("DOCUMENT_URI"), uri.name },
		{ STR("REQUEST_SCHEME"),
		    r->https ? STR("https") : STR("http") },
		{ STR("REMOTE_ADDR"), r->remote },
		{ STR("REMOTE_PORT"), STR("40000") },
		{ STR("SERVER_NAME"), host.name },
		{ STR("SERVER_PORT"), host.value.n > 0 ? host.value : port },
		{ STR("HTTP_HOST"), r->host },
		{ STR("CONTENT_TYPE"), r->type },
		{ STR("CONTENT_LENGTH"),
		    r->type.n == 0 ? STR("")
				   : arena_printf(a, "%zu", r->body.n) },
	};
	struct pairs p = { NULL, 0 };

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		pairs_add(a, &p, all[i].name, all[i].value);
	if (r->https)
		pairs_add(a, &p, STR("HTTPS"), STR("on"));
	for (size_t i = 0; i < r->headers.n; i++)
		set_param(a, &p, header_param(a, r->headers.v[i].name),
		    r->headers.v[i].value);
	for (size_t i = 0; i < r->params.n; i++)
		set_param(a, &p, r->params.v[i].name, r->params.v[i].value);
	return p;
}

struct str
client_records(struct arena *a, const struct client_request *r)
{
	const unsigned char begin[] = { 0, RESPONDER, r->keep ? KEEP_CONN : 0,
		0, 0, 0, 0, 0 };
	struct pairs p = params(a, r);
	struct buf list = buf_new(CLIENT_MAX_BYTES);
	struct buf b = buf_new(2 * CLIENT_MAX_BYTES);
	struct str out;

	put_header(&b, BEGIN_REQUEST, sizeof(begin));
	buf_put(&b, begin, sizeof(begin));
	for (size_t i = 0; i < p.n; i++) {
		put_length(&list, p.v[i].name.n);
		put_length(&list, p.v[i].value.n);
		buf_str(&list, p.v[i].name);
		buf_str(&list, p.v[i].value);
	}
	put_stream(&b, PARAMS, buf_view(&list));
	put_stream(&b, STDIN, r->body);
	assert(!list.overflow && !b.overflow);
	out = buf_copy(&b, a);
	buf_free(&list);
	buf_free(&b);
	return out;
}

static int64_t
now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* One conversation: what is still to be sent, what has come. */
struct talk {
	int fd;
	struct str out;
	struct buf in;
	int64_t end_ms;
	bool shut_after_send;
	bool eof;
};

static const char *
talk_send(struct talk *t)
{
	ssize_t n = send(t->fd, t->out.p, t->out.n, MSG_NOSIGNAL);

	/* A responder may answer and close without reading everything:
	 * what it said is still to be read. */
	if (n < 0 && (errno == EPIPE || errno == ECONNRESET))
		t->out.n = 0;
	else if (n < 0 && errno != EAGAIN && errno != EINTR)
		return "cannot send";
	else if (n > 0)
		t->out = str_sub(t->out, (size_t)n, t->out.n);
	if (t->out.n == 0 && t->shut_after_send)
		shutdown(t->fd, SHUT_WR);
	return NULL;
}

static const char *
talk_read(struct talk *t)
{
	char block[65536];
	ssize_t n = read(t->fd, block, sizeof(block));

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return NULL;
	if (n <= 0)
		t->eof = true;
	else
		buf_put(&t->in, block, (size_t)n);
	return t->in.overflow ? "answer too long" : NULL;
}

/* Wait for the socket once, and move what can be moved. */
static const char *
talk_step(struct talk *t)
{
	struct pollfd p = { .fd = t->fd, .events = POLLIN };
	int64_t left_ms = t->end_ms - now_ms();
	const char *wrong = NULL;

	if (t->out.n > 0)
		p.events |= POLLOUT;
	if (left_ms <= 0 || poll(&p, 1, (int)left_ms) == 0)
		return "no answer in time";
	if ((p.revents & POLLOUT) != 0)
		wrong = talk_send(t);
	if (wrong == NULL && (p.revents & (POLLIN | POLLHUP | POLLERR)) != 0)
		wrong = talk_read(t);
	return wrong;
}

static struct talk
talk_new(int fd, struct str out, int timeout_s)
{
	struct talk t = { .fd = fd, .out = out };

	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	t.in = buf_new(2 * CLIENT_MAX_BYTES);
	t.end_ms = now_ms() + (timeout_s > 0 ? timeout_s : 30) * 1000;
	return t;
}

/* The streams of an answer, taken out of its records. */
struct streams {
	struct buf out, err;
	size_t at; /* how much of the input has been taken */
	bool ended;
	int protocol_status;
};

/* Take the whole records that have come; the rest waits. */
static const char *
take_records(struct streams *s, struct str in)
{
	while (!s->ended && in.n - s->at >= HEADER_LEN) {
		const unsigned char *h = (const unsigned char *)in.p + s->at;
		size_t n = (size_t)h[4] << 8 | h[5];
		struct str body = { in.p + s->at + HEADER_LEN, n };

		if (h[0] != 1 || h[2] != 0 || h[3] != REQUEST_ID)
			return "not a record of this request";
		if (in.n - s->at < HEADER_LEN + n + h[6])
			return NULL;
		s->at += HEADER_LEN + n + h[6];
		if (h[1] == STDOUT)
			buf_str(&s->out, body);
		else if (h[1] == STDERR)
			buf_str(&s->err, body);
		else if (h[1] == END_REQUEST && n == 8)
			s->ended = true;
		else
			return "a record that a responder may not send";
		if (s->ended)
			s->protocol_status = (unsigned char)body.p[4];
	}
	return NULL;
}

static const char *
read_answer(struct talk *t, struct streams *s)
{
	const char *wrong = NULL;

	while (wrong == NULL && !s->ended) {
		if (t->eof)
			return "closed before the end of the answer";
		wrong = talk_step(t);
		if (wrong == NULL)
			wrong = take_records(s, buf_view(&t->in));
	}
	if (wrong == NULL && s->at < t->in.n)
		wrong = "bytes after the end of the answer";
	return wrong;
}

const char *
client_exchange(struct arena *a, int fd, const struct client_request *r,
    struct client_answer *out)
{
	struct talk t = talk_new(fd, client_records(a, r), r->timeout_s);
	struct streams s = { .at = 0 };
	const char *wrong;

	s.out = buf_new(CLIENT_MAX_BYTES);
	s.err = buf_new(CLIENT_MAX_BYTES);
	wrong = read_answer(&t, &s);
	memset(out, 0, sizeof(*out));
	out->errors = buf_copy(&s.err, a);
	out->protocol_status = s.protocol_status;
	if (wrong == NULL && s.protocol_status == 0)
		wrong = client_parse(a, buf_copy(&s.out, a), out);
	else if (wrong == NULL)
		wrong = "the responder refused the request";
	buf_free(&s.out);
	buf_free(&s.err);
	buf_free(&t.in);
	return wrong;
}

const char *
client_raw(
    struct arena *a, int fd, struct str bytes, int timeout_s, struct str *out)
{
	struct talk t = talk_new(fd, bytes, timeout_s);
	const char *wrong = NULL;

	t.shut_after_send = true;
	while (wrong == NULL && !t.eof && now_ms() < t.end_ms)
		wrong = talk_step(&t);
	*out = buf_copy(&t.in, a);
	buf_free(&t.in);
	return now_ms() >= t.end_ms ? NULL : wrong;
}

/* The next line of *s without its end; *s moves behind it. */
static struct str
next_line(struct str *s)
{
	size_t end = str_find(*s, '\n', 0);
	struct str line = str_sub(*s, 0, end);

	*s = str_sub(*s, end + 1, s->n);
	if (line.n > 0 && line.p[line.n - 1] == '\r')
		line.n--;
	return line;
}

static const char *
parse_status(struct str value, struct client_answer *ans)
{
	uint64_t status;

	if (!str_u64(str_sub(value, 0, 3), 999, &status) || status < 100)
		return "malformed Status";
	ans->status = (int)status;
	ans->reason = str_trim(str_sub(value, 3, value.n));
	return NULL;
}

const char *
client_parse(struct arena *a, struct str out, struct client_answer *ans)
{
	struct str rest = out;
	const char *wrong;

	ans->status = 200;
	ans->reason = STR("OK");
	while (rest.n > 0) {
		struct str line = next_line(&rest);
		struct pair h = pair_split(line, ':');

		if (line.n == 0) {
			ans->body = rest;
			return NULL;
		}
		if (h.name.n == 0 || h.name.n == line.n ||
		    str_find(h.name, ' ', 0) < h.name.n)
			return "malformed header";
		h.value = str_trim(h.value);
		if (!str_eq_nocase(h.name, STR("Status")))
			pairs_add(a, &ans->headers, h.name, h.value);
		else if ((wrong = parse_status(h.value, ans)) != NULL)
			return wrong;
	}
	return "no blank line after the headers";
}
