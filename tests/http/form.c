/* Forms out of pages, fields into bodies; see form.h. */
#include "config.h"

#include "form.h"

#include <stdio.h>

/* Where the reader is in a page. */
struct reader {
	struct arena *a;
	struct str page;
	size_t at;
};

struct tag {
	struct str name;
	bool closing;
	struct pairs attrs;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void
put_utf8(struct buf *b, uint64_t c)
{
	if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		c = 0xfffd;
	if (c < 0x80) {
		buf_char(b, (char)c);
	} else if (c < 0x800) {
		buf_char(b, (char)(0xc0 | c >> 6));
		buf_char(b, (char)(0x80 | (c & 0x3f)));
	} else if (c < 0x10000) {
		buf_char(b, (char)(0xe0 | c >> 12));
		buf_char(b, (char)(0x80 | (c >> 6 & 0x3f)));
		buf_char(b, (char)(0x80 | (c & 0x3f)));
	} else {
		buf_char(b, (char)(0xf0 | c >> 18));
		buf_char(b, (char)(0x80 | (c >> 12 & 0x3f)));
		buf_char(b, (char)(0x80 | (c >> 6 & 0x3f)));
		buf_char(b, (char)(0x80 | (c & 0x3f)));
	}
}

static bool
hex_number(struct str s, uint64_t *out)
{
	uint64_t v = 0;

	for (size_t i = 0; i < s.n; i++) {
		static const char digits[] = "0123456789abcdefABCDEF";
		const char *d = strchr(digits, s.p[i]);
		uint64_t k;

		if (s.p[i] == '\0' || d == NULL || v > 0x10ffff)
			return false;
		k = (uint64_t)(d - digits);
		v = v * 16 + (k < 16 ? k : k - 6);
	}
	*out = v;
	return s.n > 0;
}

/* The name between & and ;. False leaves the text as it stands. */
static bool
put_reference(struct buf *b, struct str name)
{
	static const struct {
		struct str name;
		const char *text;
	} named[] = { { { "amp", 3 }, "&" }, { { "lt", 2 }, "<" },
		{ { "gt", 2 }, ">" }, { { "quot", 4 }, "\"" },
		{ { "apos", 4 }, "'" }, { { "nbsp", 4 }, "\xc2\xa0" } };
	struct str digits = str_sub(name, 1, name.n);
	uint64_t c;

	for (size_t i = 0; i < ARRAY_LEN(named); i++)
		if (str_eq(name, named[i].name)) {
			buf_cstr(b, named[i].text);
			return true;
		}
	if (!str_starts(name, STR("#")))
		return false;
	if (str_starts(digits, STR("x")) || str_starts(digits, STR("X"))) {
		if (!hex_number(str_sub(digits, 1, digits.n), &c))
			return false;
	} else if (!str_u64(digits, 0x10ffff, &c)) {
		return false;
	}
	put_utf8(b, c);
	return true;
}

struct str
entities_decode(struct arena *a, struct str s)
{
	struct buf b = buf_new(CLIENT_MAX_BYTES);
	struct str out;

	for (size_t i = 0; i < s.n; i++) {
		/* The longest reference read here is &#x10ffff; */
		struct str near = str_sub(s, i + 1, i + 12);
		size_t end = str_find(near, ';', 0);

		if (s.p[i] == '&' && end < near.n &&
		    put_reference(&b, str_sub(near, 0, end)))
			i += end + 1;
		else
			buf_char(&b, s.p[i]);
	}
	out = buf_copy(&b, a);
	buf_free(&b);
	return out;
}

/* Move behind the next occurrence of the ASCII lower-case word. */
static struct str
read_until(struct reader *r, const char *word)
{
	struct str w = str_c(word);
	size_t from = r->at;

	for (; r->at + w.n <= r->page.n; r->at++)
		if (str_eq_nocase(str_sub(r->page, r->at, r->at + w.n), w))
			return str_sub(r->page, from, r->at);
	r->at = r->page.n;
	return str_sub(r->page, from, r->at);
}

static char
peek(const struct reader *r)
{
	return r->at < r->page.n ? r->page.p[r->at] : '\0';
}

static void
skip_blanks(struct reader *r)
{
	while (r->at < r->page.n && (is_blank(peek(r)) || peek(r) == '/'))
		r->at++;
}

/* Up to one of the bytes that end a name, or a blank. */
static struct str
read_name(struct reader *r, const char *ends)
{
	size_t from = r->at;

	while (r->at < r->page.n && !is_blank(peek(r)) &&
	       strchr(ends, peek(r)) == NULL)
		r->at++;
	return str_sub(r->page, from, r->at);
}

static struct str
read_value(struct reader *r)
{
	char quote = peek(r);
	size_t from, end;

	if (quote != '"' && quote != '\'')
		return read_name(r, ">");
	from = r->at + 1;
	end = str_find(r->page, quote, from);
	r->at = end < r->page.n ? end + 1 : end;
	return str_sub(r->page, from, end);
}

static void
read_attributes(struct reader *r, struct tag *t)
{
	while (skip_blanks(r), r->at < r->page.n && peek(r) != '>') {
		struct str name = read_name(r, "=>/");
		struct str value = { "", 0 };

		if (name.n == 0)
			r->at++; /* a stray = or quote */
		skip_blanks(r);
		if (peek(r) == '=') {
			r->at++;
			while (is_blank(peek(r)))
				r->at++;
			value = read_value(r);
		}
		pairs_add(r->a, &t->attrs, name, entities_decode(r->a, value));
	}
	if (peek(r) == '>')
		r->at++;
}

/* The next tag; comments and the insides of scripts and styles are none. */
static bool
next_tag(struct reader *r, struct tag *t)
{
	while ((r->at = str_find(r->page, '<', r->at)) < r->page.n) {
		*t = (struct tag){ .closing = false };
		r->at++;
		if (str_starts(
			str_sub(r->page, r->at, r->at + 3), STR("!--"))) {
			read_until(r, "-->");
			continue;
		}
		if (peek(r) == '/') {
			t->closing = true;
			r->at++;
		}
		if (!is_letter(peek(r)))
			continue;
		t->name = read_name(r, "/>");
		read_attributes(r, t);
		if (!t->closing && str_eq_nocase(t->name, STR("script")))
			read_until(r, "</script");
		else if (!t->closing && str_eq_nocase(t->name, STR("style")))
			read_until(r, "</style");
		return true;
	}
	return false;
}

static struct str
attr(const struct tag *t, const char *name)
{
	const struct str *v = pairs_get(&t->attrs, str_c(name));

	return v == NULL ? STR("") : *v;
}

static bool
has_attr(const struct tag *t, const char *name)
{
	return pairs_get(&t->attrs, str_c(name)) != NULL;
}

static bool
is_tag(const struct tag *t, const char *name)
{
	return str_eq_nocase(t->name, str_c(name));
}

/* What is known while a page is read for one form. */
struct search {
	struct reader r;
	struct str which;
	struct form *out;
	bool found, inside;
	struct str id;     /* of the form, once found */
	unsigned selects;  /* how many so far */
	struct tag select; /* the one that is open */
	bool select_open;
};

static void
control_add(struct search *s, struct control c)
{
	struct form *f = s->out;

	if ((f->n & (f->n - 1)) == 0) {
		struct control *v =
		    arena_array(s->r.a, f->n * 2 + 1, sizeof(*v));

		if (f->n > 0)
			memcpy(v, f->v, f->n * sizeof(*v));
		f->v = v;
	}
	f->v[f->n++] = c;
}

/* Does this element belong to the form: inside it, or by its form attribute? */
static bool
belongs(const struct search *s, const struct tag *t)
{
	if (has_attr(t, "disabled"))
		return false;
	if (has_attr(t, "form"))
		return (s->id.n > 0 && str_eq(attr(t, "form"), s->id)) ||
		       (!s->found && str_eq(attr(t, "form"), s->which));
	return s->inside;
}

static void
see_form(struct search *s, const struct tag *t)
{
	struct str action = attr(t, "action");

	s->inside =
	    !t->closing && !s->found &&
	    (str_eq(attr(t, "id"), s->which) ||
		(str_starts(s->which, STR("/")) && str_eq(action, s->which)));
	if (!s->inside)
		return;
	s->found = true;
	s->id = attr(t, "id");
	s->out->action = action;
	s->out->method = attr(t, "method");
	s->out->enctype = attr(t, "enctype");
}

static enum control_kind
input_kind(struct str type)
{
	static const struct {
		struct str type;
		enum control_kind kind;
	} kinds[] = {
		{ { "hidden", 6 }, CONTROL_HIDDEN },
		{ { "checkbox", 8 }, CONTROL_CHECK },
		{ { "radio", 5 }, CONTROL_RADIO },
		{ { "submit", 6 }, CONTROL_BUTTON },
		{ { "image", 5 }, CONTROL_BUTTON },
		{ { "file", 4 }, CONTROL_FILE },
	};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_eq_nocase(type, kinds[i].type))
			return kinds[i].kind;
	return CONTROL_LINE;
}

