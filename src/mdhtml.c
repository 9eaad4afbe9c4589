#include "config.h"

#include "entity.h"
#include "html.h"
#include "link.h"
#include "mdrender.h"

/* What is read of a heading for its id. */
#define HEADING_BYTES 400

static void
put_line(struct render *r, const char *markup)
{
	mdrender_fresh_line(r);
	buf_cstr(r->out, markup);
	buf_char(r->out, '\n');
}

static void
put_task(struct render *r)
{
	if (r->task != NULL)
		buf_cstr(r->out, r->task);
	r->task = NULL;
}

/* ---- spans ----------------------------------------------------------- */

static unsigned
nesting_max(const struct render *r)
{
	return mdrender_is_comment(r) ? COMMENT_NESTING : ARTICLE_NESTING;
}

static const char *
span_name(MD_SPANTYPE type)
{
	switch (type) {
	case MD_SPAN_EM:
		return "em";
	case MD_SPAN_STRONG:
		return "strong";
	case MD_SPAN_CODE:
		return "code";
	case MD_SPAN_DEL:
		return "del";
	default:
		return "u";
	}
}

static void
span_begin(struct render *r, MD_SPANTYPE type, void *detail)
{
	if (r->spans >= nesting_max(r)) {
		r->stop = true;
		return;
	}
	r->span[r->spans++] = type;
	if (type == MD_SPAN_IMG && r->image_depth++ == 0)
		mdrender_enter_image(r, detail);
	if (r->image_depth > 0)
		return;
	r->paragraph_words = true;
	if (type == MD_SPAN_A)
		mdrender_enter_link(r, detail);
	else
		buf_printf(r->out, "<%s>", span_name(type));
	r->in_code = type == MD_SPAN_CODE;
}

static void
span_end(struct render *r)
{
	MD_SPANTYPE type = r->span[--r->spans];

	if (type == MD_SPAN_IMG && --r->image_depth == 0)
		mdrender_leave_image(r);
	else if (r->image_depth == 0 && type == MD_SPAN_A)
		mdrender_leave_link(r);
	else if (r->image_depth == 0)
		buf_printf(r->out, "</%s>", span_name(type));
	r->in_code = false;
}

/* No span goes on past the edge of a block. */
static void
spans_end(struct render *r)
{
	while (r->spans > 0)
		span_end(r);
}

/* ---- blocks ---------------------------------------------------------- */

static void
enter_paragraph(struct render *r)
{
	mdrender_fresh_line(r);
	r->paragraph_at = r->out->n;
	r->paragraph_images = 0;
	r->paragraph_words = r->task != NULL;
	buf_cstr(r->out, "<p>");
}

static void
leave_paragraph(struct render *r)
{
	if (r->mode == MODE_ARTICLE && r->paragraph_images == 1 &&
	    !r->paragraph_words && !r->out->overflow)
		mdrender_figure(r);
	else
		buf_cstr(r->out, "</p>\n");
}

static void
enter_heading(struct render *r, unsigned level)
{
	mdrender_fresh_line(r);
	if (mdrender_is_comment(r)) {
		buf_cstr(r->out, "<p><strong>");
		return;
	}
	buf_printf(r->out, "<h%u>", level);
	r->heading_at = r->out->n - 1;
	r->in_heading = true;
	buf_reset(&r->heading);
}

/* Its id is known when its words are. */
static void
put_heading_id(struct render *r)
{
	struct str id = anchor_heading(r->anchors, buf_view(&r->heading));
	size_t tail = r->out->n - r->heading_at, more = id.n + 6;
	char *at;

	if (buf_room(r->out, more) == NULL)
		return;
	at = r->out->p + r->heading_at;
	memmove(at + more, at, tail);
	memcpy(at, " id=\"", 5);
	memcpy(at + 5, id.p, id.n);
	at[5 + id.n] = '"';
}

static void
leave_heading(struct render *r, unsigned level)
{
	if (mdrender_is_comment(r)) {
		buf_cstr(r->out, "</strong></p>\n");
		return;
	}
	r->in_heading = false;
	if (r->mode == MODE_ARTICLE)
		put_heading_id(r);
	buf_printf(r->out, "</h%u>\n", level);
}

static void
enter_list(struct render *r, const MD_BLOCK_OL_DETAIL *ordered)
{
	mdrender_fresh_line(r);
	if (ordered == NULL)
		buf_cstr(r->out, "<ul>\n");
	else if (ordered->start == 1)
		buf_cstr(r->out, "<ol>\n");
	else
		buf_printf(r->out, "<ol start=\"%u\">\n", ordered->start);
}

/* A box is text: the page's forms are its own. */
static void
enter_item(struct render *r, const MD_BLOCK_LI_DETAIL *d)
{
	mdrender_fresh_line(r);
	buf_cstr(r->out, d->is_task ? "<li class=\"task\">" : "<li>");
	if (d->is_task)
		r->task =
		    d->task_mark == ' ' ? "\xe2\x98\x90 " : "\xe2\x98\x91 ";
}

