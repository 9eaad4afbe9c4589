/*
 * Mustache templates with typed values.  Text is escaped, markup is not, and
 * the type of the value decides, never the template: there is no raw syntax
 * and there are no lambdas.  Sections, inverted sections, partials, comments
 * and blocks (template inheritance) are as in the Mustache specification
 * (github.com/mustache/spec, 1.4); set-delimiter tags, {{{x}}} and {{&x}} are
 * errors.
 *
 * Names are a closed set: a template that uses a name nobody provides does
 * not parse.  "t.key" is the message "key" of the page's language.
 */
#ifndef TMPL_H
#define TMPL_H

#include "buf.h"
#include "html.h"
#include "i18n.h"

/* ---- values ---------------------------------------------------------- */

/* An object: names to values, a request's (it lives in the arena). */
struct view;

/* Empty object. */
struct view *view_new(struct arena *a);

/*
 * Set a name.  A name set twice keeps the last value.  Strings are borrowed:
 * they must live as long as the view.
 *
 * A name that an object does not have is looked for in the objects around
 * it: where that would be wrong (the replies of a comment without replies),
 * set it to false.  Sections leave out what is absent, false, 0, an empty
 * text, markup or URL, and an empty list.  A bool prints as "true" or
 * "false", an object or a list as nothing; a markup value prints as the text
 * it holds, tags and all, where markup cannot stand (attributes, <title>,
 * <textarea>).
 */
void view_text(struct view *v, int name, struct str s);
void view_html(struct view *v, int name, struct html h);
void view_url(struct view *v, int name, struct str url); /* via buf_url; one
    that url_scheme_ok refuses prints as "#" */
void view_int(struct view *v, int name, int64_t n);
void view_bool(struct view *v, int name, bool b);

/* An object under a name; the object is new and empty. */
struct view *view_object(struct view *v, int name);

/* Append a new, empty object to the list under a name. */
struct view *view_item(struct view *v, int name);

/* Append a string to the list under a name ("{{.}}" in the section). */
void view_item_text(struct view *v, int name, struct str s);

/* ---- templates ------------------------------------------------------- */

struct tmpl_set; /* all templates of a theme, parsed; process memory */

struct tmpl_names {
	/* Number of a name ("title"), or -1: the template is refused. */
	int (*find)(struct str name);
};

/* Where template sources come from; false when there is no such template.
 * *src must live until the set is freed. */
struct tmpl_source {
	bool (*load)(void *arg, struct str name, struct str *src);
	void *arg;
};

struct tmpl_set *tmpl_set_new(
    const struct tmpl_names *names, const struct tmpl_source *source);
void tmpl_set_free(struct tmpl_set *set);

/*
 * Parse the template called name and, at once, all partials and parents it
 * names.  ERR_CONFIG: why says "article.html:12: …" (lives in a; ".html" is
 * added to a name without a dot), and the set is as it was before.  Refused:
 * unknown names, unclosed or crossed sections, placeholders inside <script>
 * and <style> elements (a <script type="application/ld+json"> included), in
 * on*, style and srcdoc attributes, in unquoted attribute values, in tag and
 * attribute names, in HTML comments and declarations; partials anywhere but
 * between tags; sections and blocks that end elsewhere in HTML than they
 * begin; overrides of blocks nobody has, or twice; sections nested deeper
 * than 64; files over 256 KiB; more than 512 templates or 256 names of
 * blocks.  A block's name has one place in HTML in the whole set.
 */
enum err tmpl_parse(struct tmpl_set *set, struct str name, struct arena *a,
    const char **why) MUST_CHECK;

/*
 * Render a parsed template (asserted) into b.  Sections nest at most 64,
 * partials and blocks at most 64 deep each: what is deeper is left out.
 * Output ends at b's maximum, and after four million instructions
 * (templates that call themselves twice): b's sticky flag says so.
 *
 * A URL attribute (href, src, action, formaction, poster, cite, data, ping,
 * background, xlink:href) whose value does not pass url_scheme_ok, in one
 * piece or put together from several, prints as "#".
 */
void tmpl_render(const struct tmpl_set *set, struct str name,
    const struct view *v, enum lang lang, struct buf *b);

#endif