static void
see_input(struct search *s, const struct tag *t)
{
	struct str type = attr(t, "type");
	struct control c = {
		.kind = input_kind(type),
		.name = attr(t, "name"),
		.value = attr(t, "value"),
		.action = attr(t, "formaction"),
		.method = attr(t, "formmethod"),
	};

	if (str_eq_nocase(type, STR("button")) ||
	    str_eq_nocase(type, STR("reset")))
		return;
	if (c.kind == CONTROL_CHECK || c.kind == CONTROL_RADIO) {
		c.on = has_attr(t, "checked");
		if (!has_attr(t, "value"))
			c.value = STR("on");
	}
	if (c.kind == CONTROL_LINE && has_attr(t, "readonly"))
		c.kind = CONTROL_HIDDEN;
	control_add(s, c);
}

static void
see_button(struct search *s, const struct tag *t)
{
	struct str type = attr(t, "type");

	if (type.n > 0 && !str_eq_nocase(type, STR("submit")))
		return;
	control_add(s, (struct control){
			   .kind = CONTROL_BUTTON,
			   .name = attr(t, "name"),
			   .value = attr(t, "value"),
			   .action = attr(t, "formaction"),
			   .method = attr(t, "formmethod"),
		       });
}

static void
see_textarea(struct search *s, const struct tag *t)
{
	struct str text = read_until(&s->r, "</textarea");

	/* The first line break after the tag is not part of the text. */
	if (str_starts(text, STR("\r\n")))
		text = str_sub(text, 2, text.n);
	else if (str_starts(text, STR("\n")))
		text = str_sub(text, 1, text.n);
	if (!belongs(s, t))
		return;
	control_add(s, (struct control){
			   .kind = CONTROL_AREA,
			   .name = attr(t, "name"),
			   .value = entities_decode(s->r.a, text),
		       });
}