/* A language goes into a class only where it is a word. */
static bool
language_ok(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] >= 0x7f ||
		    strchr("\"'<>&`", s.p[i]) != NULL)
			return false;
	return s.n > 0 && s.n <= 31;
}

static void
enter_code(struct render *r, const MD_BLOCK_CODE_DETAIL *d)
{
	struct str lang = mdrender_attr(r, &d->lang);

	mdrender_fresh_line(r);
	buf_cstr(r->out, "<pre><code");
	if (lang.n > 0 && (r->mode == MODE_PLAIN || language_ok(lang))) {
		buf_cstr(r->out, " class=\"language-");
		buf_text(r->out, lang);
		buf_char(r->out, '"');
	}
	buf_char(r->out, '>');
	r->in_code = true;
}

static void
leave_code(struct render *r)
{
	buf_cstr(r->out, "</code></pre>\n");
	r->in_code = false;
}

static void
enter_cell(struct render *r, const char *name, const MD_BLOCK_TD_DETAIL *d)
{
	static const char *const align[] = {
		[MD_ALIGN_DEFAULT] = "",
		[MD_ALIGN_LEFT] = " class=\"text-left\"",
		[MD_ALIGN_CENTER] = " class=\"text-center\"",
		[MD_ALIGN_RIGHT] = " class=\"text-right\"",
	};

	mdrender_fresh_line(r);
	buf_char(r->out, '<');
	buf_cstr(r->out, name);
	buf_cstr(r->out, align[d->align]);
	buf_char(r->out, '>');
}

static void
enter_container(struct render *r)
{
	if (++r->containers > nesting_max(r))
		r->stop = true;
}

static int
done(const struct render *r)
{
	return r->stop || r->out->overflow;
}

static int
enter_block(MD_BLOCKTYPE type, void *detail, void *arg)
{
	struct render *r = arg;

	spans_end(r);
	switch (type) {
	case MD_BLOCK_QUOTE:
		enter_container(r);
		put_line(r, "<blockquote>");
		break;
	case MD_BLOCK_UL:
	case MD_BLOCK_OL:
		enter_container(r);
		enter_list(r, type == MD_BLOCK_OL ? detail : NULL);
		break;
	case MD_BLOCK_LI:
		enter_item(r, detail);
		break;
	case MD_BLOCK_HR:
		put_line(r, "<hr>");
		break;
	case MD_BLOCK_H:
		enter_heading(r, ((MD_BLOCK_H_DETAIL *)detail)->level);
		break;
	case MD_BLOCK_CODE:
		enter_code(r, detail);
		break;
	case MD_BLOCK_P:
		enter_paragraph(r);
		break;
	case MD_BLOCK_TABLE:
		put_line(r, "<table>");
		break;
	case MD_BLOCK_THEAD:
		put_line(r, "<thead>");
		break;
	case MD_BLOCK_TBODY:
		put_line(r, "<tbody>");
		break;
	case MD_BLOCK_TR:
		put_line(r, "<tr>");
		break;
	case MD_BLOCK_TH:
		enter_cell(r, "th", detail);
		break;
	case MD_BLOCK_TD:
		enter_cell(r, "td", detail);
		break;
	case MD_BLOCK_HTML:
		mdrender_fresh_line(r);
		break;
	case MD_BLOCK_DOC:
		break;
	}
	return done(r);
}

static int
leave_block(MD_BLOCKTYPE type, void *detail, void *arg)
{
	struct render *r = arg;

	spans_end(r);
	switch (type) {
	case MD_BLOCK_QUOTE:
		r->containers--;
		put_line(r, "</blockquote>");
		break;
	case MD_BLOCK_UL:
		r->containers--;
		put_line(r, "</ul>");
		break;
	case MD_BLOCK_OL:
		r->containers--;
		put_line(r, "</ol>");
		break;
	case MD_BLOCK_LI:
		put_task(r);
		buf_cstr(r->out, "</li>\n");
		break;
	case MD_BLOCK_H:
		leave_heading(r, ((MD_BLOCK_H_DETAIL *)detail)->level);
		break;
	case MD_BLOCK_CODE:
		leave_code(r);
		break;
	case MD_BLOCK_P:
		leave_paragraph(r);
		break;
	case MD_BLOCK_TABLE:
		put_line(r, "</table>");
		break;
	case MD_BLOCK_THEAD:
		put_line(r, "</thead>");
		break;
	case MD_BLOCK_TBODY:
		put_line(r, "</tbody>");
		break;
	case MD_BLOCK_TR:
		put_line(r, "</tr>");
		break;
	case MD_BLOCK_TH:
		buf_cstr(r->out, "</th>");
		break;
	case MD_BLOCK_TD:
		buf_cstr(r->out, "</td>");
		break;
	case MD_BLOCK_HTML:
		mdrender_fresh_line(r);
		break;
	case MD_BLOCK_HR:
	case MD_BLOCK_DOC:
		break;
	}
	return done(r);
}

