/* balas: the command.  Finds the subcommand; holds what they share. */
#include "config.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <time.h>

#include "buf.h"
#include "cmd.h"
#include "date.h"
#include "log.h"
#include "utf8.h"

/* clang-format off */
static const struct command commands[] = {
	{ "init",	cmd_init,	"make a new blog" },
	{ "migrate",	cmd_migrate,	"bring a blog's database up to date" },
	{ "check",	cmd_check,	"look for what is wrong with a blog" },
	{ "user",	cmd_user,	"add people, set passwords, list them" },
	{ "setting",	cmd_setting,	"show and change settings" },
	{ "article",	cmd_article,	"add, publish and list articles" },
	{ "comment",	cmd_comment,	"list and moderate comments" },
	{ "render",	cmd_render,	"turn text into the HTML the pages show" },
};
/* clang-format on */

void
complain(const char *fmt, ...)
{
	va_list ap;

	fputs("balas: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

int
fail(enum err e, const char *what)
{
	complain("%s: %s", what, err_name(e));
	switch (e) {
	case OK:
		return EX_OK;
	case ERR_CONFIG:
		return EX_CONFIG;
	case ERR_INPUT:
	case ERR_TOOBIG:
		return EX_DATAERR;
	case ERR_NOTFOUND:
		return EX_NOINPUT;
	case ERR_CONFLICT:
		return EX_CANTCREAT;
	case ERR_BUSY:
		return EX_TEMPFAIL;
	default:
		return EX_IOERR;
	}
}

enum err
slurp(struct arena *a, const char *path, size_t max, struct str *out,
    const char **why)
{
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	struct buf b = buf_new(max + 1);
	char part[64 * 1024];
	enum err e = OK;
	size_t n;

	if (f == NULL) {
		*why = arena_printf(a, "%s: %s", path, strerror(errno)).p;
		return ERR_NOTFOUND;
	}
	while (!b.overflow && (n = fread(part, 1, sizeof(part), f)) > 0)
		buf_put(&b, part, n);
	if (ferror(f)) {
		*why = arena_printf(a, "%s: %s", path, strerror(errno)).p;
		e = ERR_IO;
	} else if (b.overflow || b.n > max) {
		*why =
		    arena_printf(a, "%s: larger than %zu bytes", path, max).p;
		e = ERR_TOOBIG;
	} else {
		*out = buf_copy(&b, a);
	}
	if (f != stdin)
		fclose(f);
	buf_free(&b);
	return e;
}

void
print_safe(struct arena *a, struct str s)
{
	s = utf8_repair(a, s);
	for (size_t i = 0; i < s.n;) {
		size_t from = i;
		uint32_t c = utf8_next(s, &i);

		if (c < 0x20 || (c >= 0x7f && c < 0xa0))
			fputs("\xef\xbf\xbd", stdout);
		else
			fwrite(s.p + from, 1, i - from, stdout);
	}
}

int
common_options(int argc, char **argv, const char *usage, const char **dir)
{
	static const struct option longs[] = {
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	*dir = NULL;
	while ((c = getopt_long(argc, argv, "d:h", longs, NULL)) != -1) {
		if (c == 'd') {
			*dir = optarg;
			continue;
		}
		fputs(usage, c == 'h' ? stdout : stderr);
		return c == 'h' ? EX_OK : EX_USAGE;
	}
	return -1;
}

static enum err
open_parts(struct blog *b, const char *dir, const char **why)
{
	enum err e = conf_load(b->a, dir, &b->conf, why);

	if (e == OK)
		e = secret_load(b->a, b->conf.key, b->conf.lock, &b->secret,
		    why);
	if (e == OK)
		e = store_open(b->a, b->conf.db, b->secret, &b->store,
		    why);
	if (e == OK)
		e = db_open(b->a, b->conf.db, DB_STAFF, &b->staff, why);
	if (e == OK && (e = setting_load(b->staff, b->a, &b->set)) != OK)
		*why = "cannot read the settings";
	return e;
}

static enum err
set_zone(struct blog *b, const char **why)
{
	enum err e = date_set_zone(b->set.time_zone.p);

	if (e != OK)
		*why = arena_printf(b->a,
		    "%s: time zone '%s' is not in the zone database; install "
		    "tzdata or set another with 'balas setting set time_zone "
		    "ZONE'",
		    b->conf.db, log_safe(b->a, b->set.time_zone, 60))
			   .p;
	return e;
}

static int
open_blog(struct blog *b, const char *dir, bool zone)
{
	const char *why = "";
	enum err e;

	*b = (struct blog){ .a = arena_new(), .now = (int64_t)time(NULL) };
	e = open_parts(b, conf_dir(dir), &why);
	if (e == OK && zone)
		e = set_zone(b, &why);
	if (e == OK)
		return EX_OK;
	complain("%s", why);
	blog_close(b);
	return e == ERR_CONFIG ? EX_CONFIG :
	    e == ERR_BUSY      ? EX_TEMPFAIL :
				 EX_IOERR;
}

int
blog_open(struct blog *b, const char *dir)
{
	return open_blog(b, dir, true);
}

int
blog_open_zoneless(struct blog *b, const char *dir)
{
	return open_blog(b, dir, false);
}

void
blog_close(struct blog *b)
{
	db_close(b->staff);
	store_close(b->store);
	secret_free(b->secret);
	arena_free(b->a);
}

static void
show_usage(FILE *to)
{
	fputs("usage: balas COMMAND [ARGUMENT]...\n\n", to);
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		fprintf(to, "  %-9s %s\n", commands[i].name,
		    commands[i].summary);
	fputs("\n'balas COMMAND --help' says more.  Commands that work on a "
	      "blog take -d DIR\n(default $BALAS_DIR, then " BALAS_DATADIR
	      ").\n",
	    to);
}

int
main(int argc, char **argv)
{
	if (argc < 2) {
		show_usage(stderr);
		return EX_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		show_usage(stdout);
		return EX_OK;
	}
	if (strcmp(argv[1], "--version") == 0) {
		printf("balas %s, %s\n", PACKAGE_VERSION, db_engine());
		return EX_OK;
	}
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (strcmp(commands[i].name, argv[1]) == 0)
			return commands[i].run(argc - 1, argv + 1);
	complain("no command '%s'; 'balas --help' lists them", argv[1]);
	return EX_USAGE;
}
