#include "config.h"

#include <stdlib.h>
#include <strings.h>

#include "anchor.h"
#include "entity.h"
#include "html.h"
#include "htmltok.h"
#include "nest.h"
#include "sanitize.h"
#include "url.h"

/* What inline elements that cross blocks may cost (nest_new). */
#define AGAIN_BYTES (64 * 1024)

enum act {
	ACT_KEEP, /* written as el */
	ACT_TEXT, /* its content is text, written inside el, or EL_MAX: bare */
	ACT_DROP, /* goes with its content */
};

struct rule {
	const char *name;
	enum act act;
	enum el el;
};

/* By name, sorted.  What is not here loses its tags and keeps its content. */
/* clang-format off */
#define KEEP(name)	{ #name, ACT_KEEP, EL_##name }
#define AS(name, el)	{ name, ACT_KEEP, EL_##el }
#define DROP(name)	{ name, ACT_DROP, EL_MAX }
static const struct rule rules[] = {
	KEEP(a), KEEP(abbr), AS("acronym", abbr), AS("address", div),
	AS("article", div), AS("aside", div), KEEP(b), KEEP(bdi), KEEP(bdo),
	KEEP(blockquote), KEEP(br), KEEP(caption), AS("center", div),
	KEEP(cite), KEEP(code), KEEP(col), KEEP(colgroup), KEEP(dd), KEEP(del),
	KEEP(details), KEEP(dfn), AS("dir", ul), KEEP(div), KEEP(dl), KEEP(dt),
	KEEP(em), AS("fieldset", div), KEEP(figcaption), KEEP(figure),
	AS("footer", div), AS("form", div), KEEP(h1), KEEP(h2), KEEP(h3),
	KEEP(h4), KEEP(h5), KEEP(h6), AS("header", div), AS("hgroup", div),
	KEEP(hr), KEEP(i), DROP("iframe"), AS("image", img), KEEP(img),
	KEEP(ins), KEEP(kbd), KEEP(li), AS("listing", pre), AS("main", div),
	KEEP(mark), DROP("math"), AS("menu", ul), AS("nav", div),
	DROP("noembed"), DROP("noframes"), DROP("noscript"), KEEP(ol), KEEP(p),
	KEEP(pre), KEEP(q), KEEP(rp), KEEP(rt), KEEP(ruby), KEEP(s),
	KEEP(samp), DROP("script"), KEEP(section), DROP("select"), KEEP(small),
	KEEP(span), AS("strike", s), KEEP(strong), DROP("style"), KEEP(sub),
	KEEP(summary), KEEP(sup), DROP("svg"), KEEP(table), KEEP(tbody),
	KEEP(td), DROP("template"), { "textarea", ACT_TEXT, EL_MAX },
	KEEP(tfoot), KEEP(th), KEEP(thead), KEEP(time), DROP("title"),
	KEEP(tr), AS("tt", code), KEEP(u), KEEP(ul), KEEP(var), KEEP(wbr),
	{ "xmp", ACT_TEXT, EL_pre },
};
/* clang-format on */

_Static_assert(ARRAY_LEN(rules) <= HTMLTOK_RAW, "one number a rule");

struct clean {
	struct arena *a;
	struct htmltok tok;
	struct nest *nest;
	struct anchors *ids;
	struct buf attrs;   /* of the tag at hand */
	struct buf scratch; /* for what is decoded */
	bool comment;
};

static int
rule_cmp(const void *name, const void *rule)
{
	return strcmp(name, ((const struct rule *)rule)->name);
}

static const struct rule *
rule_find(const char *name)
{
	return bsearch(
	    name, rules, ARRAY_LEN(rules), sizeof(rules[0]), rule_cmp);
}

/* ---- attribute values ------------------------------------------------ */

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

static struct str
decoded(struct clean *c, struct str s)
{
	if (str_find(s, '&', 0) == s.n)
		return s;
	buf_reset(&c->scratch);
	entity_decode(&c->scratch, s);
	return buf_copy(&c->scratch, c->a);
}

/* The value of an attribute, references decoded; "" when it is not there. */
static struct str
value(struct clean *c, enum attr attr)
{
	return c->tok.has[attr] ? decoded(c, c->tok.value[attr]) : STR("");
}

/* Spaces and controls off both ends, tabs and line ends out: the URL that a
 * browser makes of it. */
