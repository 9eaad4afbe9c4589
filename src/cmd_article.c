/* balas article add|publish|list */
#include "config.h"

#include <getopt.h>
#include <stdio.h>
#include <sysexits.h>

#include "article.h"
#include "cmd.h"
#include "date.h"
#include "markdown.h"
#include "publish.h"

static const char usage[] =
    "usage: balas article add [-d DIR] FILE.md...\n"
    "       balas article publish [-d DIR] SLUG\n"
    "       balas article unpublish [-d DIR] SLUG\n"
    "       balas article list [-d DIR]\n\n"
    "A file is Markdown below a head between two lines '---' with lines\n"
    "'key: value': title, slug, date, lang, author, tags, categories,\n"
    "summary, image, alt, caption, credit, credit_url, status (draft or\n"
    "published), comments (open or closed).  Pictures are looked for beside\n"
    "the file.\n";

#define HEAD_MAX_BYTES (64 * 1024)

/* Beside the article's file. */
struct place {
	struct arena *a;
	const char *file;
};

static enum err
read_beside(void *arg, struct str name, struct str *bytes, const char **why)
{
	const struct place *p = arg;
	const char *slash = strrchr(p->file, '/');
	struct str path = slash == NULL || name.p[0] == '/' ?
	    arena_str(p->a, name) :
	    arena_printf(p->a, "%.*s/%.*s", (int)(slash - p->file), p->file,
		(int)name.n, name.p);

	return slurp(p->a, path.p, MEDIA_MAX_BYTES, bytes, why);
}

static int
add_file(struct blog *b, const char *file)
{
	struct place place = { b->a, file };
	struct str text;
	const char *why = "";
	int64_t id;
	enum err e;

	e = slurp(b->a, file, ARTICLE_MAX_BYTES + HEAD_MAX_BYTES, &text, &why);
	if (e != OK) {
		complain("%s", why);
		return e == ERR_TOOBIG ? EX_DATAERR : EX_NOINPUT;
	}
	e = publish_file(b, text, read_beside, &place, &id, &why);
	if (e == ERR_INPUT) {
		complain("%s:%s", file, why);
		return EX_DATAERR;
	}
	if (e != OK)
		return fail(e, file);
	printf("%s: article %lld\n", file, (long long)id);
	return EX_OK;
}

static int
add(struct blog *b, int n, char **files)
{
	int rc = EX_OK;

	for (int i = 0; i < n && rc == EX_OK; i++)
		rc = add_file(b, files[i]);
	return rc;
}

static int
publish(struct blog *b, const char *name, bool visible)
{
	struct str path;
	int64_t id;
	enum err e = article_find(b->staff, str_c(name), &id);

	if (e == ERR_NOTFOUND) {
		complain("no article '%s'; 'balas article list' shows them",
		    name);
		return EX_NOINPUT;
	}
	if (e == OK && visible)
		e = article_publish(b->store, b->a, id, b->now, &path);
	else if (e == OK)
		e = article_unpublish(b->store, id, b->now);
	if (e == ERR_NOTFOUND) {
		complain("%s: is a draft already", name);
		return EX_DATAERR;
	}
	if (e != OK)
		return fail(e, name);
	if (visible)
		printf("%.*s%.*s\n", (int)b->conf.url.n - 1, b->conf.url.p,
		    (int)path.n, path.p);
	return EX_OK;
}

#define PAGE_ROWS 100

static int
list(struct blog *b)
{
	int64_t at = INT64_MAX, id = INT64_MAX;
	struct article_row *rows;
	size_t n = PAGE_ROWS;
	enum err e;

	while (n == PAGE_ROWS) {
		e = article_rows(b->staff, b->a, ARTICLES_ALL, at, id,
		    PAGE_ROWS, &rows, &n);
		if (e != OK)
			return fail(e, "article list");
		for (size_t i = 0; i < n; i++) {
			const struct article_row *r = &rows[i];
			bool ahead = r->published_at > b->now;

			printf("%5lld  %-10s %.10s  %-30.*s ",
			    (long long)r->id,
			    r->status == ARTICLE_DRAFT ? "draft" :
				ahead		       ? "scheduled" :
							 "published",
			    date_rfc3339(b->a,
				r->published_at != 0 ? r->published_at :
						       r->updated_at)
				.p,
			    (int)r->path.n, r->path.p);
			print_safe(b->a, r->title);
			putchar('\n');
			at = r->updated_at;
			id = r->id;
		}
	}
	return EX_OK;
}

int
cmd_article(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "", *dir;
	bool adding = strcmp(what, "add") == 0;
	bool listing = strcmp(what, "list") == 0;
	bool hiding = strcmp(what, "unpublish") == 0;
	struct blog b;
	int rc, n;

	if (!adding && !listing && !hiding && strcmp(what, "publish") != 0) {
		bool help = strcmp(what, "--help") == 0;

		fputs(usage, help ? stdout : stderr);
		return help ? EX_OK : EX_USAGE;
	}
	argc--;
	argv++;
	if ((rc = common_options(argc, argv, usage, &dir)) != -1)
		return rc;
	n = argc - optind;
	if (adding ? n == 0 : n != (listing ? 0 : 1)) {
		fputs(usage, stderr);
		return EX_USAGE;
	}
	if ((rc = blog_open(&b, dir)) != EX_OK)
		return rc;
	rc = adding ? add(&b, n, argv + optind) :
	    listing ? list(&b) :
		      publish(&b, argv[optind], !hiding);
	blog_close(&b);
	return rc;
}
