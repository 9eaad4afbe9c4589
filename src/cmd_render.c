#include "config.h"

#include <stdio.h>
#include <sysexits.h>

#include "cmd.h"
#include "markdown.h"
#include "sanitize.h"

enum mode { MARKDOWN, PLAIN, COMMENT, INERT, HTML_MODE };

static const char usage[] =
    "usage: balas render markdown [--plain]\n"
    "       balas render comment [--inert]\n"
    "       balas render html\n"
    "Reads text on standard input, writes HTML on standard output:\n"
    "an article's Markdown (--plain: CommonMark only), a comment's\n"
    "(--inert: its links do not work), or foreign HTML, sanitised.\n";

static bool
arguments(int argc, char **argv, enum mode *mode)
{
	const char *what = NULL, *option = "";

	for (int i = 1; i < argc; i++) {
		if (argv[i][0] == '-')
			option = argv[i];
		else if (what == NULL)
			what = argv[i];
		else
			return false;
	}
	if (what == NULL)
		return false;
	if (strcmp(what, "markdown") == 0 && strcmp(option, "--plain") == 0)
		*mode = PLAIN;
	else if (strcmp(what, "comment") == 0 && strcmp(option, "--inert") == 0)
		*mode = INERT;
	else if (option[0] != '\0')
		return false;
	else if (strcmp(what, "markdown") == 0)
		*mode = MARKDOWN;
	else if (strcmp(what, "comment") == 0)
		*mode = COMMENT;
	else if (strcmp(what, "html") == 0)
		*mode = HTML_MODE;
	else
		return false;
	return true;
}

static int
render(struct arena *a, enum mode mode, struct str src)
{
	struct md_opts opts = { .plain = mode == PLAIN };
	struct html out = HTML("");

	if (mode == HTML_MODE)
		out = sanitize(a, src);
	else if (mode == COMMENT)
		out = markdown_comment(a, src);
	else if (mode == INERT)
		out = markdown_comment_inert(a, src);
	else if (markdown_article(a, src, &opts, &out) != OK) {
		complain("render: nested too deep, or grows too much");
		return EX_DATAERR;
	}
	if (fwrite(out.p, 1, out.n, stdout) != out.n || fflush(stdout) != 0)
		return EX_IOERR;
	return EX_OK;
}

int
cmd_render(int argc, char **argv)
{
	enum mode mode;
	struct arena *a;
	struct str in;
	const char *why = "";
	enum err e;
	int status;

	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		fputs(usage, stdout);
		return EX_OK;
	}
	if (!arguments(argc, argv, &mode)) {
		fputs(usage, stderr);
		return EX_USAGE;
	}
	a = arena_new();
	e = slurp(a, "-", ARTICLE_MAX_BYTES, &in, &why);
	if (e == OK) {
		status = render(a, mode, in);
	} else {
		complain("%s", why);
		status = e == ERR_TOOBIG ? EX_DATAERR : EX_IOERR;
	}
	arena_free(a);
	return status;
}
