/* Dates in and out, in three zones. */
#include "test.h"

#include "date.h"

static void
test_zone(void **state)
{
	static const struct {
		const char *name;
		bool ok;
	} t[] = {
		{ "UTC", true },
		{ "Asia/Jakarta", true },
		{ "Europe/Berlin", true },
		{ "Etc/GMT+7", true },
		{ "America/Argentina/Buenos_Aires", true },
		{ "", false },
		{ "Asia", false },
		{ "Asia/", false },
		{ "Asia/Nowhere", false },
		{ "asia/jakarta", false },
		{ "/usr/share/zoneinfo/Asia/Jakarta", false },
		{ "../zoneinfo/Asia/Jakarta", false },
		{ "Asia/../Asia/Jakarta", false },
		{ ":Asia/Jakarta", false },
		{ "right/Asia/Jakarta", false },
		{ "WIB-7", false },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", false },
		{ "zone.tab", false },
		{ "tzdata.zi", false },
		{ " UTC", false },
	};
	char longest[300];
	int64_t v;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		if (date_zone_ok(str_c(t[i].name)) != t[i].ok)
			fail_msg("%s", t[i].name);
		if (t[i].ok)
			assert_int_equal(date_set_zone(t[i].name), OK);
	}
	memset(longest, 'a', sizeof(longest));
	assert_false(date_zone_ok((struct str){ longest, sizeof(longest) }));
	assert_false(date_zone_ok(STR("UTC\0x")));
	assert_int_equal(date_set_zone("Asia/Jakarta"), OK);
	/* One that is refused changes nothing. */
	assert_int_equal(date_set_zone("Asia/Nowhere"), ERR_CONFIG);
	assert_true(date_parse(STR("1970-01-01 07:00"), &v));
	assert_int_equal(v, 0);
}