static void
see_option(struct search *s, const struct tag *t)
{
	size_t from = s->r.at;
	size_t end = str_find(s->r.page, '<', from);
	struct str text = str_trim(str_sub(s->r.page, from, end));

	if (!s->select_open || !belongs(s, &s->select) ||
	    has_attr(t, "disabled"))
		return;
	control_add(s,
	    (struct control){
		.kind = CONTROL_OPTION,
		.name = attr(&s->select, "name"),
		.value = has_attr(t, "value") ? attr(t, "value")
					      : entities_decode(s->r.a, text),
		.select = s->selects,
		.multiple = has_attr(&s->select, "multiple"),
		.on = has_attr(t, "selected"),
	    });
}

/* A select shows its first option when the page chose none. */
static void
close_select(struct search *s)
{
	struct control *first = NULL;

	s->select_open = false;
	for (size_t i = s->out->n; i-- > 0;) {
		struct control *c = &s->out->v[i];

		if (c->kind != CONTROL_OPTION || c->select != s->selects)
			break;
		if (c->on || c->multiple)
			return;
		first = c;
	}
	if (first != NULL)
		first->on = true;
}

static void
see_tag(struct search *s, const struct tag *t)
{
	if (is_tag(t, "form")) {
		see_form(s, t);
	} else if (t->closing) {
		if (is_tag(t, "select"))
			close_select(s);
	} else if (is_tag(t, "textarea")) {
		see_textarea(s, t);
	} else if (is_tag(t, "select")) {
		s->select = *t;
		s->select_open = true;
		s->selects++;
	} else if (is_tag(t, "option")) {
		see_option(s, t);
	} else if (is_tag(t, "input") && belongs(s, t)) {
		see_input(s, t);
	} else if (is_tag(t, "button") && belongs(s, t)) {
		see_button(s, t);
	}
}

