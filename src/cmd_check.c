/* balas check: what is wrong with a blog, and what to do about it. */
#include "config.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "cmd.h"
#include "theme.h"

static const char usage[] =
    "usage: balas check [-d DIR]\n\n"
    "Looks at the configuration, the key, permissions, the database and its\n"
    "schema, templates and the time zone.  Changes nothing.  Prints a line\n"
    "for each; exits with 0 when nothing is wrong.\n";

struct report {
	int wrong;
};

static void
point(struct report *r, bool ok, const char *what, const char *why)
{
	printf("%-5s %s%s%s\n", ok ? "ok" : "WRONG", what,
	    ok ? "" : ": ", ok ? "" : why);
	if (!ok)
		r->wrong++;
}

static void
check_mode(struct report *r, struct arena *a, const char *path, mode_t bad)
{
	struct stat st;
	const char *why = "";
	bool ok = stat(path, &st) == 0;

	if (!ok)
		why = strerror(errno);
	else if ((st.st_mode & bad) != 0) {
		ok = false;
		why = arena_printf(a,
		    "mode %03o lets others in; run 'chmod %03o' on it",
		    (unsigned)st.st_mode & 0777u,
		    (unsigned)(st.st_mode & ~bad) & 0777u)
			  .p;
	}
	point(r, ok, path, why);
}

static void
check_writable(struct report *r, const char *dir)
{
	point(r, access(dir, R_OK | W_OK | X_OK) == 0,
	    "the directory can be written (the write-ahead log needs it)",
	    strerror(errno));
}

static void
check_theme(struct report *r, struct arena *a, const struct conf *c)
{
	struct theme *t;
	const char *why = "";
	bool ok = theme_load(a, c, &t, &why) == OK;

	point(r, ok, "templates and catalogues", why);
	if (ok)
		theme_free(t);
}

static void
check_blog(struct report *r, const char *dir)
{
	struct blog b;

	/* blog_open says itself what it misses: schema, settings, zone. */
	if (blog_open(&b, dir) != EX_OK) {
		point(r, false, "the blog opens", "see above");
		return;
	}
	point(r, true, "the blog opens: schema, settings, time zone", "");
	point(r, db_integrity(b.staff) == OK, "the database is sound",
	    "restore a backup");
	blog_close(&b);
}

int
cmd_check(int argc, char **argv)
{
	struct report r = { 0 };
	struct conf conf;
	struct secret *secret;
	struct arena *a;
	const char *dir, *why = "";
	int rc = common_options(argc, argv, usage, &dir);
	bool ok;

	if (rc != -1)
		return rc;
	if (optind != argc) {
		fputs(usage, stderr);
		return EX_USAGE;
	}
	dir = conf_dir(dir);
	a = arena_new();
	ok = conf_load(a, dir, &conf, &why) == OK;
	point(&r, ok, "configuration", why);
	if (!ok) {
		arena_free(a);
		return EX_CONFIG;
	}
	check_writable(&r, dir);
	ok = secret_load(a, conf.key, conf.lock, &secret, &why) == OK;
	point(&r, ok, "key", why);
	if (ok)
		secret_free(secret);
	check_mode(&r, a, conf.db, S_IRWXO | S_IRWXG);
	check_mode(&r, a, conf.media, S_IWOTH | S_IWGRP);
	check_theme(&r, a, &conf);
	check_blog(&r, dir);
	arena_free(a);
	return r.wrong == 0 ? EX_OK : EX_CONFIG;
}
