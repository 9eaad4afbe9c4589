#include "config.h"

#include "attrs.h"
#include "entity.h"
#include "html.h"
#include "link.h"
#include "url.h"

struct attrs
attrs_new(struct arena *a, const struct htmltok *tok, size_t n, bool comment)
{
	return (struct attrs){ .a = a,
		.tok = tok,
		.ids = anchors_new(a),
		.out = buf_new(n * 6 + 1024),
		.scratch = buf_new(n * 4 + 1024),
		.comment = comment };
}

void
attrs_free(struct attrs *t)
{
	buf_free(&t->out);
	buf_free(&t->scratch);
}

static bool
has_word(struct str s, struct str word)
{
	for (size_t i = 0, end; i < s.n; i = end + 1) {
		for (end = i; end < s.n && (unsigned char)s.p[end] > ' ';)
			end++;
		if (str_eq(str_sub(s, i, end), word))
			return true;
	}
	return false;
}

struct str
attrs_decode(struct attrs *t, struct str s)
{
	if (str_find(s, '&', 0) == s.n)
		return s;
	buf_reset(&t->scratch);
	entity_decode(&t->scratch, s);
	return buf_copy(&t->scratch, t->a);
}

struct str
attrs_value(struct attrs *t, enum attr attr)
{
	return t->tok->has[attr] ? attrs_decode(t, t->tok->value[attr])
				 : STR("");
}