bool
form_find(struct arena *a, struct str page, struct str which, struct form *out)
{
	struct search s = { .r = { a, page, 0 }, .which = which, .out = out };
	struct tag t;

	*out = (struct form){ .n = 0 };
	while (next_tag(&s.r, &t))
		see_tag(&s, &t);
	return s.found;
}

/* A line has no line breaks; in an area each is CR LF on the way out. */
static struct str
typed(struct arena *a, enum control_kind kind, struct str s)
{
	struct buf b = buf_new(CLIENT_MAX_BYTES);
	struct str out;

	for (size_t i = 0; i < s.n; i++) {
		bool crlf = s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n';

		if (s.p[i] != '\n' && s.p[i] != '\r')
			buf_char(&b, s.p[i]);
		else if (kind == CONTROL_AREA && !crlf)
			buf_cstr(&b, "\r\n");
	}
	out = buf_copy(&b, a);
	buf_free(&b);
	return out;
}

/* Of one select or one set of radio buttons only one is on. */
static void
choose(struct form *f, struct control *it)
{
	for (size_t i = 0; i < f->n; i++) {
		struct control *c = &f->v[i];

		if (c->kind == it->kind && !it->multiple &&
		    c->select == it->select && str_eq(c->name, it->name))
			c->on = false;
	}
	it->on = true;
}

const char *
form_fill(struct arena *a, struct form *f, struct str name, struct str value)
{
	const char *why = "the form has no such field";

	for (size_t i = 0; i < f->n; i++) {
		struct control *c = &f->v[i];

		if (!str_eq(c->name, name) || c->kind == CONTROL_BUTTON ||
		    c->kind == CONTROL_FILE)
			continue;
		if (c->kind == CONTROL_HIDDEN) {
			why = "the field is hidden or read-only";
		} else if (c->kind == CONTROL_LINE || c->kind == CONTROL_AREA) {
			if (c->filled)
				continue;
			c->value = typed(a, c->kind, value);
			c->filled = true;
			return NULL;
		} else if (!str_eq(c->value, value)) {
			why = "the form does not offer this value";
		} else if (c->kind == CONTROL_CHECK) {
			c->on = true;
			return NULL;
		} else {
			choose(f, c);
			return NULL;
		}
	}
	return why;
}

const char *
form_untick(struct form *f, struct str name, struct str value)
{
	const char *why = "the form has no such box";

	for (size_t i = 0; i < f->n; i++) {
		struct control *c = &f->v[i];

		if (c->kind == CONTROL_CHECK && str_eq(c->name, name) &&
		    (value.n == 0 || str_eq(c->value, value))) {
			c->on = false;
			why = NULL;
		}
	}
	return why;
}

const char *
form_attach(
    struct form *f, struct str name, struct str filename, struct str bytes)
{
	for (size_t i = 0; i < f->n; i++) {
		struct control *c = &f->v[i];

		if (c->kind == CONTROL_FILE && str_eq(c->name, name) &&
		    !c->filled) {
			c->filename = filename;
			c->value = bytes;
			c->filled = true;
			return NULL;
		}
	}
	return "the form takes no such file";
}

const char *
form_press(struct form *f, struct str name, struct str value)
{
	for (size_t i = 0; i < f->n; i++) {
		struct control *c = &f->v[i];

		if (c->kind != CONTROL_BUTTON ||
		    (name.n > 0 && !str_eq(c->name, name)) ||
		    (value.n > 0 && !str_eq(c->value, value)))
			continue;
		c->on = true;
		if (c->action.n > 0)
			f->action = c->action;
		if (c->method.n > 0)
			f->method = c->method;
		return NULL;
	}
	return name.n == 0 ? NULL : "the form has no such button";
}

void
parts_add(struct arena *a, struct parts *p, const struct part *one)
{
	if ((p->n & (p->n - 1)) == 0) {
		struct part *v = arena_array(a, p->n * 2 + 1, sizeof(*v));

		if (p->n > 0)
			memcpy(v, p->v, p->n * sizeof(*v));
		p->v = v;
	}
	p->v[p->n++] = *one;
}

static bool
is_sent(const struct control *c)
{
	return c->name.n > 0 &&
	       (c->on || c->kind == CONTROL_HIDDEN || c->kind == CONTROL_LINE ||
		   c->kind == CONTROL_AREA || c->kind == CONTROL_FILE);
}

