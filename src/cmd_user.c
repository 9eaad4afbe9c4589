/* balas user add|passwd|list */
#include "config.h"

#include <getopt.h>
#include <stdio.h>
#include <sysexits.h>
#include <termios.h>
#include <unistd.h>

#include "cmd.h"
#include "date.h"
#include "user.h"
#include "utf8.h"

struct options {
	const char *dir, *display, *role;
	bool generate;
	const char *login;
};

static void
usage(FILE *to)
{
	fputs("usage: balas user add [-d DIR] [--name NAME] [--role ROLE] "
	      "[--generate] LOGIN\n"
	      "       balas user passwd [-d DIR] [--generate] LOGIN\n"
	      "       balas user list [-d DIR]\n\n"
	      "The password is asked for, or read from standard input, or "
	      "made and printed once\nwith --generate.  ROLE is "
	      "administrator (the default), editor or moderator.  NAME\n"
	      "is what readers see.\n",
	    to);
}

static bool
read_options(int argc, char **argv, struct options *o, int *code)
{
	static const struct option longs[] = {
		{ "name", required_argument, NULL, 'n' },
		{ "role", required_argument, NULL, 'r' },
		{ "generate", no_argument, NULL, 'g' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	*o = (struct options){ .role = "administrator" };
	while ((c = getopt_long(argc, argv, "d:h", longs, NULL)) != -1) {
		switch (c) {
		case 'd':
			o->dir = optarg;
			break;
		case 'n':
			o->display = optarg;
			break;
		case 'r':
			o->role = optarg;
			break;
		case 'g':
			o->generate = true;
			break;
		default:
			usage(c == 'h' ? stdout : stderr);
			*code = c == 'h' ? EX_OK : EX_USAGE;
			return false;
		}
	}
	if (argc - optind > 1) {
		usage(stderr);
		*code = EX_USAGE;
		return false;
	}
	o->login = optind < argc ? argv[optind] : NULL;
	return true;
}

/* A line from the terminal without echo, or from a pipe. */
static bool
ask_password(struct arena *a, struct str *out)
{
	char line[PASSWORD_MAX_BYTES + 2];
	struct termios old, quiet;
	bool terminal = isatty(STDIN_FILENO) &&
	    tcgetattr(STDIN_FILENO, &old) == 0;
	bool got;

	if (terminal) {
		fputs("Password: ", stderr);
		quiet = old;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	}
	got = fgets(line, sizeof(line), stdin) != NULL;
	if (terminal) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &old);
		fputc('\n', stderr);
	}
	if (!got)
		return false;
	line[strcspn(line, "\r\n")] = '\0';
	*out = arena_str(a, str_c(line));
	return true;
}

static int
make_hash(struct blog *b, const struct options *o, struct str *password,
    struct str *hash)
{
	if (o->generate) {
		*password = password_generate(b->a);
	} else if (!ask_password(b->a, password)) {
		complain("no password on standard input");
		return EX_NOINPUT;
	}
	if (password->n < PASSWORD_MIN_BYTES ||
	    password->n > PASSWORD_MAX_BYTES) {
		complain("a password has %d to %d characters",
		    PASSWORD_MIN_BYTES, PASSWORD_MAX_BYTES);
		return EX_DATAERR;
	}
	if (password_hash(b->secret, b->a, *password, hash) != OK)
		return EX_OSERR;
	return EX_OK;
}

static void
tell(const struct options *o, struct str password)
{
	if (o->generate)
		printf("password: %.*s\n", (int)password.n, password.p);
}

static int
add(struct blog *b, const struct options *o)
{
	struct user u = { .login = str_c(o->login) };
	struct str password, hash;
	const char *display = o->display != NULL ? o->display : o->login;
	int rc;
	enum err e;

	if (!login_ok(u.login)) {
		complain("a login has 1 to 60 of a-z, 0-9, '.', '_' and '-'");
		return EX_USAGE;
	}
	if (!role_find(str_c(o->role), &u.role) ||
	    u.role < ROLE_MODERATOR) {
		complain("--role is administrator, editor or moderator");
		return EX_USAGE;
	}
	if (!utf8_ok(str_c(display)) || utf8_has_control(str_c(display)) ||
	    (u.display = utf8_name(b->a, str_c(display))).n == 0) {
		complain("--name cannot be shown");
		return EX_USAGE;
	}
	if ((rc = make_hash(b, o, &password, &hash)) != EX_OK)
		return rc;
	e = user_add(b->store, &u, hash, b->now);
	if (e == ERR_CONFLICT) {
		complain("there is a user '%s' already; 'balas user passwd' "
			 "sets a new password",
		    o->login);
		return EX_CANTCREAT;
	}
	if (e != OK)
		return fail(e, "user add");
	tell(o, password);
	return EX_OK;
}

static int
passwd(struct blog *b, const struct options *o)
{
	struct str password, hash;
	int rc = make_hash(b, o, &password, &hash);
	enum err e;

	if (rc != EX_OK)
		return rc;
	e = user_set_password(b->store, str_c(o->login), hash);
	if (e == ERR_NOTFOUND) {
		complain("no user '%s'; 'balas user list' shows them",
		    o->login);
		return EX_NOUSER;
	}
	if (e != OK)
		return fail(e, "user passwd");
	tell(o, password);
	return EX_OK;
}

static void
list_one(void *arg, const struct user *u, int64_t created_at)
{
	struct arena *a = arg;

	printf("%-20.*s %-14s %.10s  ", (int)u->login.n, u->login.p,
	    role_name(u->role), date_rfc3339(a, created_at).p);
	print_safe(a, u->display);
	putchar('\n');
}

static int
list(struct blog *b)
{
	enum err e = user_each(b->staff, b->a, list_one, b->a);

	return e == OK ? EX_OK : fail(e, "user list");
}

int
cmd_user(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	bool wants_login = strcmp(what, "list") != 0;
	struct options o;
	struct blog b;
	int rc;

	if (strcmp(what, "add") != 0 && strcmp(what, "passwd") != 0 &&
	    wants_login) {
		bool help = strcmp(what, "--help") == 0;

		usage(help ? stdout : stderr);
		return help ? EX_OK : EX_USAGE;
	}
	if (!read_options(argc - 1, argv + 1, &o, &rc))
		return rc;
	if (wants_login != (o.login != NULL)) {
		usage(stderr);
		return EX_USAGE;
	}
	if ((rc = blog_open(&b, o.dir)) != EX_OK)
		return rc;
	rc = !wants_login	      ? list(&b) :
	    strcmp(what, "add") == 0 ? add(&b, &o) :
				       passwd(&b, &o);
	blog_close(&b);
	return rc;
}
