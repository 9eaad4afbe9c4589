#include "config.h"

#include "tmpl_html.h"

/* After the tokenizer of the HTML standard (WHATWG HTML §13.2.5). */
/* clang-format off */
#define STATES(X)							\
	X(AT_TEXT,	"text")						\
	X(AT_OPEN,	"a tag name")		/* after "<" */		\
	X(AT_CLOSE,	"a tag name")		/* after "</" */	\
	X(AT_TAG,	"a tag name")					\
	X(AT_ATTRS,	"a tag")	/* an attribute may begin */	\
	X(AT_BETWEEN,	"a tag")	/* a space is needed first */	\
	X(AT_ATTR,	"an attribute name")				\
	X(AT_NAMED,	"a tag")	/* after name and space */	\
	X(AT_EQUALS,	"an unquoted attribute value")			\
	X(AT_UNQUOTED,	"an unquoted attribute value")			\
	X(AT_DOUBLE,	"an attribute value")				\
	X(AT_SINGLE,	"an attribute value")				\
	X(AT_BANG,	"a declaration")	/* after "<!" */	\
	X(AT_BANG_DASH,	"a declaration")	/* after "<!-" */	\
	X(AT_DECL,	"a declaration")				\
	X(AT_COMMENT,	"an HTML comment")				\
	X(AT_RAW,	"an element whose content is not markup")
/* clang-format on */

enum state {
#define X(state, where) state,
	STATES(X)
#undef X
};

enum attr { ATTR_PLAIN, ATTR_URL, ATTR_CODE };

/* Progress of AT_COMMENT beyond the number of dashes just seen. */
enum { MATCH_BANG = 3, MATCH_FIRST, MATCH_FIRST_DASH };

static const struct raw {
	const char *name;
	bool escapable; /* entities work inside: text may stand there */
} raws[] = {
	{ NULL, false },
	{ "script", false },
	{ "style", false },
	{ "xmp", false },
	{ "iframe", false },
	{ "noembed", false },
	{ "noframes", false },
	{ "title", true },
	{ "textarea", true },
	{ "plaintext", false },
};

#define RAW_PLAINTEXT (ARRAY_LEN(raws) - 1)

static const struct {
	const char *name;
	enum attr attr;
} attrs[] = {
	{ "action", ATTR_URL },
	{ "background", ATTR_URL },
	{ "cite", ATTR_URL },
	{ "data", ATTR_URL },
	{ "formaction", ATTR_URL },
	{ "href", ATTR_URL },
	{ "ping", ATTR_URL },
	{ "poster", ATTR_URL },
	{ "src", ATTR_URL },
	{ "srcdoc", ATTR_CODE },
	{ "style", ATTR_CODE },
	{ "xlink:href", ATTR_URL },
};

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
is_alpha(char c)
{
	return lower(c) >= 'a' && lower(c) <= 'z';
}

/* A name too long for the word is none of those we know. */
static void
word_add(struct html_at *at, char c)
{
	if (at->word_n < sizeof(at->word))
		at->word[at->word_n++] = lower(c);
}

static void
word_clear(struct html_at *at)
{
	memset(at->word, 0, sizeof(at->word));
	at->word_n = 0;
}

static bool
word_is(const struct html_at *at, const char *name)
{
	return str_eq((struct str){ at->word, at->word_n }, str_c(name));
}

static enum attr
attr_kind(const struct html_at *at)
{
	if (at->word_n >= 2 && memcmp(at->word, "on", 2) == 0)
		return ATTR_CODE;
	for (size_t i = 0; i < ARRAY_LEN(attrs); i++)
		if (word_is(at, attrs[i].name))
			return attrs[i].attr;
	return ATTR_PLAIN;
}

static void
tag_named(struct html_at *at)
{
	for (size_t i = 1; i < ARRAY_LEN(raws); i++)
		if (!at->closing && word_is(at, raws[i].name))
			at->raw = (uint8_t)i;
	word_clear(at);
}

static const char *
tag_ends(struct html_at *at)
{
	at->state = at->raw == 0 ? AT_TEXT : AT_RAW;
	at->closing = false;
	return at->raw == RAW_PLAINTEXT ? "<plaintext> never ends" : NULL;
}

