/* balas init, balas migrate: a new blog, and an old one brought up to date. */
#include "config.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "article.h"
#include "cmd.h"
#include "comment.h"
#include "date.h"
#include "sample.h"

struct init {
	const char *dir, *url, *title, *lang, *zone;
	bool sample;
};

static void
usage(FILE *to)
{
	fputs("usage: balas init [-d DIR] [--url URL] [--title TITLE] "
	      "[--lang CODE]\n"
	      "                  [--time-zone ZONE] [--sample]\n\n"
	      "Makes a blog in DIR: balas.conf, blog.db, key and media/.  "
	      "--sample adds two\narticles and a few comments to look at.  "
	      "Add somebody who can sign in with\n'balas user add'.\n",
	    to);
}

/* Every row is checked before anything is made. */
static int
check_options(struct arena *a, const struct init *o)
{
	const struct {
		const char *name, *value;
	} settings[] = {
		{ "title", o->title },
		{ "language", o->lang },
		{ "time_zone", o->zone },
	};

	if (!conf_url_ok(str_c(o->url))) {
		complain("--url: must look like https://example.org/ or "
			 "https://example.org/blog/");
		return EX_USAGE;
	}
	for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
		const char *why;

		if (settings[i].value == NULL)
			continue;
		why = setting_refuse(a, str_c(settings[i].name),
		    str_c(settings[i].value));
		if (why != NULL) {
			complain("%s", why);
			return EX_USAGE;
		}
	}
	return EX_OK;
}

static int
make_conf(const char *path, const char *url)
{
	FILE *f = fopen(path, "wxe");

	if (f == NULL) {
		complain("%s: %s%s", path, strerror(errno),
		    errno == EEXIST ? "; there is a blog already" : "");
		return EX_CANTCREAT;
	}
	fprintf(f,
	    "# Where readers find the blog; a path at the end is fine:\n"
	    "# https://example.org/blog/\n"
	    "url = %s\n\n"
	    "# Hosts that may be asked for, with commas between; none: any.\n"
	    "#hosts = example.org, www.example.org\n\n"
	    "# Threads that answer requests.\n"
	    "#threads = 4\n\n"
	    "# A directory with templates (tmpl/) and static files (static/) "
	    "that stand in\n# for the built-in ones.\n"
	    "#theme = theme\n",
	    url);
	if (ferror(f) | fclose(f)) {
		complain("%s: %s", path, strerror(errno));
		unlink(path);
		return EX_IOERR;
	}
	return EX_OK;
}

static enum err
make_schema(struct arena *a, const char *path)
{
	const char *why = "";
	struct db *db;
	enum err e = db_create(path);

	if (e != OK)
		return e;
	if ((e = db_open(a, path, DB_WRITE, &db, &why)) != OK) {
		complain("%s", why);
		return e;
	}
	for (int step = 1; e == OK && step <= db_schema_known(); step++)
		e = db_schema_step(db, step);
	db_close(db);
	return e;
}

/* In this order, so that a directory with a balas.conf is complete. */
static int
make_files(struct arena *a, const char *dir, const char *url)
{
	const char *db = arena_printf(a, "%s/blog.db", dir).p;
	const char *key = arena_printf(a, "%s/key", dir).p;
	const char *media = arena_printf(a, "%s/media", dir).p;
	const char *conf = arena_printf(a, "%s/balas.conf", dir).p;
	enum err e;

	if (mkdir(dir, 0711) != 0 && errno != EEXIST) {
		complain("%s: %s", dir, strerror(errno));
		return EX_CANTCREAT;
	}
	if (access(conf, F_OK) == 0 || access(db, F_OK) == 0) {
		complain("%s: there is a blog already", dir);
		return EX_CANTCREAT;
	}
	if (mkdir(media, 0755) != 0 && errno != EEXIST) {
		complain("%s: %s", media, strerror(errno));
		return EX_CANTCREAT;
	}
	if ((e = secret_create(key)) != OK && e != ERR_CONFLICT)
		return fail(e, key);
	if ((e = make_schema(a, db)) != OK) {
		unlink(db);
		return fail(e, db);
	}
	return make_conf(conf, url);
}

struct pair {
	const char *name, *value;
};

static enum err
set(struct db *db, void *arg)
{
	const struct pair *p = arg;

	return setting_set(db, str_c(p->name), str_c(p->value));
}

