#include "config.h"

#include "entity.h"
#include "html.h"
#include "link.h"
#include "mdrender.h"
#include "url.h"

bool
mdrender_is_comment(const struct render *r)
{
	return r->mode == MODE_COMMENT || r->mode == MODE_INERT;
}

void
mdrender_fresh_line(struct render *r)
{
	if (r->out->n > 0 && r->out->p[r->out->n - 1] != '\n')
		buf_char(r->out, '\n');
}

struct str
mdrender_attr(struct render *r, const MD_ATTRIBUTE *at)
{
	struct buf b = buf_new((size_t)at->size * 4 + 16);
	struct str s, out;

	for (size_t i = 0; at->size > 0 && at->substr_offsets[i] < at->size;
	     i++) {
		size_t from = at->substr_offsets[i];

		s = (struct str){ at->text + from,
			at->substr_offsets[i + 1] - from };
		if (at->substr_types[i] != MD_TEXT_ENTITY ||
		    entity_put(&b, s, 0) == 0)
			buf_str(&b, s);
	}
	out = buf_copy(&b, r->a);
	buf_free(&b);
	return out;
}

static void
put_value(struct render *r, const char *name, struct str s)
{
	buf_char(r->out, ' ');
	buf_cstr(r->out, name);
	buf_cstr(r->out, "=\"");
	buf_text(r->out, s);
	buf_char(r->out, '"');
}

static void
put_url(struct render *r, const char *name, struct str url)
{
	buf_char(r->out, ' ');
	buf_cstr(r->out, name);
	buf_cstr(r->out, "=\"");
	buf_url(r->out, url);
	buf_char(r->out, '"');
}

static void
put_rel(struct render *r, struct str url)
{
	if (mdrender_is_comment(r))
		buf_cstr(r->out, " rel=\"nofollow ugc noopener\"");
	else if (r->mode == MODE_ARTICLE && link_is_external(url))
		buf_cstr(r->out, " rel=\"noopener\"");
}

/* False when there will be no link: a refused scheme, or too many. */
static bool
link_begin(struct render *r, struct str url, struct str title)
{
	if (!url_scheme_ok(url))
		return false;
	if (mdrender_is_comment(r) && ++r->links > COMMENT_LINKS)
		r->stop = true;
	buf_cstr(r->out, "<a");
	if (r->mode != MODE_INERT) {
		put_url(r, "href", url);
		if (title.n > 0)
			put_value(r, "title", title);
		put_rel(r, url);
	}
	buf_char(r->out, '>');
	return true;
}

void
mdrender_link(struct render *r, struct str url, struct str words)
{
	bool shown = r->link_depth == 0 && link_begin(r, url, STR(""));

	buf_text(r->out, words);
	if (shown)
		buf_cstr(r->out, "</a>");
}

void
mdrender_enter_link(struct render *r, const MD_SPAN_A_DETAIL *d)
{
	if (r->link_depth++ == 0)
		r->link_shown = link_begin(
		    r, mdrender_attr(r, &d->href), mdrender_attr(r, &d->title));
}

void
mdrender_leave_link(struct render *r)
{
	if (--r->link_depth > 0)
		return;
	if (r->link_shown)
		buf_cstr(r->out, "</a>");
	r->link_shown = false;
}

/* Does the page show it?  Its policy allows no pictures from elsewhere. */
static bool
image_shows(const struct render *r)
{
	return url_scheme_ok(r->src) &&
	    (r->mode == MODE_PLAIN ||
		(r->mode == MODE_ARTICLE && link_is_local(r->src)));
}

static void
put_img(struct render *r)
{
	buf_cstr(r->out, "<img");
	put_url(r, "src", r->src);
	put_value(r, "alt", buf_view(&r->alt));
	if (r->title.n > 0)
		put_value(r, "title", r->title);
	if (r->info.width > 0 && r->info.height > 0)
		buf_printf(r->out, " width=\"%d\" height=\"%d\"", r->info.width,
		    r->info.height);
	if (r->mode == MODE_ARTICLE) {
		/* The first is likely in sight when the page opens. */
		if (r->images_shown++ > 0)
			buf_cstr(r->out, " loading=\"lazy\"");
		buf_cstr(r->out, " decoding=\"async\"");
	}
	buf_char(r->out, '>');
}

static void
image_look_up(struct render *r)
{
	r->info = (struct md_image){ .width = 0 };
	if (r->mode == MODE_ARTICLE && r->opts != NULL &&
	    r->opts->image != NULL &&
	    !r->opts->image(r->opts->image_arg, r->src, &r->info))
		r->info = (struct md_image){ .width = 0 };
}

void
mdrender_enter_image(struct render *r, const MD_SPAN_IMG_DETAIL *d)
{
	r->src = mdrender_attr(r, &d->src);
	r->title = mdrender_attr(r, &d->title);
	buf_reset(&r->alt);
}

void
mdrender_leave_image(struct render *r)
{
	struct str words = buf_view(&r->alt);

	if (image_shows(r)) {
		r->paragraph_images++;
		image_look_up(r);
		put_img(r);
	} else {
		r->paragraph_words = true;
		mdrender_link(r, r->src, words.n > 0 ? words : r->src);
	}
}

static void
put_credit(struct render *r, const struct md_image *info)
{
	buf_cstr(r->out, "<small class=\"credit\">");
	buf_text(r->out, info->credit_label);
	if (info->credit_url.n > 0 && url_scheme_ok(info->credit_url))
		mdrender_link(r, info->credit_url, info->credit);
	else
		buf_text(r->out, info->credit);
	buf_cstr(r->out, "</small>");
}

void
mdrender_figure(struct render *r)
{
	const struct md_image *info = &r->info;
	struct str caption = info->caption.n > 0 ? info->caption : r->title;

	r->out->n = r->paragraph_at;
	r->images_shown--;
	r->title = STR("");
	buf_cstr(r->out, "<figure>");
	put_img(r);
	if (caption.n > 0 || info->credit.n > 0) {
		buf_cstr(r->out, "<figcaption>");
		buf_text(r->out, caption);
		if (caption.n > 0 && info->credit.n > 0)
			buf_char(r->out, ' ');
		if (info->credit.n > 0)
			put_credit(r, info);
		buf_cstr(r->out, "</figcaption>");
	}
	buf_cstr(r->out, "</figure>\n");
}
