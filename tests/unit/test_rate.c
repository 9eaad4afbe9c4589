/* Limits: the arithmetic of the bucket, and clocks that jump. */
#include "fixture.h"

#include "rate.h"

struct take {
	struct fixture *f;
	const struct rate *rate;
	const char *subject;
	int64_t now;
	int wait_s;
};

static enum err
take(struct db *db, void *arg)
{
	struct take *t = arg;

	return rate_take(
	    db, t->f->secret, t->rate, str_c(t->subject), t->now, &t->wait_s);
}

/* 0: taken; else the seconds to wait. */
static int
one(struct fixture *f, const struct rate *rate, const char *subject,
    int64_t now)
{
	struct take t = { f, rate, subject, now, -1 };
	enum err e = store_write(f->store, take, &t);

	if (e == OK) {
		assert_int_equal(t.wait_s, -1);
		return 0;
	}
	assert_int_equal(e, ERR_LIMIT);
	assert_true(t.wait_s >= 1);
	return t.wait_s;
}

static void
test_arithmetic(void **state)
{
	static const struct rate rate = { "test", 15, 3 };
	/* at: seconds after the first try. */
	static const struct {
		int64_t at;
		int wait;
	} t[] = {
		{ 0, 0 },
		{ 0, 0 },
		{ 0, 0 },
		{ 0, 15 },
		/* refused tries cost nothing */
		{ 0, 15 },
		{ 1, 14 },
		{ 14, 1 },
		{ 15, 0 },
		{ 15, 15 },
		{ 29, 1 },
		{ 30, 0 },
		{ 60, 0 },
		{ 60, 0 },
		{ 60, 15 },
		/* full again, and no fuller */
		{ 100000, 0 },
		{ 100000, 0 },
		{ 100000, 0 },
		{ 100000, 15 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		int wait = one(f, &rate, "a", f->now + t[i].at);

		if (wait != t[i].wait)
			fail_msg("row %zu: %d", i, wait);
	}
}

static void
test_burst_of_one(void **state)
{
	static const struct rate rate = { "test", 1, 1 };
	struct fixture *f = *state;

	for (int i = 0; i < 5; i++) {
		assert_int_equal(one(f, &rate, "a", f->now + i), 0);
		assert_int_equal(one(f, &rate, "a", f->now + i), 1);
	}
}

/* Nobody is locked out for longer than an empty bucket takes. */
static void
test_clock_set_back(void **state)
{
	static const struct rate rate = { "test", 10, 2 };
	struct fixture *f = *state;
	int64_t back = f->now - 1000000;

	assert_int_equal(one(f, &rate, "a", f->now), 0);
	assert_int_equal(one(f, &rate, "a", back), 10);
	assert_int_equal(one(f, &rate, "a", back + 10), 10);
	/* A refused try does not move the stored time: the wait is told
	 * anew, but a full one heals it. */
	fixture_exec(f, "UPDATE bucket SET full_at = 9223372036854775807");
	assert_int_equal(one(f, &rate, "a", f->now), 10);
	fixture_exec(f, "UPDATE bucket SET full_at = -9223372036854775807");
	assert_int_equal(one(f, &rate, "a", f->now), 0);
}

static void
test_apart(void **state)
{
	static const struct rate rate = { "test", 10, 1 };
	static const struct rate other = { "other", 10, 1 };
	struct fixture *f = *state;

	assert_int_equal(one(f, &rate, "a", f->now), 0);
	assert_int_equal(one(f, &rate, "b", f->now), 0);
	assert_int_equal(one(f, &other, "a", f->now), 0);
	assert_int_equal(one(f, &rate, "", f->now), 0);
	assert_int_equal(one(f, &rate, "a", f->now), 10);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM bucket"), 4);
	/* Nobody is named in the table. */
	assert_int_equal(fixture_int(f,
			     "SELECT count(*) FROM bucket"
			     " WHERE length(digest) <> 32"),
	    0);
}

static enum err
forgive(struct db *db, void *arg)
{
	const struct take *t = arg;

	return rate_forgive(db, t->f->secret, t->rate, str_c(t->subject));
}

static enum err
purge(struct db *db, void *arg)
{
	return rate_purge(db, *(int64_t *)arg);
}

static void
test_forgive(void **state)
{
	static const struct rate rate = { "test", 10, 2 };
	struct fixture *f = *state;
	struct take t = { f, &rate, "a", 0, 0 };

	/* No bucket is no error. */
	assert_int_equal(store_write(f->store, forgive, &t), OK);
	assert_int_equal(one(f, &rate, "a", f->now), 0);
	assert_int_equal(one(f, &rate, "a", f->now), 0);
	assert_int_equal(one(f, &rate, "b", f->now), 0);
	assert_int_equal(one(f, &rate, "b", f->now), 0);
	assert_int_equal(store_write(f->store, forgive, &t), OK);
	assert_int_equal(one(f, &rate, "a", f->now), 0);
	assert_int_equal(one(f, &rate, "b", f->now), 10);
}

static void
test_purge(void **state)
{
	static const struct rate rate = { "test", 10, 2 };
	struct fixture *f = *state;
	int64_t at = f->now + 9;

	assert_int_equal(one(f, &rate, "a", f->now), 0);
	assert_int_equal(store_write(f->store, purge, &at), OK);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM bucket"), 1);
	at++;
	assert_int_equal(store_write(f->store, purge, &at), OK);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM bucket"), 0);
}

/* A bucket that was asked stays as it was when the block fails. */
static enum err
take_and_fail(struct db *db, void *arg)
{
	enum err e = take(db, arg);

	return e == OK ? ERR_DENIED : e;
}

static void
test_rolled_back(void **state)
{
	static const struct rate rate = { "test", 10, 1 };
	struct fixture *f = *state;
	struct take t = { f, &rate, "a", f->now, 0 };

	assert_int_equal(store_write(f->store, take_and_fail, &t), ERR_DENIED);
	assert_int_equal(one(f, &rate, "a", f->now), 0);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_arithmetic),
		TEST(test_burst_of_one),
		TEST(test_clock_set_back),
		TEST(test_apart),
		TEST(test_forgive),
		TEST(test_purge),
		TEST(test_rolled_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
