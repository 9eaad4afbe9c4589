/* What becomes of a new comment, and why. */
#include "test.h"

#include "i18n.h"
#include "moderate.h"

static void
test_verdicts(void **state)
{
	static const struct {
		struct facts facts;
		enum comment_status status;
		const char *reasons[REASONS_MAX];
	} t[] = {
		{ { .staff = false }, COMMENT_PENDING, { "hold_all" } },
		{ { .staff = true }, COMMENT_APPROVED, { NULL } },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct verdict v = moderate(&t[i].facts);
		size_t n = 0;

		assert_int_equal(v.status, t[i].status);
		for (; n < REASONS_MAX && t[i].reasons[n] != NULL; n++) {
			char name[64];
			enum msg m;

			assert_true(n < v.nreasons);
			assert_string_equal(v.reasons[n].code, t[i].reasons[n]);
			/* Somebody will read it. */
			snprintf(
			    name, sizeof(name), "reason_%s", v.reasons[n].code);
			assert_true(msg_find(str_c(name), &m));
		}
		assert_int_equal(v.nreasons, n);
		/* Whoever holds a comment says why. */
		assert_true(v.status == COMMENT_APPROVED || v.nreasons > 0);
	}
}

static void
test_names(void **state)
{
	static const char *const bad[] = { "", "Pending", "pending ", "pend",
		"hidden" };
	enum comment_status s = COMMENT_TRASH;

	(void)state;
	for (int i = COMMENT_PENDING; i <= COMMENT_DELETED; i++) {
		const char *name = comment_status_name((enum comment_status)i);

		assert_true(comment_status_find(str_c(name), &s));
		assert_int_equal(s, i);
	}
	s = COMMENT_TRASH;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(comment_status_find(str_c(bad[i]), &s));
	assert_int_equal(s, COMMENT_TRASH);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
