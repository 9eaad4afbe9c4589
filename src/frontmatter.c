#include "config.h"

#include <stdio.h>

#include "buf.h"
#include "date.h"
#include "frontmatter.h"
#include "slug.h"
#include "url.h"
#include "utf8.h"

/* So much of a wrong word is repeated in a message. */
#define QUOTE_MAX 40

struct parser {
	struct arena *a;
	struct str rest;          /* lines not read yet */
	size_t line;              /* number of the line read last */
	struct front_list *items; /* the list that "- a" lines go to, or NULL */
	struct front f;
	struct front_error why;
};

/* What a value must be, and how it is stored. */
typedef bool value_fn(struct parser *p, struct str value, void *field);

static value_fn set_text, set_slug, set_date, set_lang, set_image, set_link,
    set_list, set_status, set_comments;

/* clang-format off */
static const struct {
	const char *name;
	value_fn *set;
	size_t field;
} keys[] = {
#define FIELD(name) offsetof(struct front, name)
	{ "title",	set_text,	FIELD(title) },
	{ "slug",	set_slug,	FIELD(slug) },
	{ "date",	set_date,	FIELD(date) },
	{ "lang",	set_lang,	FIELD(lang) },
	{ "author",	set_text,	FIELD(author) },
	{ "tags",	set_list,	FIELD(tags) },
	{ "categories",	set_list,	FIELD(categories) },
	{ "summary",	set_text,	FIELD(summary) },
	{ "image",	set_image,	FIELD(image) },
	{ "alt",	set_text,	FIELD(alt) },
	{ "caption",	set_text,	FIELD(caption) },
	{ "credit",	set_text,	FIELD(credit) },
	{ "credit_url",	set_link,	FIELD(credit_url) },
	{ "status",	set_status,	FIELD(status) },
	{ "comments",	set_comments,	FIELD(comments) },
#undef FIELD
};
/* clang-format on */

/* ---- lines and messages ----------------------------------------------- */

static bool
next_line(struct parser *p, struct str *line)
{
	size_t end = str_find(p->rest, '\n', 0);

	if (p->rest.n == 0)
		return false;
	*line = str_sub(p->rest, 0, end);
	if (line->n > 0 && line->p[line->n - 1] == '\r')
		line->n--;
	p->rest = str_sub(p->rest, end + 1, p->rest.n);
	p->line++;
	return true;
}

/* What is wrong with word in the line read last; always false. */
static bool
wrong(struct parser *p, const char *before, struct str word, const char *after)
{
	struct str cut = utf8_cut(word, QUOTE_MAX);
	struct str text = arena_printf(p->a, "%s\"%.*s%s\"%s", before,
	    (int)cut.n, cut.p, cut.n < word.n ? "…" : "", after);

	p->why = (struct front_error){ p->line, text.p };
	return false;
}

static bool
fault(struct parser *p, const char *text)
{
	p->why = (struct front_error){ p->line, text };
	return false;
}

/* Is every line of the file text? */
static bool
check_text(struct parser *p)
{
	struct str line, all = p->rest;

	while (next_line(p, &line)) {
		if (!utf8_ok(line))
			return fault(p,
			    "this line is not UTF-8; save the file as UTF-8");
		if (utf8_has_control(line) || str_find(line, '\r', 0) < line.n)
			return fault(p,
			    "there is a control character in this line; "
			    "remove it");
	}
	p->rest = all;
	p->line = 0;
	return true;
}

static bool
is_fence(struct str line)
{
	return str_eq(str_trim(line), STR("---")) && line.p[0] == '-';
}

/* ---- values ----------------------------------------------------------- */

/* Where the double quotes that begin s end, or 0 when they do not. */
static size_t
quoted_end(struct str s)
{
	for (size_t i = 1; i < s.n; i++) {
		if (s.p[i] == '"')
			return i;
		if (s.p[i] == '\\')
			i++;
	}
	return 0;
}