/* ---- text ------------------------------------------------------------ */

static int
enter_span(MD_SPANTYPE type, void *detail, void *arg)
{
	struct render *r = arg;

	put_task(r);
	span_begin(r, type, detail);
	return done(r);
}

/* md4c 0.4.8 now and then ends what it has not begun, or begins what it does
 * not end: where brackets that are no link held one of a pair. */
static int
leave_span(MD_SPANTYPE type, void *detail, void *arg)
{
	struct render *r = arg;
	unsigned k = r->spans;

	(void)detail;
	while (k > 0 && r->span[k - 1] != type)
		k--;
	while (k > 0 && r->spans >= k)
		span_end(r);
	return done(r);
}

/* Words with the bare URLs of a comment as links. */
static void
put_linked(struct render *r, struct str s)
{
	size_t from = 0, at, end;

	for (at = 0; link_find(s, &at, &end); at = from = end) {
		struct str url = str_sub(s, at, end);

		buf_text(r->out, str_sub(s, from, at));
		mdrender_link(r, url, url);
	}
	buf_text(r->out, str_sub(s, from, s.n));
}

static void
put_words(struct render *r, struct str s)
{
	if (r->in_heading && r->heading.n + s.n <= HEADING_BYTES)
		buf_str(&r->heading, s);
	if (r->image_depth > 0) {
		buf_str(&r->alt, s);
		return;
	}
	/* md4c 0.4.8 counts a tab behind the # as text. */
	if (r->in_heading && r->heading_at + 1 == r->out->n)
		while (str_starts(s, STR("\t")))
			s = str_sub(s, 1, s.n);
	put_task(r);
	r->paragraph_words = true;
	if (mdrender_is_comment(r) && r->link_depth == 0 && !r->in_code)
		put_linked(r, s);
	else
		buf_text(r->out, s);
}

static void
put_break(struct render *r, bool hard)
{
	if (r->image_depth > 0)
		buf_char(&r->alt, ' ');
	else
		buf_cstr(
		    r->out, hard || mdrender_is_comment(r) ? "<br>\n" : "\n");
	if (r->in_heading)
		buf_char(&r->heading, ' ');
}

static void
put_entity(struct render *r, struct str ref)
{
	struct buf b = buf_new(32);

	put_words(r, entity_put(&b, ref, 0) == 0 ? ref : buf_view(&b));
	buf_free(&b);
}

static int
put_event_text(MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE n, void *arg)
{
	struct render *r = arg;
	struct str s = { p, n };

	switch (type) {
	case MD_TEXT_BR:
	case MD_TEXT_SOFTBR:
		put_break(r, type == MD_TEXT_BR);
		break;
	case MD_TEXT_ENTITY:
		put_entity(r, s);
		break;
	case MD_TEXT_HTML:
		if (r->image_depth > 0)
			break;
		put_task(r);
		r->raw = r->paragraph_words = true;
		buf_str(r->out, s);
		break;
	case MD_TEXT_NULLCHAR:
		put_words(r, STR("\xef\xbf\xbd"));
		break;
	case MD_TEXT_NORMAL:
	case MD_TEXT_CODE:
	case MD_TEXT_LATEXMATH:
		put_words(r, s);
		break;
	}
	return done(r);
}

static unsigned
flags_of(enum md_mode mode)
{
	switch (mode) {
	case MODE_ARTICLE:
		return MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH |
		    MD_FLAG_TASKLISTS;
	case MODE_COMMENT:
	case MODE_INERT:
		/* People indent paragraphs; code has its fences. */
		return MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS;
	case MODE_PLAIN:
		break;
	}
	return 0;
}

enum err
mdhtml(struct arena *a, struct str src, enum md_mode mode,
    const struct md_opts *opts, struct buf *out, bool *raw)
{
	const MD_PARSER parser = {
		.flags = flags_of(mode),
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = enter_span,
		.leave_span = leave_span,
		.text = put_event_text,
	};
	struct render r = { .a = a, .out = out, .mode = mode, .opts = opts };
	char *text = arena_alloc(a, src.n + 1 + TEXT_PAD);
	bool ends = src.n > 0 && src.p[src.n - 1] == '\n';
	int failed;

	/* md4c 0.4.8 reads a byte past a text without a last line end. */
	if (src.n > 0)
		memcpy(text, src.p, src.n);
	if (!ends)
		text[src.n] = '\n';
	r.anchors = anchors_new(a);
	r.alt = buf_new(src.n * 4 + 64);
	r.heading = buf_new(HEADING_BYTES + 64);
	failed = md_parse(text, (MD_SIZE)(src.n + !ends), &parser, &r);
	buf_free(&r.alt);
	buf_free(&r.heading);
	if (failed != 0 || out->overflow)
		return ERR_TOOBIG;
	*raw = r.raw;
	return OK;
}