static int
fill(const char *dir, const struct init *o)
{
	struct pair pairs[] = { { "title", o->title },
		{ "language", o->lang }, { "time_zone", o->zone } };
	struct blog b;
	enum err e = OK;
	int rc = blog_open(&b, dir);

	if (rc != EX_OK)
		return rc;
	for (size_t i = 0; e == OK && i < ARRAY_LEN(pairs); i++)
		if (pairs[i].value != NULL)
			e = store_write(b.store, set, &pairs[i]);
	blog_close(&b);
	if (e == OK && o->sample) {
		if ((rc = blog_open(&b, dir)) != EX_OK)
			return rc;
		e = sample_add(&b);
		blog_close(&b);
	}
	return e == OK ? EX_OK : fail(e, dir);
}

int
cmd_init(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "url", required_argument, NULL, 'u' },
		{ "title", required_argument, NULL, 't' },
		{ "lang", required_argument, NULL, 'l' },
		{ "time-zone", required_argument, NULL, 'z' },
		{ "sample", no_argument, NULL, 's' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	struct init o = { .url = "http://127.0.0.1:8080/" };
	struct arena *a;
	int c, rc;

	while ((c = getopt_long(argc, argv, "d:h", longs, NULL)) != -1) {
		switch (c) {
		case 'd':
			o.dir = optarg;
			break;
		case 'u':
			o.url = optarg;
			break;
		case 't':
			o.title = optarg;
			break;
		case 'l':
			o.lang = optarg;
			break;
		case 'z':
			o.zone = optarg;
			break;
		case 's':
			o.sample = true;
			break;
		case 'h':
			usage(stdout);
			return EX_OK;
		default:
			usage(stderr);
			return EX_USAGE;
		}
	}
	if (optind != argc) {
		usage(stderr);
		return EX_USAGE;
	}
	o.dir = conf_dir(o.dir);
	a = arena_new();
	if ((rc = check_options(a, &o)) == EX_OK &&
	    (rc = make_files(a, o.dir, o.url)) == EX_OK)
		rc = fill(o.dir, &o);
	arena_free(a);
	return rc;
}

/* ---- migrate -------------------------------------------------------------------- */

static int
step_up(struct arena *a, const struct conf *c, struct db *db, int from)
{
	int known = db_schema_known();
	struct str copy;
	enum err e;

	if (from < 1) {
		complain("%s: is empty, or not a blog's database: restore a "
			 "backup",
		    c->db);
		return EX_CONFIG;
	}
	if (from > known) {
		complain("%s: has schema %d, this program knows %d: use the "
			 "program that made it, or a newer one",
		    c->db, from, known);
		return EX_CONFIG;
	}
	if (from == known)
		return EX_OK;
	copy = arena_printf(a, "%s.schema-%d.%lld", c->db, from,
	    (long long)time(NULL));
	if ((e = db_backup(db, copy.p)) != OK)
		return fail(e, copy.p);
	printf("checked copy of the old database: %s\n", copy.p);
	for (int step = from + 1; step <= known; step++) {
		if ((e = db_schema_step(db, step)) != OK)
			return fail(e, c->db);
		printf("schema %d\n", step);
	}
	return EX_OK;
}

static int
rerender(const char *dir)
{
	int64_t articles = 0, comments = 0;
	struct blog b;
	int rc = blog_open(&b, dir);
	enum err e;

	if (rc != EX_OK)
		return rc;
	e = article_rerender(b.store, b.staff, b.a, &articles);
	if (e == OK)
		e = comment_rerender(b.store, b.staff, b.a, &comments);
	blog_close(&b);
	if (e != OK)
		return fail(e, dir);
	printf("up to date; rendered again: articles %lld, comments %lld\n",
	    (long long)articles, (long long)comments);
	return EX_OK;
}

static const char migrate_usage[] =
    "usage: balas migrate [-d DIR]\n\n"
    "Brings the database to this program's schema, after a checked copy of "
    "it, and\nrenders again what an older renderer made.\n";

int
cmd_migrate(int argc, char **argv)
{
	const char *dir, *why = "";
	struct arena *a;
	struct conf conf;
	struct db *db;
	int rc, version;
	enum err e;

	rc = common_options(argc, argv, migrate_usage, &dir);
	if (rc != -1)
		return rc;
	if (optind != argc) {
		fputs(migrate_usage, stderr);
		return EX_USAGE;
	}
	dir = conf_dir(dir);
	a = arena_new();
	if ((e = conf_load(a, dir, &conf, &why)) == OK)
		e = db_open(a, conf.db, DB_WRITE, &db, &why);
	if (e != OK) {
		complain("%s", why);
		arena_free(a);
		return e == ERR_CONFIG ? EX_CONFIG : EX_IOERR;
	}
	e = db_schema(db, &version);
	rc = e == OK ? step_up(a, &conf, db, version) : fail(e, conf.db);
	db_close(db);
	arena_free(a);
	return rc == EX_OK ? rerender(dir) : rc;
}