static const char *
step_open(struct html_at *at, char c)
{
	if (is_alpha(c)) {
		at->state = AT_TAG;
		word_add(at, c);
	} else if (c == '/') {
		at->state = AT_CLOSE;
	} else if (c == '!') {
		at->state = AT_BANG;
	} else if (c == '?') {
		at->state = AT_DECL;
	} else if (c != '<') {
		at->state = AT_TEXT;
	}
	return NULL;
}

static const char *
step_close(struct html_at *at, char c)
{
	if (is_alpha(c)) {
		at->state = AT_TAG;
		at->closing = true;
		word_add(at, c);
	} else {
		at->state = c == '>' ? AT_TEXT : AT_DECL;
	}
	return NULL;
}

static const char *
step_tag(struct html_at *at, char c)
{
	if (!is_space(c) && c != '/' && c != '>') {
		word_add(at, c);
		return NULL;
	}
	tag_named(at);
	at->state = AT_ATTRS;
	return c == '>' ? tag_ends(at) : NULL;
}

static const char *
step_attrs(struct html_at *at, char c)
{
	if (c == '>')
		return tag_ends(at);
	if (is_space(c) || c == '/') {
		at->state = AT_ATTRS;
	} else if (at->state == AT_BETWEEN) {
		return "a space is missing before the attribute";
	} else if (c == '=') {
		return "\"=\" without an attribute name";
	} else {
		at->state = AT_ATTR;
		word_add(at, c);
	}
	return NULL;
}

static const char *
step_attr(struct html_at *at, char c)
{
	if (c == '=') {
		at->attr = (uint8_t)attr_kind(at);
		at->state = AT_EQUALS;
	} else if (is_space(c)) {
		at->state = AT_NAMED;
		return NULL;
	} else if (c == '/' || c == '>') {
		at->state = AT_ATTRS;
	} else if (at->state == AT_NAMED) {
		at->state = AT_ATTR;
		word_clear(at);
		word_add(at, c);
		return NULL;
	} else {
		word_add(at, c);
		return NULL;
	}
	word_clear(at);
	return c == '>' ? tag_ends(at) : NULL;
}

static const char *
step_equals(struct html_at *at, char c)
{
	if (is_space(c))
		return NULL;
	if (c == '"' || c == '\'') {
		at->state = c == '"' ? AT_DOUBLE : AT_SINGLE;
		at->url_head = at->attr == ATTR_URL;
		return NULL;
	}
	at->attr = ATTR_PLAIN;
	if (c == '>')
		return tag_ends(at);
	at->state = AT_UNQUOTED;
	return NULL;
}

static const char *
step_quoted(struct html_at *at, char c)
{
	if (c == (at->state == AT_DOUBLE ? '"' : '\'')) {
		at->state = AT_BETWEEN;
		at->attr = ATTR_PLAIN;
		at->url_head = false;
	} else if (c == '/' || c == '?' || c == '#') {
		/* From here on a colon belongs to no scheme. */
		at->url_head = false;
	}
	return NULL;
}

static const char *
step_unquoted(struct html_at *at, char c)
{
	if (is_space(c))
		at->state = AT_ATTRS;
	return c == '>' ? tag_ends(at) : NULL;
}

static const char *
step_bang(struct html_at *at, char c)
{
	/* What ends a CDATA section depends on the elements around it. */
	if (c == '[')
		return "a CDATA section";
	if (c == '-' && at->state == AT_BANG_DASH) {
		at->state = AT_COMMENT;
		at->match = MATCH_FIRST;
	} else if (c == '-') {
		at->state = AT_BANG_DASH;
	} else {
		at->state = c == '>' ? AT_TEXT : AT_DECL;
	}
	return NULL;
}

/* "-->" and "--!>" end it, and so does ">" or "->" at its very beginning. */
static const char *
step_comment(struct html_at *at, char c)
{
	static const uint8_t dash[] = {
		[0] = 1,
		[1] = 2,
		[2] = 2,
		[MATCH_BANG] = 1,
		[MATCH_FIRST] = MATCH_FIRST_DASH,
		[MATCH_FIRST_DASH] = 2,
	};

	if (c == '>' && at->match >= 2) {
		at->match = 0;
		at->state = AT_TEXT;
	} else if (c == '-') {
		at->match = dash[at->match];
	} else {
		at->match = c == '!' && at->match == 2 ? MATCH_BANG : 0;
	}
	return NULL;
}

