/*
 * The `balas` command: one file a subcommand, each with its own entry here
 * and its own --help.  What they share is opening the blog and saying what
 * went wrong.
 */
#ifndef CMD_H
#define CMD_H

#include "conf.h"
#include "secret.h"
#include "setting.h"
#include "store.h"

/* A blog as far as a command needs it. */
struct blog {
	struct arena *a;
	struct conf conf;
	struct secret *secret;
	struct store *store;
	struct db *staff;
	struct settings set;
	int64_t now;
};

/* Open everything and set the zone; on failure the line is on standard error
 * and the result is the exit code. 0 is success. */
int blog_open(struct blog *b, const char *dir);

/* The same, whatever the zone is: for the command that sets it. */
int blog_open_zoneless(struct blog *b, const char *dir);
void blog_close(struct blog *b);

/* "balas: " and the line, on standard error. */
void complain(const char *fmt, ...) PRINTF_LIKE(1, 2);

/* The exit code (sysexits.h) for an error, with a line that says what. */
int fail(enum err e, const char *what);

/* A whole file ("-": standard input) of at most max bytes; ERR_NOTFOUND,
 * ERR_TOOBIG, ERR_IO with *why ("FILE: what", in a). */
enum err slurp(struct arena *a, const char *path, size_t max, struct str *out,
    const char **why) MUST_CHECK;

/* Print text for a terminal: control characters made visible. */
void print_safe(struct arena *a, struct str s);

/*
 * Options every command on a blog has: -d DIR and --help.  Returns -1 to go
 * on, with optind at the first argument, or an exit code.
 */
int common_options(int argc, char **argv, const char *usage,
    const char **dir);

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *summary;
};

/* argv[0] is the subcommand.  Each returns an exit code. */
int cmd_init(int argc, char **argv);
int cmd_migrate(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_user(int argc, char **argv);
int cmd_setting(int argc, char **argv);
int cmd_article(int argc, char **argv);
int cmd_comment(int argc, char **argv);
int cmd_render(int argc, char **argv);

#endif
