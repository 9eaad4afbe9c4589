/*
 * Articles: what readers see of them, and how staff write and publish them.
 */
#ifndef ARTICLE_H
#define ARTICLE_H

#include "i18n.h"
#include "media.h"
#include "store.h"

#define TITLE_MAX_BYTES	  300
#define SUMMARY_MAX_BYTES 2000
#define TERMS_MAX	  32

/* As readers see it.  Strings live in the arena of the call. */
struct article {
	int64_t id;
	struct str path; /* "/2026/11/slug/", below the blog's base */
	enum lang lang;
	int64_t published_at, updated_at;
	struct str title, summary;
	struct html html;
	int64_t words;
	int64_t image; /* media id or 0 */
	bool open;
	int64_t comments, version;
	int64_t author;
	struct str author_name;
};

struct article_link {
	struct str path, title;
};

struct term {
	bool category;
	struct str slug, name;
};

/* By address or id; ERR_NOTFOUND also for what is not visible (yet). */
enum err article_by_path(struct db *pub, struct arena *a, struct str path,
    struct article *out) MUST_CHECK;
enum err article_by_id(struct db *pub, struct arena *a, int64_t id,
    struct article *out) MUST_CHECK;

/* Its tags and categories, in the author's order. */
enum err article_terms(struct db *pub, struct arena *a, int64_t id,
    struct term **out, size_t *n) MUST_CHECK;

/* Next older and newer visible article; path is empty where there is none. */
enum err article_neighbours(struct db *pub, struct arena *a,
    const struct article *of, struct article_link *older,
    struct article_link *newer) MUST_CHECK;

/* A page of the newest visible articles, from 1; *more tells whether there is
 * another one after it.  A page past the end has no rows. */
enum err article_page(struct db *pub, struct arena *a, int page, int per_page,
    struct article **out, size_t *n, bool *more) MUST_CHECK;

/* ---- staff -------------------------------------------------------------- */

enum article_status { ARTICLE_DRAFT, ARTICLE_PUBLISHED };

/* As staff write it. */
struct draft {
	int64_t id; /* 0: new */
	int64_t revision;
	enum article_status status; /* read only */
	struct str path;	    /* read only; empty until published */
	struct str title, slug, summary, source;
	enum lang lang;
	int64_t author;
	int64_t published_at; /* 0: when it is published */
	int64_t image;
	bool open;
	struct term terms[TERMS_MAX];
	size_t nterms;
};

/* For the editor; ERR_NOTFOUND. */
enum err draft_load(struct db *staff, struct arena *a, int64_t id,
    struct draft *out) MUST_CHECK;

/*
 * Save: insert when id is 0, else update; the text is rendered here, before
 * the block.  A missing slug is made from the title.  ERR_CONFLICT: somebody
 * else saved since revision.  ERR_TOOBIG: the text is too long or too deep.
 * d->id and d->revision are brought up to date.
 */
enum err draft_save(struct store *s, struct db *pub, struct arena *a,
    struct draft *d, int64_t now) MUST_CHECK;

/* Render as draft_save would, for previews. */
enum err draft_render(struct db *pub, struct arena *a, struct str source,
    enum lang lang, struct html *out) MUST_CHECK;

/*
 * Make it visible from its date on (now when it has none).  The first time
 * its address is made of date and slug ("-2" and so on when taken) and kept
 * for good.  *path lives in a.  ERR_NOTFOUND.
 */
enum err article_publish(struct store *s, struct arena *a, int64_t id,
    int64_t now, struct str *path) MUST_CHECK;

/* A draft again; its address stays its own.  ERR_NOTFOUND. */
enum err article_unpublish(struct store *s, int64_t id, int64_t now)
    MUST_CHECK;

/* By slug or address; ERR_NOTFOUND. */
enum err article_find(struct db *staff, struct str name, int64_t *id)
    MUST_CHECK;

/* One row of the list of articles. */
struct article_row {
	int64_t id, published_at, updated_at, comments;
	struct str title, path, author_name;
	enum article_status status;
	enum lang lang;
};

enum article_filter { ARTICLES_ALL, ARTICLES_DRAFT, ARTICLES_PUBLISHED };

/* Newest change first; after names the last row of the page before (updated_at
 * and id; INT64_MAX both for the first).  At most max rows. */
enum err article_rows(struct db *staff, struct arena *a,
    enum article_filter filter, int64_t after_at, int64_t after_id, int max,
    struct article_row **out, size_t *n) MUST_CHECK;

enum err article_counts(struct db *staff, int64_t *drafts,
    int64_t *published) MUST_CHECK;

/* Render again what an older renderer made; *done counts.  For migrate. */
enum err article_rerender(struct store *s, struct db *staff, struct arena *a,
    int64_t *done) MUST_CHECK;

#endif