/* Take a value in double quotes off the front of s. */
static bool
take_quoted(struct parser *p, struct str *s, struct str *out)
{
	size_t end = quoted_end(*s), n = 0;
	char *to = arena_alloc(p->a, end + 1);

	if (end == 0)
		return fault(p,
		    "the quotation mark is not closed; write \" at "
		    "the end of the value");
	for (size_t i = 1; i < end; i++) {
		if (s->p[i] == '\\' && s->p[++i] != '"' && s->p[i] != '\\')
			return fault(p,
			    "after a backslash in quotes write \" "
			    "or another backslash");
		to[n++] = s->p[i];
	}
	*out = (struct str){ to, n };
	*s = str_trim(str_sub(*s, end + 1, s->n));
	return true;
}

/* The value of a line as a whole. */
static bool
whole_value(struct parser *p, struct str s, struct str *out)
{
	*out = s;
	if (s.n == 0)
		return true;
	if (s.p[0] == '"') {
		if (!take_quoted(p, &s, out))
			return false;
		return s.n == 0 ||
		    wrong(p, "unexpected ", s,
			" after the quotation mark; put the whole value in "
			"quotes, and write \\\" for one inside");
	}
	if (s.n > 1 && s.p[0] == '\'' && s.p[s.n - 1] == '\'')
		return wrong(p, "single quotes are not used here; write ",
		    str_sub(s, 1, s.n - 1), " in double quotes or plain");
	if (s.n < 3 && (s.p[0] == '|' || s.p[0] == '>'))
		return fault(p, "write the value on one line, after the key");
	return true;
}

static bool
set_text(struct parser *p, struct str value, void *field)
{
	(void)p;
	*(struct str *)field = str_trim(value);
	return true;
}

static bool
set_slug(struct parser *p, struct str value, void *field)
{
	if (!slug_ok(value))
		return wrong(p, "", value,
		    " is no slug; use small letters a to z, digits and "
		    "single hyphens between them, at most 100");
	*(struct str *)field = value;
	return true;
}

static bool
set_date(struct parser *p, struct str value, void *field)
{
	p->f.has_date = date_parse(value, field);
	return p->f.has_date ||
	    wrong(p, "", value,
		" is no date; write it as 2026-01-02 or 2026-01-02 10:00");
}

static bool
set_lang(struct parser *p, struct str value, void *field)
{
	struct buf known = buf_new(1000);
	struct str list;

	p->f.has_lang = lang_find(value, field);
	if (p->f.has_lang)
		return true;
	for (int l = 0; l < LANG_MAX; l++)
		buf_printf(&known, "%s%s", l == 0 ? "" : " or ",
		    lang_code((enum lang)l));
	list = arena_printf(p->a, " is no language of this program; use %.*s",
	    (int)known.n, known.p);
	buf_free(&known);
	return wrong(p, "", value, list.p);
}

static bool
set_image(struct parser *p, struct str value, void *field)
{
	if (!url_scheme_ok(value))
		return wrong(p, "", value,
		    " is no picture; write its path, such as "
		    "/media/kopi.jpg");
	*(struct str *)field = value;
	return true;
}

static bool
set_link(struct parser *p, struct str value, void *field)
{
	return url_website(p->a, value, field) ||
	    wrong(p, "", value,
		" is no web address; write it as https://example.org/");
}

static bool
set_status(struct parser *p, struct str value, void *field)
{
	enum front_status *status = field;

	if (str_eq(value, STR("draft")))
		*status = FRONT_DRAFT;
	else if (str_eq(value, STR("published")))
		*status = FRONT_PUBLISHED;
	else
		return wrong(p, "", value,
		    " is no status; use draft or published (with a date to "
		    "come it waits until then)");
	return true;
}

static bool
set_comments(struct parser *p, struct str value, void *field)
{
	enum front_comments *comments = field;

	if (str_eq(value, STR("open")))
		*comments = FRONT_OPEN;
	else if (str_eq(value, STR("closed")))
		*comments = FRONT_CLOSED;
	else
		return wrong(p, "comments are open or closed, not ", value, "");
	return true;
}

/* ---- lists ------------------------------------------------------------ */