static struct str
url_value(struct clean *c, enum attr attr)
{
	struct str s = value(c, attr);
	char *to;
	size_t n = 0;

	while (s.n > 0 && (unsigned char)s.p[0] <= ' ')
		s = str_sub(s, 1, s.n);
	while (s.n > 0 && (unsigned char)s.p[s.n - 1] <= ' ')
		s.n--;
	to = arena_alloc(c->a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\t' && s.p[i] != '\n')
			to[n++] = s.p[i];
	s = (struct str){ to, n };
	return url_scheme_ok(s) ? s : STR("");
}

static bool
is_slash(struct str s, size_t at)
{
	return at < s.n && (s.p[at] == '/' || s.p[at] == '\\');
}

static bool
is_local(struct str url)
{
	return str_starts(url, STR("/")) && !is_slash(url, 1);
}

static bool
is_external(struct str url)
{
	return (is_slash(url, 0) && is_slash(url, 1)) ||
	       (url.n > 4 && strncasecmp(url.p, "http", 4) == 0 &&
		   str_find(url, ':', 0) <= 5);
}

static void
put_attr(struct clean *c, const char *name, struct str v)
{
	buf_char(&c->attrs, ' ');
	buf_cstr(&c->attrs, name);
	buf_cstr(&c->attrs, "=\"");
	buf_text(&c->attrs, v);
	buf_char(&c->attrs, '"');
}

static void
put_url(struct clean *c, const char *name, struct str url)
{
	buf_char(&c->attrs, ' ');
	buf_cstr(&c->attrs, name);
	buf_cstr(&c->attrs, "=\"");
	buf_url(&c->attrs, url);
	buf_char(&c->attrs, '"');
}

static void
put_text(struct clean *c, const char *name, enum attr attr)
{
	struct str v = value(c, attr);

	if (v.n > 0)
		put_attr(c, name, v);
}

static void
put_number(struct clean *c, const char *name, enum attr attr, uint64_t max)
{
	struct str v = str_trim(value(c, attr));
	uint64_t number;

	if (str_u64(v, max, &number))
		put_attr(c, name, v);
}

/* Without white space around it, in lower case. */
static struct str
low_value(struct clean *c, enum attr attr)
{
	struct str v = str_trim(value(c, attr));
	char *to = arena_cstr(c->a, v);

	for (size_t i = 0; i < v.n; i++)
		if (to[i] >= 'A' && to[i] <= 'Z')
			to[i] = (char)(to[i] - 'A' + 'a');
	return (struct str){ to, v.n };
}

/* One of the words, which stand between spaces. */
static void
put_word(struct clean *c, const char *name, enum attr attr, const char *words)
{
	struct str v = low_value(c, attr);

	if (v.n > 0 && has_word(str_c(words), v))
		put_attr(c, name, v);
}

/* Letters, digits and a few signs: languages, dates. */
static void
put_plain(struct clean *c, const char *name, enum attr attr, const char *signs)
{
	struct str v = str_trim(value(c, attr));

	if (v.n == 0 || v.n > 40)
		return;
	for (size_t i = 0; i < v.n; i++)
		if (!((v.p[i] >= 'a' && v.p[i] <= 'z') ||
			(v.p[i] >= 'A' && v.p[i] <= 'Z') ||
			(v.p[i] >= '0' && v.p[i] <= '9') ||
			strchr(signs, v.p[i]) != NULL))
			return;
	put_attr(c, name, v);
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
align_class(struct clean *c, enum el el)
{
	struct str v = low_value(c, ATTR_align);
	bool box = el == EL_img || el == EL_table || el == EL_figure;

	if (strcmp(c->tok.name, "center") == 0)
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
put_class(struct clean *c, enum el el)
{
	struct str v = value(c, ATTR_class), align = align_class(c, el);
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
		buf_cstr(&c->attrs, any ? " " : " class=\"");
		buf_str(&c->attrs, word);
		any = true;
	}
	if (any)
		buf_char(&c->attrs, '"');
}

static void
put_id(struct clean *c, enum el el)
{
	struct str v = value(c, ATTR_id);

	if (v.n == 0 && el == EL_a)
		v = value(c, ATTR_name);
	if (v.n == 0)
		return;
	v = anchor_name(c->a, v);
	if (anchor_claim(c->ids, v))
		put_attr(c, "id", v);
}

static void
put_rel(struct clean *c, struct str url)
{
	static const char *const known[] = { "nofollow", "sponsored", "ugc",
		"noopener", "noreferrer" };
	struct str v = value(c, ATTR_rel);
	bool any = false;

	if (c->comment) {
		buf_cstr(&c->attrs, " rel=\"nofollow ugc noopener\"");
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		struct str word = str_c(known[i]);

		if (!has_word(v, word) &&
		    !(is_external(url) && str_eq(word, STR("noopener"))))
			continue;
		buf_cstr(&c->attrs, any ? " " : " rel=\"");
		buf_str(&c->attrs, word);
		any = true;
	}
	if (any)
		buf_char(&c->attrs, '"');
}

/* ---- elements -------------------------------------------------------- */

/* Ids become slugs, so the links to them must. */
static struct str
local_href(struct clean *c, struct str url)
{
	struct str name;

	if (url.p[0] != '#' || c->comment)
		return url;
	name = anchor_name(c->a, str_sub(url, 1, url.n));
	return arena_printf(c->a, "#%.*s", (int)name.n, name.p);
}

static void
put_link(struct clean *c)
{
	struct str url = url_value(c, ATTR_href);

	if (url.n == 0)
		return;
	put_url(c, "href", local_href(c, url));
	put_text(c, "title", ATTR_title);
	put_rel(c, url);
}

static void
put_cite(struct clean *c)
{
	struct str url = url_value(c, ATTR_cite);

	if (url.n > 0)
		put_url(c, "cite", url);
}

static void
put_ol_type(struct clean *c)
{
	struct str v = value(c, ATTR_type);

	if (v.n == 1 && strchr("1aAiI", v.p[0]) != NULL)
		put_attr(c, "type", v);
}

/* What one element has and others have not. */
static void
put_own(struct clean *c, enum el el)
{
	switch (el) {
	case EL_a:
		put_link(c);
		return;
	case EL_blockquote:
	case EL_q:
		put_cite(c);
		break;
	case EL_del:
	case EL_ins:
		put_cite(c);
		put_plain(c, "datetime", ATTR_datetime, "-+:.TZ ");
		break;
	case EL_time:
		put_plain(c, "datetime", ATTR_datetime, "-+:.TZ ");
		break;
	case EL_ol:
		put_number(c, "start", ATTR_start, 999999999);
		if (c->tok.has[ATTR_reversed])
			buf_cstr(&c->attrs, " reversed");
		put_ol_type(c);
		break;
	case EL_li:
		put_number(c, "value", ATTR_value, 999999999);
		break;
	case EL_col:
	case EL_colgroup:
		put_number(c, "span", ATTR_span, 1000);
		break;
	case EL_th:
		put_word(c, "scope", ATTR_scope, "col row colgroup rowgroup");
		/* FALLTHROUGH */
	case EL_td:
		put_number(c, "colspan", ATTR_colspan, 1000);
		put_number(c, "rowspan", ATTR_rowspan, 1000);
		break;
	case EL_details:
		if (c->tok.has[ATTR_open])
			buf_cstr(&c->attrs, " open");
		break;
	default:
		break;
	}
	put_text(c, "title", ATTR_title);
}

/* Language and direction; then, but for comments, class and id.  Returns
 * where the id begins. */
static size_t
put_common(struct clean *c, enum el el)
{
	size_t at;

	put_plain(c, "lang", ATTR_lang, "-");
	put_word(c, "dir", ATTR_dir, "ltr rtl auto");
	if (!c->comment)
		put_class(c, el);
	at = c->attrs.n;
	if (!c->comment)
		put_id(c, el);
	return at;
}

static void
put_element(struct clean *c, enum el el)
{
	struct str attrs;
	size_t id_at;

	buf_reset(&c->attrs);
	put_own(c, el);
	id_at = put_common(c, el);
	attrs = buf_copy(&c->attrs, c->a);
	nest_open(
	    c->nest, el, attrs, str_sub(attrs, 0, id_at), id_at < attrs.n);
}

/* The words for an image that is not shown: its alt text, else the last part
 * of its address. */
static struct str
image_words(struct clean *c, struct str url)
{
	struct str alt = str_trim(value(c, ATTR_alt));
	size_t end = str_find(url, '?', 0), from;

	if (alt.n > 0 || url.n == 0)
		return alt;
	while (end > 0 && url.p[end - 1] == '/')
		end--;
	for (from = end; from > 0 && url.p[from - 1] != '/';)
		from--;
	return from < end ? str_sub(url, from, end) : url;
}

static void
put_image_link(struct clean *c, struct str url)
{
	struct str words = image_words(c, url), attrs;
	bool link = url.n > 0 && !nest_has(c->nest, EL_a);

	if (words.n == 0)
		return;
	if (link) {
		buf_reset(&c->attrs);
		put_url(c, "href", url);
		if (c->comment)
			buf_cstr(&c->attrs, " rel=\"nofollow ugc noopener\"");
		else if (is_external(url))
			buf_cstr(&c->attrs, " rel=\"noopener\"");
		attrs = buf_copy(&c->attrs, c->a);
		nest_open(c->nest, EL_a, attrs, attrs, false);
	}
	nest_text(c->nest, words);
	if (link)
		nest_close(c->nest, EL_a);
}

static void
put_image(struct clean *c)
{
	struct str url = url_value(c, ATTR_src);

	if (!is_local(url) || c->comment) {
		put_image_link(c, url);
		return;
	}
	buf_reset(&c->attrs);
	put_url(c, "src", url);
	put_attr(c, "alt", value(c, ATTR_alt));
	put_text(c, "title", ATTR_title);
	put_number(c, "width", ATTR_width, 99999);
	put_number(c, "height", ATTR_height, 99999);
	put_word(c, "loading", ATTR_loading, "lazy");
	put_word(c, "decoding", ATTR_decoding, "async");
	put_common(c, EL_img);
	nest_open(c->nest, EL_img, buf_copy(&c->attrs, c->a), STR(""), false);
}

/* What an element is in a comment; EL_MAX: its tags are dropped. */
static enum el
comment_el(enum el el)
{
	switch (el) {
	case EL_h1:
	case EL_h2:
	case EL_h3:
	case EL_h4:
	case EL_h5:
	case EL_h6:
	case EL_caption:
	case EL_tr:
		return EL_p;
	case EL_table:
		return EL_div;
	case EL_col:
	case EL_colgroup:
	case EL_tbody:
	case EL_td:
	case EL_tfoot:
	case EL_th:
	case EL_thead:
		return EL_MAX;
	default:
		return el;
	}
}

/* Without its end tag only the start tag goes. */
static void
put_raw(struct clean *c, const struct rule *r)
{
	struct str content;

	if (!htmltok_raw(&c->tok, r->name, (unsigned)(r - rules), &content) ||
	    r->act == ACT_DROP)
		return;
	if (r->el == EL_MAX) {
		nest_text(c->nest, decoded(c, content));
		return;
	}
	nest_open(c->nest, r->el, STR(""), STR(""), false);
	nest_text(c->nest, content);
	nest_close(c->nest, r->el);
}

static void
put_open(struct clean *c)
{
	const struct rule *r = rule_find(c->tok.name);
	enum el el;

	if (r == NULL)
		return;
	if (r->act != ACT_KEEP) {
		put_raw(c, r);
		return;
	}
	el = c->comment ? comment_el(r->el) : r->el;
	if (el == EL_img)
		put_image(c);
	else if (el != EL_MAX)
		put_element(c, el);
	else if (r->el == EL_td || r->el == EL_th)
		nest_text(c->nest, STR(" "));
	if (r->el == EL_pre)
		htmltok_skip_newline(&c->tok);
}

static void
put_close(struct clean *c)
{
	const struct rule *r = rule_find(c->tok.name);
	enum el el;

	if (r == NULL || r->act != ACT_KEEP)
		return;
	el = c->comment ? comment_el(r->el) : r->el;
	if (el == EL_br)
		nest_open(c->nest, EL_br, STR(""), STR(""), false);
	else if (el != EL_MAX)
		nest_close(c->nest, el);
}

static void
run(struct clean *c)
{
	for (;;)
		switch (htmltok_next(&c->tok)) {
		case TOK_TEXT:
			nest_text(c->nest, decoded(c, c->tok.text));
			break;
		case TOK_OPEN:
			put_open(c);
			break;
		case TOK_CLOSE:
			put_close(c);
			break;
		case TOK_END:
			nest_end(c->nest);
			return;
		}
}

static struct html
sanitize_as(struct arena *a, struct str src, bool comment)
{
	struct buf out = buf_new(src.n * 16 + 64 * 1024);
	struct clean c = { .a = a, .comment = comment };
	struct str s;

	src = text_clean(a, src);
	htmltok_init(&c.tok, src);
	c.nest = nest_new(a, &out, AGAIN_BYTES + src.n);
	c.ids = anchors_new(a);
	c.attrs = buf_new(src.n * 6 + 1024);
	c.scratch = buf_new(src.n * 4 + 1024);
	run(&c);
	if (out.overflow) {
		buf_reset(&out);
		buf_text(&out, src);
	}
	s = buf_copy(&out, a);
	buf_free(&out);
	buf_free(&c.attrs);
	buf_free(&c.scratch);
	return (struct html){ s.p, s.n };
}

struct html
sanitize(struct arena *a, struct str src)
{
	return sanitize_as(a, src, false);
}

struct html
sanitize_comment(struct arena *a, struct str src)
{
	return sanitize_as(a, src, true);
}
