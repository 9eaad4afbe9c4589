/* Handles of several processes on one database. */
#include "fixture.h"

#include <sys/wait.h>
#include <unistd.h>

/* What a command does beside the program: open the blog, count its drafts and
 * close it. */
static int
command(const char *path)
{
	struct arena *a = arena_new();
	int64_t drafts = 0, published;
	const char *why = "";
	struct db *db;
	enum err e = db_open(a, path, DB_WRITE, &db, &why);

	if (e == OK) {
		e = article_counts(db, &drafts, &published);
		db_close(db);
	}
	arena_free(a);
	return e == OK ? (int)drafts : 99;
}

/* This program again: after fork() alone SQLite would take the locks of the
 * parent for its own. */
static int
run_command(const struct fixture *f)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		execl("/proc/self/exe", "command", f->db, (char *)NULL);
		_exit(98);
	}
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* A process that comes and goes takes nothing along: what is written here
 * after it is there for everybody. */
static void
test_command_beside(void **state)
{
	struct fixture *f = *state;

	for (int drafts = 0; drafts < 3; drafts++) {
		assert_int_equal(run_command(f), drafts);
		(void)fixture_article(f, "Kept", 0);
	}
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    test_command_beside, fixture_open, fixture_close),
	};

	if (argc == 2)
		return command(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