static bool
list_add(struct parser *p, struct front_list *list, struct str item)
{
	item = str_trim(item);
	if (item.n == 0)
		return true;
	if (list->n == FRONT_LIST_MAX)
		return wrong(p, "too many entries; leave out ", item,
		    " and what follows (64 are allowed)");
	if (list->p == NULL)
		list->p = arena_array(p->a, FRONT_LIST_MAX, sizeof(*list->p));
	list->p[list->n++] = item;
	return true;
}

/* "a, "b, c", d", or the same in brackets. */
static bool
set_list(struct parser *p, struct str s, void *field)
{
	struct str item;

	if (s.p[0] == '[') {
		if (s.p[s.n - 1] != ']')
			return fault(p,
			    "the list is not closed; write ] at "
			    "its end, on the same line");
		s = str_trim(str_sub(s, 1, s.n - 1));
	}
	while (s.n > 0) {
		size_t end = str_find(s, ',', 0);

		if (s.p[0] != '"') {
			item = str_sub(s, 0, end);
			s = str_sub(s, end, s.n);
		} else if (!take_quoted(p, &s, &item)) {
			return false;
		}
		if (s.n > 0 && s.p[0] != ',')
			return wrong(p, "write a comma before ", s, "");
		s = str_trim(str_sub(s, 1, s.n));
		if (!list_add(p, field, item))
			return false;
	}
	return true;
}

/* A line "- a" below a key of a list. */
static bool
read_item(struct parser *p, struct str s)
{
	struct str item;

	if (s.n > 1 && s.p[1] != ' ')
		return wrong(p,
		    "write \"key: value\", \"- entry\" or --- "
		    "instead of ",
		    s, "");
	if (p->items == NULL)
		return fault(p,
		    "a line with \"- \" is allowed only below tags: "
		    "or categories: without a value; write "
		    "\"key: value\"");
	s = str_trim(str_sub(s, 1, s.n));
	return whole_value(p, s, &item) && list_add(p, p->items, item);
}

/* ---- the head --------------------------------------------------------- */

static bool
unknown_key(struct parser *p, struct str name)
{
	struct buf known = buf_new(1000);
	struct str list;

	for (size_t k = 0; k < ARRAY_LEN(keys); k++)
		buf_printf(&known, "%s%s", k == 0 ? "" : ", ", keys[k].name);
	list = arena_printf(p->a, "; the keys are %.*s", (int)known.n, known.p);
	buf_free(&known);
	return wrong(p, "unknown key ", name, list.p);
}

static bool
set_key(struct parser *p, size_t k, struct str value)
{
	void *field = (char *)&p->f + keys[k].field;

	p->items = NULL;
	if (keys[k].set == set_list) {
		if (value.n > 0)
			return set_list(p, value, field);
		p->items = field;
		return true;
	}
	if (!whole_value(p, value, &value))
		return false;
	return value.n == 0 || keys[k].set(p, value, field);
}

/* "key: value"; seen has the line of each key that was there. */
static bool
read_key(struct parser *p, struct str line, size_t seen[ARRAY_LEN(keys)])
{
	size_t colon = str_find(line, ':', 0), k;
	struct str name = str_trim(str_sub(line, 0, colon));
	char where[80];

	if (colon == line.n)
		return wrong(p, "write \"key: value\" or --- instead of ",
		    str_trim(line), "");
	for (k = 0; k < ARRAY_LEN(keys); k++)
		if (str_eq(name, str_c(keys[k].name)))
			break;
	if (k == ARRAY_LEN(keys))
		return unknown_key(p, name);
	if (seen[k] > 0) {
		snprintf(where, sizeof(where),
		    " is here again, first in line %zu; keep one of them",
		    seen[k]);
		return wrong(p, "", name, where);
	}
	seen[k] = p->line;
	return set_key(p, k, str_trim(str_sub(line, colon + 1, line.n)));
}

