#include "config.h"

#include "date.h"
#include "html.h"
#include "markdown.h"
#include "utf8.h"
#include "view.h"

/* A form on a page everybody shares names only its hour, so that the page is
 * the same for all; it stays good for a day. */
#define STAMP_STEP_S 3600
#define STAMP_LIFE_S (24 * 3600)
#define CSRF_LIFE_S  (24 * 3600)

/* People read about this many words a minute (Brysbaert 2019: 238). */
#define WORDS_PER_MINUTE 230

#define SUMMARY_BYTES 320

struct str
view_msg(struct ctx *c, enum msg m)
{
	return msg(c->lang, m);
}

struct str
view_msg1(struct ctx *c, enum msg m, struct str arg)
{
	return msg_fmt(c->a, c->lang, m, &arg, 1);
}

struct str
view_count(struct ctx *c, enum msg one, enum msg other, int64_t n)
{
	return msg_count(c->a, c->lang, one, other, n, NULL, 0);
}

void
view_typed(struct ctx *c, struct view *v, enum name n, struct str s)
{
	struct str clean = utf8_repair(c->a, s);
	size_t nul = str_find(clean, '\0', 0);
	char *p;

	if (nul == clean.n) {
		view_text(v, (int)n, clean);
		return;
	}
	/* 0xff is not UTF-8 either. */
	p = arena_alloc(c->a, clean.n);
	memcpy(p, clean.p, clean.n);
	for (size_t i = nul; i < clean.n; i++)
		if (p[i] == '\0')
			p[i] = '\xff';
	view_text(v, (int)n,
	    utf8_repair(c->a, (struct str){ p, clean.n }));
}

struct str
view_path(struct ctx *c, struct str path)
{
	struct str base = c->site->conf.base;

	return arena_printf(c->a, "%.*s%.*s", (int)base.n - 1, base.p,
	    (int)path.n, path.p);
}

struct str
view_absolute(struct ctx *c, struct str path)
{
	struct str url = c->site->conf.url;

	return arena_printf(c->a, "%.*s%.*s", (int)url.n - 1, url.p,
	    (int)path.n, path.p);
}

void
view_link(struct ctx *c, struct view *v, enum name n, struct str path)
{
	view_url(v, n, view_path(c, path));
}

static void
asset(struct ctx *c, struct view *v, enum name n, const char *file)
{
	struct str path = theme_asset_path(c->site->theme, file);

	view_link(c, v, n,
	    arena_printf(c->a, "/%.*s", (int)path.n, path.p));
}

static void
signed_in(struct ctx *c, struct view *v)
{
	view_bool(v, N_signed_in, true);
	view_text(v, N_user_name, c->user.display);
	view_bool(v, N_can_moderate, user_can(&c->user, CAN_MODERATE));
	view_bool(v, N_can_write, user_can(&c->user, CAN_WRITE));
	view_text(v, N_csrf,
	    token_make(c->site->secret, c->a, TOKEN_CSRF, c->token,
		c->now + CSRF_LIFE_S));
}

struct view *
view_page(struct ctx *c, struct str title)
{
	struct view *v = view_new(c->a);
	struct str site = c->set.title;

	view_text(v, N_lang, str_c(lang_code(c->lang)));
	view_text(v, N_dir, str_c(lang_dir(c->lang)));
	view_text(v, N_locale, str_c(lang_locale(c->lang)));
	view_text(v, N_site_title, site);
	view_text(v, N_tagline, c->set.tagline);
	view_text(v, N_heading, title.n > 0 ? title : site);
	if (title.n > 0)
		title = arena_printf(c->a, "%.*s – %.*s", (int)title.n,
		    title.p, (int)site.n, site.p);
	view_text(v, N_page_title, title.n > 0 ? title : site);
	view_link(c, v, N_home, STR("/"));
	view_link(c, v, N_admin, STR("/admin"));
	asset(c, v, N_css, "style.css");
	asset(c, v, N_js, "reply.js");
	asset(c, v, N_icon, "icon.svg");
	view_bool(v, N_noindex, c->res.noindex);
	if (c->user.id != 0)
		signed_in(c, v);
	return v;
}

static struct str
reading_time(struct ctx *c, int64_t words)
{
	int64_t minutes = (words + WORDS_PER_MINUTE / 2) / WORDS_PER_MINUTE;

	return view_msg1(c, MSG_reading_time,
	    msg_number(c->a, c->lang, minutes < 1 ? 1 : minutes));
}

struct str
view_summary(struct ctx *c, const struct article *a)
{
	return a->summary.n > 0 ? a->summary :
				  html_text(c->a, a->html, SUMMARY_BYTES);
}

void
view_article(struct ctx *c, struct view *v, const struct article *a)
{
	struct str path = a->path;

	view_text(v, N_title, a->title);
	view_link(c, v, N_url, path);
	view_text(v, N_summary, view_summary(c, a));
	view_text(v, N_date, date_long(c->a, c->lang, a->published_at));
	view_text(v, N_date_iso, date_rfc3339(c->a, a->published_at));
	view_text(v, N_author, a->author_name);
	view_text(v, N_reading_time, reading_time(c, a->words));
	view_text(v, N_comment_count,
	    a->comments == 0 ?
		view_msg(c, MSG_no_comments) :
		view_count(c, MSG_count_one, MSG_count_other, a->comments));
	view_link(c, v, N_comments_url,
	    arena_printf(c->a, "%.*s#comments", (int)path.n, path.p));
	view_text(v, N_continue_label, view_msg1(c, MSG_read_on, a->title));
}

