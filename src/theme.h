/*
 * The look: templates and static files, built into the program, each of which
 * a file of the same name in the theme's directory stands in for.
 */
#ifndef THEME_H
#define THEME_H

#include "conf.h"
#include "tmpl.h"

/*
 * Everything a template may name, messages ("t.…") apart.  A template with
 * another name does not parse; a name nobody sets is empty.
 */
/* clang-format off */
#define NAME_LIST(X)							\
	/* every page */						\
	X(lang) X(dir) X(locale) X(site_title) X(tagline) X(page_title)	\
	X(description) X(canonical) X(noindex) X(base) X(css) X(js)	\
	X(icon) X(home) X(heading) X(signed_in) X(user_name) X(csrf)	\
	X(admin) X(can_moderate) X(can_write) X(pending_count)		\
	/* lists and articles */					\
	X(articles) X(title) X(url) X(date) X(date_iso) X(author)	\
	X(reading_time) X(comment_count) X(comments_url) X(summary)	\
	X(image) X(src) X(alt) X(width) X(height) X(caption) X(credit)	\
	X(credit_url) X(content) X(tags) X(categories) X(name)		\
	X(older) X(newer) X(prev) X(next) X(page_label) X(published)	\
	X(modified) X(continue_label) X(image_url) X(og_article)	\
	X(first) X(pager) X(terms)					\
	/* comments */							\
	X(comments) X(comments_title) X(id) X(website) X(by_author)	\
	X(children) X(nested) X(in_reply_to) X(parent_url) X(reply_url)		\
	X(reply_label) X(hidden) X(held) X(own_note) X(notice)		\
	/* the form */							\
	X(form) X(action) X(reply_title) X(cancel_url) X(parent)	\
	X(stamp) X(note_required) X(before) X(after) X(required)	\
	X(errors) X(field)						\
	X(message) X(text) X(email) X(err_comment) X(err_author)	\
	X(err_email) X(err_url) X(max_text) X(max_name) X(max_email)	\
	X(max_url) X(visitor) X(article_title) X(article_url)		\
	X(quote) X(closed) X(token) X(to_template)			\
	/* errors and signing in */					\
	X(status) X(explanation) X(login) X(error)			\
	/* moderation */						\
	X(tabs) X(label) X(count) X(current) X(rows) X(status_name)	\
	X(reasons) X(acts) X(value) X(select_label) X(article_count)	\
	X(filter) X(filter_title) X(filter_clear) X(empty)		\
	X(bulk) X(undo_action) X(tab) X(question) X(ids) X(act)		\
	X(danger) X(mailto) X(edit_url) X(path) X(older_url)		\
	/* the editor */						\
	X(new_url) X(slug) X(source) X(langs) X(code) X(selected)	\
	X(open) X(revision) X(is_published) X(preview) X(when)		\
	X(tag_list) X(category_list) X(err_title) X(err_slug)		\
	X(err_source) X(err_when) X(err_summary) X(err_tags)		\
	X(err_categories) X(conflict)					\
	X(their_source) X(problems) X(image_id) X(view_url)
/* clang-format on */

enum name {
#define X(n) N_##n,
	NAME_LIST(X)
#undef X
	    N_MAX
};

struct theme;

/*
 * Parse all templates.  ERR_CONFIG with *why ("FILE:LINE: …", in a) for the
 * first that does not parse.  Yours: theme_free.
 */
enum err theme_load(struct arena *a, const struct conf *c, struct theme **out,
    const char **why) MUST_CHECK;
void theme_free(struct theme *t);

/* Its templates, for tmpl_render. */
const struct tmpl_set *theme_templates(const struct theme *t);

struct asset {
	struct str bytes;
	const char *type; /* "text/css; charset=utf-8" */
};

/* The address of a static file below the blog's base, with the hash of its
 * content in the name: "static/style.0a1b2c3d.css".  Asserted to exist. */
struct str theme_asset_path(const struct theme *t, const char *name);

/* The file for such an address ("style.0a1b2c3d.css"); ERR_NOTFOUND also when
 * the hash is not the current one. */
enum err theme_asset(const struct theme *t, struct str hashed,
    struct asset *out) MUST_CHECK;

/* A hash of the theme and the program: changes when either does. */
struct str theme_build(const struct theme *t);

/* A built-in file: "tmpl/home.html", "static/style.css", "sample/…"; false
 * when there is none.  Static. */
bool builtin_file(struct str name, struct str *bytes) MUST_CHECK;

/* The names of all built-in files; NULL after the last. */
const char *builtin_name(size_t i);

#endif
