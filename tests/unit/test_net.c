/* Networks of visitors. */
#include "fixture.h"

#include "net.h"

static void
test_net_of(void **state)
{
	static const struct {
		struct str in;
		const char *want; /* "": no address */
	} t[] = {
		{ STR("203.0.113.7"), "203.0.113.0/24" },
		{ STR("203.0.113.255"), "203.0.113.0/24" },
		{ STR("0.0.0.0"), "0.0.0.0/24" },
		{ STR("255.255.255.255"), "255.255.255.0/24" },
		{ STR("::ffff:203.0.113.7"), "203.0.113.0/24" },
		{ STR("::FFFF:cb00:7107"), "203.0.113.0/24" },
		{ STR("0:0:0:0:0:ffff:203.0.113.7"), "203.0.113.0/24" },
		{ STR("2001:db8:1:2:3:4:5:6"), "2001:db8:1::/48" },
		{ STR("2001:DB8:1::"), "2001:db8:1::/48" },
		{ STR("2001:db8:1:ffff:ffff:ffff:ffff:ffff"),
		    "2001:db8:1::/48" },
		{ STR("2001:0db8:0001:0000:0000:0000:0000:0001"),
		    "2001:db8:1::/48" },
		{ STR("::1"), "::/48" },
		{ STR("::"), "::/48" },
		/* not mapped, only alike */
		{ STR("::203.0.113.7"), "::/48" },
		{ STR("64:ff9b::203.0.113.7"), "64:ff9b::/48" },
		{ STR("::fffe:203.0.113.7"), "::/48" },
		{ STR("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255"),
		    "ffff:ffff:ffff::/48" },
		{ STR(""), "" },
		{ STR("localhost"), "" },
		{ STR("unix:"), "" },
		{ STR("203.0.113"), "" },
		{ STR("203.0.113.7.1"), "" },
		{ STR("203.0.113.256"), "" },
		{ STR("203.0.113.07"), "" },
		{ STR("0x7f.1"), "" },
		{ STR("2130706433"), "" },
		{ STR("203.0.113.7:80"), "" },
		{ STR("[::1]"), "" },
		{ STR("fe80::1%eth0"), "" },
		{ STR("::1/128"), "" },
		{ STR("1::2::3"), "" },
		{ STR("12345::"), "" },
		{ STR(" 203.0.113.7"), "" },
		{ STR("203.0.113.7 "), "" },
		{ STR("203.0.113.7\n"), "" },
		{ STR("203.0.113.7\0"), "" },
		{ STR("203.0.113.7\0, 10.0.0.1"), "" },
		{ STR("\0"), "" },
		{ STR("0000000000000000000000000000000000000000000000000:1"),
		    "" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		assert_str(net_of(f->a, t[i].in), t[i].want);
}

static void
test_digest(void **state)
{
	/* seconds after the first second of a key's life */
	static const struct {
		const char *a, *b;
		int64_t later;
		bool same;
	} t[] = {
		{ "203.0.113.7", "203.0.113.7", 0, true },
		{ "203.0.113.7", "203.0.113.250", 0, true },
		{ "203.0.113.7", "::ffff:203.0.113.9", 0, true },
		{ "203.0.113.7", "203.0.114.7", 0, false },
		{ "2001:db8:1::1", "2001:db8:1:2::3", 0, true },
		{ "2001:db8:1::1", "2001:db8:2::1", 0, false },
		{ "203.0.113.7", "203.0.113.7", 30 * 86400 - 1, true },
		{ "203.0.113.7", "203.0.113.7", 30 * 86400, false },
	};
	const int64_t start = 30 * 86400 * 600LL;
	struct fixture *f = *state;
	unsigned char x[DIGEST_BYTES], y[DIGEST_BYTES];

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		assert_true(
		    net_digest(f->secret, f->a, str_c(t[i].a), start, x));
		assert_true(net_digest(
		    f->secret, f->a, str_c(t[i].b), start + t[i].later, y));
		if ((memcmp(x, y, sizeof(x)) == 0) != t[i].same)
			fail_msg("row %zu", i);
	}
	assert_false(net_digest(f->secret, f->a, STR("unix:"), start, x));
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_net_of),
		TEST(test_digest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
