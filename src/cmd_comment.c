/* balas comment list|approve|unapprove|spam|unspam|trash|restore|delete */
#include "config.h"

#include <getopt.h>
#include <stdio.h>
#include <sysexits.h>

#include "cmd.h"
#include "comment.h"
#include "date.h"
#include "html.h"

static const char usage[] =
    "usage: balas comment list [-d DIR] [pending|approved|spam|trash]\n"
    "       balas comment ACTION [-d DIR] ID...\n"
    "       balas comment undo [-d DIR] NUMBER\n\n"
    "ACTION is approve, hold, spam, unspam, trash, restore or delete (for\n"
    "good, from spam and trash).  Each prints the number that undoes it.\n";

#define PAGE_ROWS 100
#define IDS_MAX	  1000
#define LINE_BYTES 60

static void
list_one(struct blog *b, const struct comment_row *r)
{
	struct str text = html_text(b->a, r->c.html, LINE_BYTES);

	printf("%6lld  %.16s  ", (long long)r->c.id,
	    date_rfc3339(b->a, r->c.created_at).p);
	print_safe(b->a, r->c.name);
	fputs(" <", stdout);
	print_safe(b->a, r->email);
	fputs(">: ", stdout);
	print_safe(b->a, text);
	putchar('\n');
}

static int
list(struct blog *b, enum comment_status status)
{
	int64_t before = INT64_MAX;
	struct comment_row *rows;
	size_t n = PAGE_ROWS;
	enum err e;

	while (n == PAGE_ROWS) {
		e = comment_queue(b->staff, b->secret, b->a, status, 0, before,
		    PAGE_ROWS, &rows, &n);
		if (e != OK)
			return fail(e, "comment list");
		for (size_t i = 0; i < n; i++) {
			list_one(b, &rows[i]);
			before = rows[i].c.id;
		}
	}
	return EX_OK;
}

static int
act(struct blog *b, enum comment_act what, const int64_t *ids, size_t n)
{
	struct act_done done = { 0 };
	enum err e;

	e = what == ACT_UNDO ?
	    comment_undo(b->store, 0, ids[0], b->now, &done) :
	    comment_act(b->store, 0, what, ids, n, b->now, &done);
	if (e == ERR_NOTFOUND) {
		complain("%lld: nothing that can be undone",
		    (long long)ids[0]);
		return EX_NOINPUT;
	}
	if (e != OK)
		return fail(e, "comment");
	printf("changed %zu of %zu; undo with 'balas comment undo %lld'\n",
	    done.changed, n, (long long)done.action);
	return what == ACT_UNDO || done.changed == n ? EX_OK :
							       EX_NOINPUT;
}

/* ---- arguments ------------------------------------------------------- */

static bool
read_status(int n, char **words, enum comment_status *status)
{
	*status = COMMENT_PENDING;
	if (n == 0)
		return true;
	if (n == 1 && comment_status_find(str_c(words[0]), status) &&
	    *status != COMMENT_DELETED)
		return true;
	complain("list pending, approved, spam or trash");
	return false;
}

static bool
read_ids(enum comment_act what, int n, char **words, int64_t *ids)
{
	if (n == 0 || n > (what == ACT_UNDO ? 1 : IDS_MAX)) {
		fputs(usage, stderr);
		return false;
	}
	for (int i = 0; i < n; i++) {
		uint64_t id;

		if (!str_u64(str_c(words[i]), INT64_MAX, &id)) {
			complain("%s: not a number", words[i]);
			return false;
		}
		ids[i] = (int64_t)id;
	}
	return true;
}

int
cmd_comment(int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : "", *dir;
	bool listing = strcmp(word, "list") == 0;
	enum comment_act what = ACT_UNAPPROVE;
	enum comment_status status;
	int64_t ids[IDS_MAX];
	struct blog b;
	int rc, n;

	if (!listing && strcmp(word, "hold") != 0 &&
	    !comment_act_find(str_c(word), &what)) {
		bool help = strcmp(word, "--help") == 0;

		fputs(usage, help ? stdout : stderr);
		return help ? EX_OK : EX_USAGE;
	}
	argc--;
	argv++;
	if ((rc = common_options(argc, argv, usage, &dir)) != -1)
		return rc;
	n = argc - optind;
	if (listing ? !read_status(n, argv + optind, &status) :
		      !read_ids(what, n, argv + optind, ids))
		return EX_USAGE;
	if ((rc = blog_open(&b, dir)) != EX_OK)
		return rc;
	rc = listing ? list(&b, status) : act(&b, what, ids, (size_t)n);
	blog_close(&b);
	return rc;
}