/*
 * match counts the characters of "</name" seen.  In such an element '<'
 * begins its end tag and nothing else: inside <svg> a browser takes some of
 * these elements for ordinary ones, and a '<' would be a tag there.
 */
static const char *
step_raw(struct html_at *at, char c)
{
	const char *name = raws[at->raw].name;
	size_t n = strlen(name) + 2;

	if (at->match == 0) {
		at->match = c == '<';
		return NULL;
	}
	if (at->match < n) {
		if (lower(c) != (at->match == 1 ? '/' : name[at->match - 2]))
			return "\"<\" inside <script>, <style>, <title> or "
			       "such; write &lt;";
		at->match++;
		return NULL;
	}
	if (is_space(c))
		return NULL;
	if (c != '>')
		return "more than a name in the end tag of <script>, <style>, "
		       "<title> or such";
	at->match = at->raw = 0;
	return tag_ends(at);
}

const char *
html_step(struct html_at *at, char c)
{
	switch ((enum state)at->state) {
	case AT_TEXT:
		if (c == '<')
			at->state = AT_OPEN;
		return NULL;
	case AT_OPEN:
		return step_open(at, c);
	case AT_CLOSE:
		return step_close(at, c);
	case AT_TAG:
		return step_tag(at, c);
	case AT_ATTRS:
	case AT_BETWEEN:
		return step_attrs(at, c);
	case AT_ATTR:
	case AT_NAMED:
		return step_attr(at, c);
	case AT_EQUALS:
		return step_equals(at, c);
	case AT_UNQUOTED:
		return step_unquoted(at, c);
	case AT_DOUBLE:
	case AT_SINGLE:
		return step_quoted(at, c);
	case AT_BANG:
	case AT_BANG_DASH:
		return step_bang(at, c);
	case AT_DECL:
		if (c == '>')
			at->state = AT_TEXT;
		return NULL;
	case AT_COMMENT:
		return step_comment(at, c);
	case AT_RAW:
		return step_raw(at, c);
	}
	return NULL;
}

bool
html_is_text(const struct html_at *at)
{
	return at->state == AT_TEXT;
}

bool
html_in_value(const struct html_at *at)
{
	return !html_is_text(at);
}

const char *
html_refuses(const struct html_at *at)
{
	switch ((enum state)at->state) {
	case AT_TEXT:
		return NULL;
	case AT_DOUBLE:
	case AT_SINGLE:
		return at->attr == ATTR_CODE
		    ? "an on*, style or srcdoc attribute"
		    : NULL;
	case AT_RAW:
		if (at->match != 0)
			return "a tag name";
		return raws[at->raw].escapable ? NULL
					       : "<script>, <style> or such";
	default:
		return html_where(at);
	}
}

void
html_pause(struct html_at *at)
{
	if (at->state == AT_TAG) {
		tag_named(at);
		at->state = AT_BETWEEN;
	} else if (at->state == AT_ATTR) {
		at->state = AT_BETWEEN;
	} else if (at->state == AT_NAMED) {
		at->state = AT_ATTRS;
	} else {
		return;
	}
	word_clear(at);
}

void
html_part(struct html_at *at)
{
	if (at->state == AT_ATTRS)
		at->state = AT_BETWEEN;
}

bool
html_same(const struct html_at *a, const struct html_at *b)
{
	return a->state == b->state && a->attr == b->attr && a->raw == b->raw &&
	    a->match == b->match && a->closing == b->closing &&
	    a->url_head == b->url_head;
}

bool
html_join(struct html_at *at, const struct html_at *other)
{
	struct html_at o = *other;

	/* After "<p {{#x}}hidden{{/x}}" only a space or ">" fits both. */
	if (at->state == AT_BETWEEN)
		html_part(&o);
	if (o.state == AT_BETWEEN)
		html_part(at);
	o.url_head = at->url_head = at->url_head || o.url_head;
	return html_same(at, &o);
}

const char *
html_where(const struct html_at *at)
{
	static const char *const where[] = {
#define X(state, where) [state] = where,
		STATES(X)
#undef X
	};

	return where[at->state];
}