enum err
view_image(struct ctx *c, struct view *v, int64_t id, bool first)
{
	struct media m;
	struct view *image;
	struct str path;
	enum err e;

	if (id == 0)
		return OK;
	if ((e = media_get(c->pub, c->a, id, &m)) != OK)
		return e == ERR_NOTFOUND ? OK : e;
	path = arena_printf(c->a, "/media/%.*s", (int)m.file.n, m.file.p);
	image = view_object(v, N_image);
	view_link(c, image, N_src, path);
	view_text(image, N_alt, m.alt);
	view_int(image, N_width, m.width);
	view_int(image, N_height, m.height);
	view_text(image, N_caption, m.caption);
	view_bool(image, N_first, first);
	if (m.credit.n > 0)
		view_text(image, N_credit,
		    view_msg1(c, MSG_photo_credit, m.credit));
	view_url(image, N_credit_url, m.credit_url);
	view_url(v, N_image_url, view_absolute(c, path));
	return OK;
}

/* ---- the reply form -------------------------------------------------------------- */

static struct str
stamp(struct ctx *c, const struct article *a)
{
	int64_t hour = c->now / STAMP_STEP_S * STAMP_STEP_S;

	return token_make(c->site->secret, c->a, TOKEN_STAMP,
	    arena_printf(c->a, "%lld", (long long)a->id),
	    hour + STAMP_STEP_S + STAMP_LIFE_S);
}

/* clang-format off */
static const struct {
	enum comment_field field;
	enum name error;
	const char *id;
	int limit;
} form_fields[] = {
	{ FIELD_COMMENT, N_err_comment, "comment", COMMENT_MAX_BYTES },
	{ FIELD_AUTHOR,	 N_err_author,	"author",  COMMENT_NAME_MAX },
	{ FIELD_EMAIL,	 N_err_email,	"email",   COMMENT_EMAIL_MAX },
	{ FIELD_URL,	 N_err_url,	"url",	   COMMENT_URL_MAX },
};
/* clang-format on */

static void
form_errors(struct ctx *c, struct view *page, struct view *form,
    const struct comment_form *typed)
{
	for (size_t i = 0; i < ARRAY_LEN(form_fields); i++) {
		enum msg m = typed->error[form_fields[i].field];
		struct str text;
		struct view *item;

		if (m == MSG_MAX)
			continue;
		text = view_msg1(c, m,
		    msg_number(c->a, c->lang, form_fields[i].limit));
		view_text(form, (int)form_fields[i].error, text);
		item = view_item(page, N_errors);
		view_text(item, N_field, str_c(form_fields[i].id));
		view_text(item, N_message, text);
	}
}

/* The sentence comes in two parts: the mark between them is the template's. */
static void
required_note(struct ctx *c, struct view *form)
{
	struct view *v = view_object(form, N_note_required);
	struct str text = view_msg1(c, MSG_note_required, STR("\n"));
	size_t mark = str_find(text, '\n', 0);

	view_text(v, N_before, str_sub(text, 0, mark));
	view_text(v, N_after, str_sub(text, mark + 1, text.n));
}

void
view_form(struct ctx *c, struct view *page, const struct article *a,
    const struct comment_form *typed, const struct comment *parent)
{
	struct view *f = view_object(page, N_form);
	struct str path = a->path;

	view_link(c, f, N_action,
	    arena_printf(c->a, "/article/%lld/comments", (long long)a->id));
	view_text(f, N_stamp, stamp(c, a));
	view_text(f, N_to_template,
	    msg_fmt(c->a, c->lang, MSG_reply_title_to,
		&(struct str){ "%s", 2 }, 1));
	view_bool(f, N_required, c->set.require_name_email);
	view_bool(f, N_visitor, c->user.id == 0);
	required_note(c, f);
	view_int(f, N_max_text, COMMENT_MAX_BYTES);
	view_int(f, N_max_name, COMMENT_NAME_MAX);
	view_int(f, N_max_email, COMMENT_EMAIL_MAX);
	view_int(f, N_max_url, COMMENT_URL_MAX);
	view_link(c, f, N_cancel_url,
	    arena_printf(c->a, "%.*s#respond", (int)path.n, path.p));
	if (parent != NULL) {
		view_int(f, N_parent, parent->id);
		view_text(f, N_reply_title,
		    view_msg1(c, MSG_reply_title_to, parent->name));
	} else {
		view_text(f, N_reply_title, view_msg(c, MSG_reply_title));
	}
	if (typed == NULL)
		return;
	view_typed(c, f, N_text, typed->text);
	view_typed(c, f, N_name, typed->name);
	view_typed(c, f, N_email, typed->email);
	view_typed(c, f, N_website, typed->url);
	form_errors(c, page, f, typed);
}

void
view_render(struct ctx *c, const char *template, const struct view *v)
{
	tmpl_render(theme_templates(c->site->theme), str_c(template), v,
	    c->lang, &c->body);
}
