#include "config.h"

#include "article.h"
#include "frontmatter.h"
#include "media.h"
#include "publish.h"
#include "slug.h"
#include "user.h"

struct first_user {
	struct str wanted; /* login or display name; empty: the first */
	int64_t id;
};

static void
pick(void *arg, const struct user *u, int64_t created_at)
{
	struct first_user *f = arg;

	(void)created_at;
	if (f->id == 0 && (f->wanted.n == 0 || str_eq(f->wanted, u->login) ||
			      str_eq(f->wanted, u->display)))
		f->id = u->id;
}

static enum err
find_author(struct blog *b, struct str name, int64_t *id, const char **why)
{
	struct first_user f = { .wanted = name };
	enum err e = user_each(b->staff, b->a, pick, &f);

	if (e != OK)
		return e;
	if (f.id == 0) {
		*why = name.n > 0 ?
		    "1: author: nobody of that name; 'balas user list' shows "
		    "who there is" :
		    "1: nobody can be the author yet; add somebody with "
		    "'balas user add'";
		return ERR_INPUT;
	}
	*id = f.id;
	return OK;
}

/* What would be left out is said. */
static enum err
add_terms(struct blog *b, struct draft *d, const struct front_list *list,
    bool category, const char **why)
{
	for (size_t i = 0; i < list->n; i++) {
		struct str slug = slug_make(b->a, list->p[i]);

		if (slug.n == 0) {
			*why = arena_printf(b->a,
			    "1: %s: '%.*s' has no Latin letter and no digit "
			    "to make an address of",
			    category ? "categories" : "tags",
			    (int)list->p[i].n, list->p[i].p)
				   .p;
			return ERR_INPUT;
		}
		if (d->nterms == TERMS_MAX) {
			*why = arena_printf(b->a,
			    "1: tags: an article has at most %d tags and "
			    "categories",
			    TERMS_MAX)
				   .p;
			return ERR_INPUT;
		}
		d->terms[d->nterms++] = (struct term){ category, slug,
			list->p[i] };
	}
	return OK;
}

static enum err
add_image(struct blog *b, const struct front *f, read_picture *read_file,
    void *arg, int64_t *id, const char **why)
{
	struct media m = { .alt = f->alt,
		.caption = f->caption,
		.credit = f->credit,
		.credit_url = f->credit_url };
	struct str bytes;
	const char *wrong;
	enum err e;

	*id = 0;
	if (f->image.n == 0)
		return OK;
	if ((e = read_file(arg, f->image, &bytes, &wrong)) != OK) {
		*why = arena_printf(b->a, "1: image: %s", wrong).p;
		return ERR_INPUT;
	}
	e = media_add(b->store, b->a, b->conf.media, f->image, bytes, b->now,
	    &m, &wrong);
	if (e == ERR_INPUT)
		*why = arena_printf(b->a, "1: image: %s", wrong).p;
	*id = m.id;
	return e;
}

enum err
publish_file(struct blog *b, struct str text, read_picture *read_file,
    void *arg, int64_t *id, const char **why)
{
	struct front_error wrong;
	struct front f;
	struct draft d = { 0 };
	struct str path;
	enum err e = frontmatter_parse(b->a, text, &wrong, &f);

	if (e != OK) {
		*why = arena_printf(b->a, "%zu: %s", wrong.line, wrong.text)
			   .p;
		return e;
	}
	d.title = f.title;
	d.slug = f.slug;
	d.summary = f.summary;
	d.source = f.body;
	d.lang = f.has_lang ? f.lang : b->set.lang;
	d.published_at = f.has_date ? f.date : 0;
	d.open = f.comments != FRONT_CLOSED;
	if ((e = add_terms(b, &d, &f.categories, true, why)) != OK ||
	    (e = add_terms(b, &d, &f.tags, false, why)) != OK)
		return e;
	if (d.title.n > TITLE_MAX_BYTES || d.summary.n > SUMMARY_MAX_BYTES) {
		*why = "1: the title or the summary is too long";
		return ERR_INPUT;
	}
	if ((e = find_author(b, f.author, &d.author, why)) != OK ||
	    (e = add_image(b, &f, read_file, arg, &d.image, why)) != OK)
		return e;
	e = draft_save(b->store, b->staff, b->a, &d, b->now);
	if (e == ERR_TOOBIG)
		*why = "1: the text is too long or nested too deep";
	if (e == OK && f.status == FRONT_PUBLISHED)
		e = article_publish(b->store, b->a, d.id, b->now, &path);
	*id = d.id;
	return e == ERR_TOOBIG ? ERR_INPUT : e;
}