static bool
read_head(struct parser *p)
{
	size_t seen[ARRAY_LEN(keys)] = { 0 };
	struct str line, rest = p->rest;

	if (!next_line(p, &line) || line.n == 0 || !is_fence(line)) {
		p->rest = rest;
		p->line = 0;
		return true;
	}
	while (next_line(p, &line)) {
		struct str s = str_trim(line);

		if (s.n == 0 || s.p[0] == '#')
			continue;
		if (is_fence(line))
			return true;
		if (str_find(s, '\t', 0) < s.n)
			return fault(p,
			    "there is a tab in this line; write "
			    "a space instead");
		if (s.p[0] == '-' ? !read_item(p, s) : !read_key(p, s, seen))
			return false;
	}
	p->line = 1;
	return fault(p,
	    "the head that begins here has no end; write a line "
	    "--- after its last key");
}

/* ---- the body --------------------------------------------------------- */

/* How many of c begin s, after at most three blanks. */
static size_t
run_of(struct str s, char c, struct str *after)
{
	size_t from = 0, i;

	while (from < 3 && from < s.n && s.p[from] == ' ')
		from++;
	for (i = from; i < s.n && s.p[i] == c; i++)
		continue;
	*after = str_sub(s, i, s.n);
	return i - from;
}

/* Does line open (*fence 0) or close fenced code? (CommonMark 0.31 §4.5) */
static void
follow_fence(struct str line, char *fence, size_t *length)
{
	static const char marks[] = { '`', '~' };
	struct str after;

	for (size_t k = 0; k < ARRAY_LEN(marks); k++) {
		size_t n = run_of(line, marks[k], &after);

		if (n < 3)
			continue;
		if (*fence == 0 &&
		    (marks[k] == '~' || str_find(after, '`', 0) == after.n)) {
			*fence = marks[k];
			*length = n;
		} else if (*fence == marks[k] && n >= *length &&
		    str_trim(after).n == 0) {
			*fence = 0;
		}
		return;
	}
}

/* "# Title" or "# Title #"; empty when line is no heading of level 1. */
static struct str
heading(struct str line)
{
	struct str s;
	size_t n;

	if (run_of(line, '#', &s) != 1 || s.n == 0 ||
	    (s.p[0] != ' ' && s.p[0] != '\t'))
		return STR("");
	s = str_trim(s);
	for (n = s.n; n > 0 && s.p[n - 1] == '#'; n--)
		continue;
	if (n == 0 || s.p[n - 1] == ' ')
		s = str_trim(str_sub(s, 0, n));
	return s;
}

/* Make the first heading the title, and the body what is left. */
static bool
title_from_body(struct parser *p)
{
	struct str body = p->f.body, line;
	char fence = 0;
	size_t length = 0;

	while (p->rest.n > 0) {
		size_t from = body.n - p->rest.n;

		(void)next_line(p, &line);
		follow_fence(line, &fence, &length);
		p->f.title = fence == 0 ? heading(line) : STR("");
		if (p->f.title.n == 0)
			continue;
		if (str_trim(str_sub(body, 0, from)).n == 0) {
			p->f.body = p->rest;
			p->f.body_line = p->line + 1;
		} else {
			/* An empty line keeps the numbers of the others. */
			p->f.body = arena_printf(p->a, "%.*s\n%.*s", (int)from,
			    body.p, (int)p->rest.n, p->rest.p);
		}
		return true;
	}
	p->line = 1;
	return fault(p,
	    "the article has no title; write \"title: …\" between "
	    "two lines --- at the top, or begin the text with "
	    "\"# …\"");
}

enum err
frontmatter_parse(
    struct arena *a, struct str src, struct front_error *why, struct front *out)
{
	struct parser p = { .a = a, .rest = src };

	if (str_starts(src, STR("\xEF\xBB\xBF")))
		p.rest = str_sub(src, 3, src.n);
	if (!check_text(&p) || !read_head(&p)) {
		*why = p.why;
		return ERR_INPUT;
	}
	p.f.body = p.rest;
	p.f.body_line = p.line + 1;
	if (p.f.title.n == 0 && !title_from_body(&p)) {
		*why = p.why;
		return ERR_INPUT;
	}
	*out = p.f;
	return OK;
}
