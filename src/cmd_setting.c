/* balas setting list|set */
#include "config.h"

#include <getopt.h>
#include <stdio.h>
#include <sysexits.h>

#include "cmd.h"

static const char usage[] =
    "usage: balas setting list [-d DIR]\n"
    "       balas setting set [-d DIR] NAME VALUE\n\n"
    "A new time zone is used from the next start of balas.fcgi on.\n";

static int
list(struct blog *b)
{
	for (size_t i = 0; setting_name(i) != NULL; i++) {
		printf("%s = ", setting_name(i));
		print_safe(b->a, setting_value(b->a, &b->set, i));
		putchar('\n');
	}
	return EX_OK;
}

struct pair {
	struct str name, value;
};

static enum err
store_pair(struct db *db, void *arg)
{
	const struct pair *p = arg;

	return setting_set(db, p->name, p->value);
}

static int
set(struct blog *b, const char *name, const char *value)
{
	struct pair p = { str_c(name), str_c(value) };
	const char *why = setting_refuse(b->a, p.name, p.value);
	enum err e;

	if (why != NULL) {
		complain("%s: %s", name, why);
		return EX_DATAERR;
	}
	e = store_write(b->store, store_pair, &p);
	return e == OK ? EX_OK : fail(e, name);
}

int
cmd_setting(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "", *dir;
	bool setting = strcmp(what, "set") == 0;
	struct blog b;
	int rc;

	if (!setting && strcmp(what, "list") != 0) {
		bool help = strcmp(what, "--help") == 0;

		fputs(usage, help ? stdout : stderr);
		return help ? EX_OK : EX_USAGE;
	}
	rc = common_options(argc - 1, argv + 1, usage, &dir);
	if (rc != -1)
		return rc;
	argc -= 1;
	argv += 1;
	if (argc - optind != (setting ? 2 : 0)) {
		fputs(usage, stderr);
		return EX_USAGE;
	}
	if ((rc = blog_open_zoneless(&b, dir)) != EX_OK)
		return rc;
	rc = setting ? set(&b, argv[optind], argv[optind + 1]) : list(&b);
	blog_close(&b);
	return rc;
}