static void
test_print(void **state)
{
	static const struct {
		const char *zone;
		int64_t t;
		const char *en, *id, *rfc3339, *input;
	} t[] = {
		{ "Asia/Jakarta", 1767322800, "January 2, 2026 at 10:00 am",
		    "2 Januari 2026 pukul 10.00", "2026-01-02T10:00:00+07:00",
		    "2026-01-02T10:00" },
		{ "UTC", 1767322800, "January 2, 2026 at 3:00 am",
		    "2 Januari 2026 pukul 03.00", "2026-01-02T03:00:00+00:00",
		    "2026-01-02T03:00" },
		{ "UTC", 0, "January 1, 1970 at 12:00 am",
		    "1 Januari 1970 pukul 00.00", "1970-01-01T00:00:00+00:00",
		    "1970-01-01T00:00" },
		{ "UTC", 43259, "January 1, 1970 at 12:00 pm",
		    "1 Januari 1970 pukul 12.00", "1970-01-01T12:00:59+00:00",
		    "1970-01-01T12:00" },
		{ "UTC", -1, "December 31, 1969 at 11:59 pm",
		    "31 Desember 1969 pukul 23.59", "1969-12-31T23:59:59+00:00",
		    "1969-12-31T23:59" },
		/* before and after clocks go forward */
		{ "Europe/Berlin", 1774745999, "March 29, 2026 at 1:59 am",
		    "29 Maret 2026 pukul 01.59", "2026-03-29T01:59:59+01:00",
		    "2026-03-29T01:59" },
		{ "Europe/Berlin", 1774746000, "March 29, 2026 at 3:00 am",
		    "29 Maret 2026 pukul 03.00", "2026-03-29T03:00:00+02:00",
		    "2026-03-29T03:00" },
		{ "America/St_Johns", 1767322800, "January 1, 2026 at 11:30 pm",
		    "1 Januari 2026 pukul 23.30", "2026-01-01T23:30:00-03:30",
		    "2026-01-01T23:30" },
		{ "UTC", INT64_MAX, "December 31, 9999 at 11:59 pm",
		    "31 Desember 9999 pukul 23.59", "9999-12-31T23:59:59+00:00",
		    "9999-12-31T23:59" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		assert_int_equal(date_set_zone(t[i].zone), OK);
		assert_str(date_time_long(a, LANG_en, t[i].t), t[i].en);
		assert_str(date_time_long(a, LANG_id, t[i].t), t[i].id);
		assert_str(date_rfc3339(a, t[i].t), t[i].rfc3339);
		assert_str(date_input(a, t[i].t), t[i].input);
	}
	assert_str(date_long(a, LANG_en, 1767322800), "January 2, 2026");
	assert_str(date_long(a, LANG_id, 1767322800), "2 Januari 2026");
	arena_free(a);
}

static void
test_http(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_int_equal(date_set_zone("Asia/Jakarta"), OK);
	assert_str(date_http(a, 0), "Thu, 01 Jan 1970 00:00:00 GMT");
	assert_str(date_http(a, 1767322800), "Fri, 02 Jan 2026 03:00:00 GMT");
	assert_str(date_http(a, INT64_MIN), "Mon, 01 Jan 0001 00:00:00 GMT");
	arena_free(a);
}

static void
test_civil(void **state)
{
	int year, month, day;

	(void)state;
	assert_int_equal(date_set_zone("Asia/Jakarta"), OK);
	/* 18:00 UTC is the next year in Jakarta. */
	date_civil(1767204000, &year, &month, &day);
	assert_int_equal(year, 2026);
	assert_int_equal(month, 1);
	assert_int_equal(day, 1);
}

static void
test_parse(void **state)
{
	/* In Asia/Jakarta. */
	static const struct {
		const char *in;
		bool ok;
		int64_t want;
	} t[] = {
		{ "2026-01-02", true, 1767286800 },
		{ "2026-01-02 10:00", true, 1767322800 },
		{ "2026-01-02T10:00", true, 1767322800 },
		{ "2026-01-02 10:00:07", true, 1767322807 },
		{ "2026-01-02T10:00:00+07:00", true, 1767322800 },
		{ "2026-01-02T03:00Z", true, 1767322800 },
		{ "2026-01-01T23:30-03:30", true, 1767322800 },
		{ "1970-01-01T00:00Z", true, 0 },
		{ "2000-02-29T00:00Z", true, 951782400 },
		{ "0001-01-01T00:00Z", true, -62135596800 },
		{ "9999-12-31T23:59:59Z", true, 253402300799 },
		{ "", false, 0 },
		{ "2026", false, 0 },
		{ "2026-1-2", false, 0 },
		{ "26-01-02", false, 0 },
		{ "2026-00-02", false, 0 },
		{ "2026-13-02", false, 0 },
		{ "2026-01-00", false, 0 },
		{ "2026-02-29", false, 0 },
		{ "1900-02-29", false, 0 },
		{ "2026-04-31", false, 0 },
		{ "0000-01-01", false, 0 },
		{ "10000-01-01", false, 0 },
		{ "2026-01-02T", false, 0 },
		{ "2026-01-02Z", false, 0 },
		{ "2026-01-02 24:00", false, 0 },
		{ "2026-01-02 10:60", false, 0 },
		{ "2026-01-02 10:00:60", false, 0 },
		{ "2026-01-02 10", false, 0 },
		{ "2026-01-02 10:00:", false, 0 },
		{ "2026-01-02 10:00+7", false, 0 },
		{ "2026-01-02 10:00+07:00x", false, 0 },
		{ "2026-01-02 10:00 ", false, 0 },
		{ " 2026-01-02", false, 0 },
		{ "2026-01-02  10:00", false, 0 },
		{ "-026-01-02", false, 0 },
		{ "2026/01/02", false, 0 },
	};

	(void)state;
	assert_int_equal(date_set_zone("Asia/Jakarta"), OK);
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		int64_t v = 77;

		if (date_parse(str_c(t[i].in), &v) != t[i].ok)
			fail_msg("%s", t[i].in);
		assert_int_equal(v, t[i].ok ? t[i].want : 77);
	}
}

/* An hour that is not, and one that is there twice. */
static void
test_clock_change(void **state)
{
	int64_t v;

	(void)state;
	assert_int_equal(date_set_zone("Europe/Berlin"), OK);
	assert_true(date_parse(STR("2026-03-29 02:30"), &v));
	assert_true(v == 1774744200 || v == 1774747800);
	assert_true(date_parse(STR("2026-10-25 02:30"), &v));
	assert_true(v == 1792888200 || v == 1792891800);
}

/* What is printed is read again as the same time, whatever the zone and
 * however old: before 1908 Jakarta was 7:07:12 ahead. */
static void
test_round_trip(void **state)
{
	static const char *const zones[] = { "UTC", "Asia/Jakarta",
		"Europe/Berlin", "America/St_Johns" };
	struct arena *a = arena_new();
	int64_t v;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(zones); i++) {
		assert_int_equal(date_set_zone(zones[i]), OK);
		for (int64_t t = -4000000000; t < 4000000000; t += 12345677) {
			assert_true(date_parse(date_rfc3339(a, t), &v));
			assert_int_equal(v, t);
		}
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_zone),
		cmocka_unit_test(test_print),
		cmocka_unit_test(test_http),
		cmocka_unit_test(test_civil),
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_clock_change),
		cmocka_unit_test(test_round_trip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