struct str
attrs_url(struct attrs *t, enum attr attr)
{
	struct str s = attrs_value(t, attr);
	char *to;
	size_t n = 0;

	while (s.n > 0 && (unsigned char)s.p[0] <= ' ')
		s = str_sub(s, 1, s.n);
	while (s.n > 0 && (unsigned char)s.p[s.n - 1] <= ' ')
		s.n--;
	to = arena_alloc(t->a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\t' && s.p[i] != '\n')
			to[n++] = s.p[i];
	s = (struct str){ to, n };
	return url_scheme_ok(s) ? s : STR("");
}

static void
put_attr(struct attrs *t, const char *name, struct str v)
{
	buf_char(&t->out, ' ');
	buf_cstr(&t->out, name);
	buf_cstr(&t->out, "=\"");
	buf_text(&t->out, v);
	buf_char(&t->out, '"');
}

static void
put_url(struct attrs *t, const char *name, struct str url)
{
	buf_char(&t->out, ' ');
	buf_cstr(&t->out, name);
	buf_cstr(&t->out, "=\"");
	buf_url(&t->out, url);
	buf_char(&t->out, '"');
}

static void
put_text(struct attrs *t, const char *name, enum attr attr)
{
	struct str v = attrs_value(t, attr);

	if (v.n > 0)
		put_attr(t, name, v);
}

static void
put_number(struct attrs *t, const char *name, enum attr attr, uint64_t max)
{
	struct str v = str_trim(attrs_value(t, attr));
	uint64_t number;

	if (str_u64(v, max, &number))
		put_attr(t, name, v);
}

/* Without white space around it, in lower case. */
static struct str
low_value(struct attrs *t, enum attr attr)
{
	struct str v = str_trim(attrs_value(t, attr));
	char *to = arena_cstr(t->a, v);

	for (size_t i = 0; i < v.n; i++)
		if (to[i] >= 'A' && to[i] <= 'Z')
			to[i] = (char)(to[i] - 'A' + 'a');
	return (struct str){ to, v.n };
}

/* One of the words, which stand between spaces. */
static void
put_word(struct attrs *t, const char *name, enum attr attr, const char *words)
{
	struct str v = low_value(t, attr);

	if (v.n > 0 && has_word(str_c(words), v))
		put_attr(t, name, v);
}

/* Letters, digits and a few signs: languages, dates. */
static void
put_plain(struct attrs *t, const char *name, enum attr attr, const char *signs)
{
	struct str v = str_trim(attrs_value(t, attr));

	if (v.n == 0 || v.n > 40)
		return;
	for (size_t i = 0; i < v.n; i++)
		if (!((v.p[i] >= 'a' && v.p[i] <= 'z') ||
			(v.p[i] >= 'A' && v.p[i] <= 'Z') ||
			(v.p[i] >= '0' && v.p[i] <= '9') ||
			strchr(signs, v.p[i]) != NULL))
			return;
	put_attr(t, name, v);
}

/* ---- class, id, rel -------------------------------------------------- */

static bool
class_ok(struct str s, enum el el)
{
	static const char *const known[] = { "aligncenter", "alignfull",
		"alignleft", "alignright", "alignwide", "credit", "footnote",
		"footnotes", "gallery", "task", "text-center", "text-left",
		"text-right", "wp-caption", "wp-caption-text" };

	if ((el == EL_code || el == EL_pre) &&
	    str_starts(s, STR("language-"))) {
		for (size_t i = 9; i < s.n; i++)
			if (s.p[i] <= ' ' || s.p[i] >= 0x7f ||
			    strchr("\"'<>&`", s.p[i]) != NULL)
				return false;
		return s.n > 9 && s.n <= 40;
	}
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (str_eq(s, str_c(known[i])))
			return true;
	return false;
}

/* Old posts say align="right"; the styles know classes. */
static struct str
align_class(struct attrs *t, enum el el)
{
	struct str v = low_value(t, ATTR_align);
	bool box = el == EL_img || el == EL_table || el == EL_figure;

	if (strcmp(t->tok->name, "center") == 0)
		return STR("text-center");
	if (str_eq(v, STR("left")))
		return box ? STR("alignleft") : STR("text-left");
	if (str_eq(v, STR("right")))
		return box ? STR("alignright") : STR("text-right");
	if (str_eq(v, STR("center")) || str_eq(v, STR("middle")))
		return box ? STR("aligncenter") : STR("text-center");
	return STR("");
}

static void
put_class(struct attrs *t, enum el el)
{
	struct str v = attrs_value(t, ATTR_class), align = align_class(t, el);
	bool any = false;

	for (size_t i = 0, end; i < v.n || align.n > 0; i = end + 1) {
		struct str word;

		for (end = i; end < v.n && (unsigned char)v.p[end] > ' ';)
			end++;
		word = str_sub(v, i, end);
		if (i >= v.n) {
			word = align;
			align = STR("");
		}
		if (!class_ok(word, el))
			continue;
		if (str_eq(word, align))
			align = STR("");
		buf_cstr(&t->out, any ? " " : " class=\"");
		buf_str(&t->out, word);
		any = true;
	}
	if (any)
		buf_char(&t->out, '"');
}

static void
put_id(struct attrs *t, enum el el)
{
	struct str v = attrs_value(t, ATTR_id);

	if (v.n == 0 && el == EL_a)
		v = attrs_value(t, ATTR_name);
	if (v.n == 0)
		return;
	v = anchor_name(t->a, v);
	if (anchor_claim(t->ids, v))
		put_attr(t, "id", v);
}

static void
put_rel(struct attrs *t, struct str url)
{
	static const char *const known[] = { "nofollow", "sponsored", "ugc",
		"noopener", "noreferrer" };
	struct str v = attrs_value(t, ATTR_rel);
	bool any = false;

	if (t->comment) {
		buf_cstr(&t->out, " rel=\"nofollow ugc noopener\"");
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		struct str word = str_c(known[i]);

		if (!has_word(v, word) &&
		    !(link_is_external(url) && str_eq(word, STR("noopener"))))
			continue;
		buf_cstr(&t->out, any ? " " : " rel=\"");
		buf_str(&t->out, word);
		any = true;
	}
	if (any)
		buf_char(&t->out, '"');
}

/* Ids become slugs, so the links to them must. */
static struct str
local_href(struct attrs *t, struct str url)
{
	struct str name;

	if (url.p[0] != '#' || t->comment)
		return url;
	name = anchor_name(t->a, str_sub(url, 1, url.n));
	return arena_printf(t->a, "#%.*s", (int)name.n, name.p);
}

static void
put_link(struct attrs *t)
{
	struct str url = attrs_url(t, ATTR_href);

	if (url.n == 0)
		return;
	put_url(t, "href", local_href(t, url));
	put_text(t, "title", ATTR_title);
	put_rel(t, url);
}

static void
put_cite(struct attrs *t)
{
	struct str url = attrs_url(t, ATTR_cite);

	if (url.n > 0)
		put_url(t, "cite", url);
}

static void
put_ol_type(struct attrs *t)
{
	struct str v = attrs_value(t, ATTR_type);

	if (v.n == 1 && strchr("1aAiI", v.p[0]) != NULL)
		put_attr(t, "type", v);
}

/* What one element has and others have not. */
static void
put_own(struct attrs *t, enum el el)
{
	switch (el) {
	case EL_a:
		put_link(t);
		return;
	case EL_blockquote:
	case EL_q:
		put_cite(t);
		break;
	case EL_del:
	case EL_ins:
		put_cite(t);
		put_plain(t, "datetime", ATTR_datetime, "-+:.TZ ");
		break;
	case EL_time:
		put_plain(t, "datetime", ATTR_datetime, "-+:.TZ ");
		break;
	case EL_ol:
		put_number(t, "start", ATTR_start, 999999999);
		if (t->tok->has[ATTR_reversed])
			buf_cstr(&t->out, " reversed");
		put_ol_type(t);
		break;
	case EL_li:
		put_number(t, "value", ATTR_value, 999999999);
		break;
	case EL_col:
	case EL_colgroup:
		put_number(t, "span", ATTR_span, 1000);
		break;
	case EL_th:
		put_word(t, "scope", ATTR_scope, "col row colgroup rowgroup");
		/* FALLTHROUGH */
	case EL_td:
		put_number(t, "colspan", ATTR_colspan, 1000);
		put_number(t, "rowspan", ATTR_rowspan, 1000);
		break;
	case EL_details:
		if (t->tok->has[ATTR_open])
			buf_cstr(&t->out, " open");
		break;
	default:
		break;
	}
	put_text(t, "title", ATTR_title);
}

/* Language and direction; then, but for comments, class and id.  Returns
 * where the id begins. */
static size_t
put_common(struct attrs *t, enum el el)
{
	size_t at;

	put_plain(t, "lang", ATTR_lang, "-");
	put_word(t, "dir", ATTR_dir, "ltr rtl auto");
	if (!t->comment)
		put_class(t, el);
	at = t->out.n;
	if (!t->comment)
		put_id(t, el);
	return at;
}

struct str
attrs_write(struct attrs *t, enum el el, struct str *again)
{
	struct str all;
	size_t id_at;

	buf_reset(&t->out);
	put_own(t, el);
	id_at = put_common(t, el);
	all = buf_copy(&t->out, t->a);
	*again = str_sub(all, 0, id_at);
	return all;
}

struct str
attrs_write_img(struct attrs *t, struct str src)
{
	buf_reset(&t->out);
	put_url(t, "src", src);
	put_attr(t, "alt", attrs_value(t, ATTR_alt));
	put_text(t, "title", ATTR_title);
	put_number(t, "width", ATTR_width, 99999);
	put_number(t, "height", ATTR_height, 99999);
	put_word(t, "loading", ATTR_loading, "lazy");
	put_word(t, "decoding", ATTR_decoding, "async");
	put_common(t, EL_img);
	return buf_copy(&t->out, t->a);
}

struct str
attrs_write_link(struct attrs *t, struct str url)
{
	buf_reset(&t->out);
	put_url(t, "href", url);
	if (t->comment)
		buf_cstr(&t->out, " rel=\"nofollow ugc noopener\"");
	else if (link_is_external(url))
		buf_cstr(&t->out, " rel=\"noopener\"");
	return buf_copy(&t->out, t->a);
}
