#include "config.h"

#include <assert.h>
#include <strings.h>

#include "htmltok.h"

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f';
}

static bool
is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char
peek(const struct htmltok *t, size_t at)
{
	return at < t->src.n ? t->src.p[at] : '\0';
}

static void
skip_space(struct htmltok *t)
{
	while (t->at < t->src.n && is_space(t->src.p[t->at]))
		t->at++;
}

void
htmltok_init(struct htmltok *t, struct str src)
{
	*t = (struct htmltok){ .src = src };
}

static void
attr_keep(struct htmltok *t, struct str name, struct str value)
{
	static const struct str known[ATTR_MAX] = {
#define X(n) [ATTR_##n] = { #n, sizeof(#n) - 1 },
		HTMLTOK_ATTRS(X)
#undef X
	};

	for (size_t i = 0; i < ATTR_MAX; i++)
		if (known[i].n == name.n &&
		    strncasecmp(known[i].p, name.p, name.n) == 0) {
			if (!t->has[i])
				t->value[i] = value;
			t->has[i] = true;
			return;
		}
}

/* The value behind '='. */
static struct str
attr_value(struct htmltok *t)
{
	char quote = peek(t, t->at);
	size_t from;

	if (quote == '"' || quote == '\'') {
		from = ++t->at;
		t->at = str_find(t->src, quote, from);
		return str_sub(
		    t->src, from, t->at < t->src.n ? t->at++ : t->at);
	}
	from = t->at;
	while (t->at < t->src.n && !is_space(t->src.p[t->at]) &&
	    t->src.p[t->at] != '>')
		t->at++;
	return str_sub(t->src, from, t->at);
}

/* One attribute; t->at is at its first character. */
static void
attr_read(struct htmltok *t)
{
	size_t from = t->at++;
	struct str name, value = STR("");

	while (t->at < t->src.n && !is_space(t->src.p[t->at]) &&
	    strchr("/>=", t->src.p[t->at]) == NULL)
		t->at++;
	name = str_sub(t->src, from, t->at);
	skip_space(t);
	if (peek(t, t->at) == '=') {
		t->at++;
		skip_space(t);
		value = attr_value(t);
	}
	attr_keep(t, name, value);
}

/* The name and attributes of a tag up to behind its '>'; false at the end of
 * the source. */
static bool
tag_read(struct htmltok *t)
{
	size_t n = 0;

	memset(t->has, 0, sizeof(t->has));
	for (; t->at < t->src.n && !is_space(t->src.p[t->at]) &&
	     t->src.p[t->at] != '/' && t->src.p[t->at] != '>';
	     t->at++) {
		char c = t->src.p[t->at];

		if (n < HTMLTOK_NAME)
			t->name[n++] =
			    (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
	}
	t->name[n == HTMLTOK_NAME ? 0 : n] = '\0';
	for (;;) {
		while (t->at < t->src.n &&
		    (is_space(t->src.p[t->at]) || t->src.p[t->at] == '/'))
			t->at++;
		if (t->at >= t->src.n)
			return false;
		if (t->src.p[t->at] == '>')
			break;
		attr_read(t);
	}
	t->at++;
	return true;
}

/* Behind "<!--": up to behind "-->" or "--!>", or false. */
static bool
comment_skip(struct htmltok *t)
{
	size_t i = t->at;

	/* "<!-->" and "<!--->" are whole. */
	if (peek(t, i) == '>' || (peek(t, i) == '-' && peek(t, i + 1) == '>'))
		i = str_find(t->src, '>', i);
	else
		for (i = str_find(t->src, '-', i); i < t->src.n;
		     i = str_find(t->src, '-', i + 1)) {
			if (peek(t, i + 1) != '-')
				continue;
			if (peek(t, i + 2) == '>') {
				i += 2;
				break;
			}
			if (peek(t, i + 2) == '!' && peek(t, i + 3) == '>') {
				i += 3;
				break;
			}
		}
	if (i >= t->src.n)
		return false;
	t->at = i + 1;
	return true;
}

/* "<!…>", "<?…>", "</1…>". */
static bool
bogus_skip(struct htmltok *t)
{
	size_t end = str_find(t->src, '>', t->at);

	if (end >= t->src.n)
		return false;
	t->at = end + 1;
	return true;
}

static enum tok
text(struct htmltok *t, size_t from, size_t to)
{
	t->text = str_sub(t->src, from, to);
	t->at = to;
	return TOK_TEXT;
}

/* Does markup of any kind begin here? */
static bool
is_markup(const struct htmltok *t, size_t at)
{
	char c = peek(t, at + 1);

	return is_alpha(c) || c == '!' || c == '?' ||
	    (c == '/' && at + 2 < t->src.n);
}

enum tok
htmltok_next(struct htmltok *t)
{
	for (;;) {
		size_t from = t->at, lt = str_find(t->src, '<', from);
		bool ok;

		if (from >= t->src.n)
			return TOK_END;
		while (lt < t->src.n && !is_markup(t, lt))
			lt = str_find(t->src, '<', lt + 1);
		if (lt > from)
			return text(t, from, lt);
		t->at = lt + 1;
		if (is_alpha(peek(t, t->at))) {
			if (tag_read(t))
				return TOK_OPEN;
			return text(t, from, t->src.n);
		}
		if (peek(t, t->at) == '/' && is_alpha(peek(t, t->at + 1))) {
			t->at++;
			if (tag_read(t))
				return TOK_CLOSE;
			return text(t, from, t->src.n);
		}
		if (peek(t, lt + 1) == '!' && peek(t, lt + 2) == '-' &&
		    peek(t, lt + 3) == '-') {
			t->at = lt + 4;
			ok = comment_skip(t);
		} else {
			ok = bogus_skip(t);
		}
		if (!ok)
			return text(t, from, t->src.n);
	}
}

bool
htmltok_raw(struct htmltok *t, const char *name, unsigned id, struct str *out)
{
	size_t n = strlen(name), i = t->at;

	assert(id < HTMLTOK_RAW);
	if (t->endless[id])
		return false;
	for (i = str_find(t->src, '<', i); i < t->src.n;
	     i = str_find(t->src, '<', i + 1)) {
		char c = peek(t, i + 2 + n);

		if (peek(t, i + 1) == '/' && i + 2 + n < t->src.n &&
		    strncasecmp(t->src.p + i + 2, name, n) == 0 &&
		    (is_space(c) || c == '/' || c == '>')) {
			*out = str_sub(t->src, t->at, i);
			t->at = i;
			return true;
		}
	}
	t->endless[id] = true;
	return false;
}

void
htmltok_skip_newline(struct htmltok *t)
{
	if (peek(t, t->at) == '\n')
		t->at++;
}