struct parts
form_parts(struct arena *a, const struct form *f)
{
	struct parts p = { .n = 0 };

	p.multipart = str_eq_nocase(f->enctype, STR("multipart/form-data"));
	for (size_t i = 0; i < f->n; i++) {
		const struct control *c = &f->v[i];
		struct part one = {
			.field = { c->name, c->value },
			.filename = c->filename,
			.file = c->kind == CONTROL_FILE,
		};

		if (c->kind == CONTROL_AREA && !c->filled)
			one.field.value = typed(a, c->kind, c->value);
		if (is_sent(c))
			parts_add(a, &p, &one);
	}
	return p;
}

void
parts_force(struct arena *a, struct parts *p, struct str name, struct str value)
{
	struct part one = { .field = { name, value } };

	for (size_t i = 0; i < p->n; i++)
		if (str_eq(p->v[i].field.name, name)) {
			p->v[i].field.value = value;
			return;
		}
	parts_add(a, p, &one);
}

static void
put_form_encoded(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c >= '0' && c <= '9') || is_letter((char)c) ||
		    (c != '\0' && strchr("*-._", c) != NULL))
			buf_char(b, (char)c);
		else if (c == ' ')
			buf_char(b, '+');
		else
			buf_printf(b, "%%%02X", c);
	}
}

/* Nothing that a test sends holds this line. */
#define BOUNDARY "------fcgiget-8Hc0yQ4rT1mZ7nWb"

static void
put_part(struct buf *b, const struct part *p)
{
	struct str name = p->field.name;

	buf_printf(b,
	    "--" BOUNDARY "\r\nContent-Disposition: form-data; "
	    "name=\"%.*s\"",
	    (int)name.n, name.p);
	if (p->file)
		buf_printf(b,
		    "; filename=\"%.*s\"\r\nContent-Type: "
		    "application/octet-stream",
		    (int)p->filename.n, p->filename.p);
	buf_cstr(b, "\r\n\r\n");
	buf_str(b, p->field.value);
	buf_cstr(b, "\r\n");
}

struct str
parts_body(struct arena *a, const struct parts *p, struct str *type)
{
	struct buf b = buf_new(CLIENT_MAX_BYTES);
	struct str out;

	for (size_t i = 0; i < p->n; i++) {
		const struct part *one = &p->v[i];

		if (p->multipart) {
			put_part(&b, one);
			continue;
		}
		if (i > 0)
			buf_char(&b, '&');
		put_form_encoded(&b, one->field.name);
		buf_char(&b, '=');
		put_form_encoded(
		    &b, one->file ? one->filename : one->field.value);
	}
	if (p->multipart)
		buf_cstr(&b, "--" BOUNDARY "--\r\n");
	*type = p->multipart ? STR("multipart/form-data; boundary=" BOUNDARY)
			     : STR("application/x-www-form-urlencoded");
	out = buf_copy(&b, a);
	buf_free(&b);
	return out;
}

/* Behind "http://host" or "https://host", if the link begins so. */
static struct str
without_host(struct str link)
{
	struct str rest;

	if (str_starts(link, STR("http://")))
		rest = str_sub(link, 7, link.n);
	else if (str_starts(link, STR("https://")))
		rest = str_sub(link, 8, link.n);
	else
		return link;
	rest = str_sub(rest, str_find(rest, '/', 0), rest.n);
	return rest.n == 0 ? STR("/") : rest;
}

struct str
link_target(struct arena *a, struct str uri, struct str link)
{
	struct str path = pair_split(uri, '?').name;
	struct str to = without_host(pair_split(link, '#').name);
	size_t slash = path.n;

	if (to.n == 0)
		return uri;
	if (to.p[0] == '/')
		return to;
	while (to.p[0] != '?' && slash > 0 && path.p[slash - 1] != '/')
		slash--;
	return arena_printf(a, "%.*s%.*s", (int)slash, path.p, (int)to.n, to.p);
}

struct str
form_target(struct arena *a, const struct form *f, struct str uri)
{
	return link_target(a, uri, f->action);
}

bool
form_posts(const struct form *f)
{
	return str_eq_nocase(f->method, STR("post"));
}
