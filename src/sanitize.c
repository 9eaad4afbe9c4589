#include "config.h"

#include <stdlib.h>

#include "attrs.h"
#include "entity.h"
#include "html.h"
#include "link.h"
#include "sanitize.h"

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
	struct htmltok tok;
	struct attrs attrs; /* of the tag at hand */
	struct nest *nest;
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

/* ---- elements -------------------------------------------------------- */

static void
put_element(struct clean *c, enum el el)
{
	struct str again, all = attrs_write(&c->attrs, el, &again);

	nest_open(c->nest, el, all, again, again.n < all.n);
}

/* The words for an image that is not shown: its alt text, else the last part
 * of its address. */
static struct str
image_words(struct clean *c, struct str url)
{
	struct str alt = str_trim(attrs_value(&c->attrs, ATTR_alt));
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
		attrs = attrs_write_link(&c->attrs, url);
		nest_open(c->nest, EL_a, attrs, attrs, false);
	}
	nest_text(c->nest, words);
	if (link)
		nest_close(c->nest, EL_a);
}

static void
put_image(struct clean *c)
{
	struct str url = attrs_url(&c->attrs, ATTR_src);

	if (!link_is_local(url) || c->attrs.comment)
		put_image_link(c, url);
	else
		nest_open(c->nest, EL_img, attrs_write_img(&c->attrs, url),
		    STR(""), false);
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
		nest_text(c->nest, attrs_decode(&c->attrs, content));
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
	el = c->attrs.comment ? comment_el(r->el) : r->el;
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
	el = c->attrs.comment ? comment_el(r->el) : r->el;
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
			nest_text(
			    c->nest, attrs_decode(&c->attrs, c->tok.text));
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
	struct clean c;
	struct str s;

	src = text_clean(a, src);
	htmltok_init(&c.tok, src);
	c.attrs = attrs_new(a, &c.tok, src.n, comment);
	c.nest = nest_new(a, &out, AGAIN_BYTES + src.n);
	run(&c);
	attrs_free(&c.attrs);
	if (out.overflow) {
		buf_reset(&out);
		buf_text(&out, src);
	}
	s = buf_copy(&out, a);
	buf_free(&out);
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
