/* Messages, counts, numbers, in every language. */
#include "test.h"

#include "i18n.h"

static void
test_languages(void **state)
{
	enum lang l = LANG_MAX;

	(void)state;
	assert_true(lang_find(STR("id"), &l));
	assert_int_equal(l, LANG_id);
	assert_false(lang_find(STR("xx"), &l));
	assert_false(lang_find(STR(""), &l));
	assert_int_equal(l, LANG_id);
	assert_string_equal(lang_code(LANG_en), "en");
	assert_string_equal(lang_locale(LANG_id), "id_ID");
	assert_string_equal(lang_name(LANG_id), "Bahasa Indonesia");
	assert_string_equal(lang_dir(LANG_en), "ltr");
	assert_true(lang_clock_12(LANG_en));
	assert_false(lang_clock_12(LANG_id));
}

/* The words the form is known by. */
static void
test_phrases(void **state)
{
	static const struct {
		enum msg m;
		const char *en, *id;
	} t[] = {
		{ MSG_reply_title, "Leave a Reply", "Tinggalkan Balasan" },
		{ MSG_note_email, "Your email address will not be published.",
		    "Alamat email Anda tidak akan dipublikasikan." },
	};
	struct arena *a = arena_new();
	struct str star = STR("*");

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		assert_str(msg(LANG_en, t[i].m), t[i].en);
		assert_str(msg(LANG_id, t[i].m), t[i].id);
	}
	assert_str(msg_fmt(a, LANG_en, MSG_note_required, &star, 1),
	    "Required fields are marked *");
	assert_str(msg_fmt(a, LANG_id, MSG_note_required, &star, 1),
	    "Ruas yang wajib ditandai *");
	arena_free(a);
}

static void
test_find(void **state)
{
	static const char *const bad[] = { "", "no_such_message", "count_one",
		"count.one ", "Reply" };
	enum msg m = MSG_MAX;

	(void)state;
	assert_true(msg_find(STR("reply_title"), &m));
	assert_int_equal(m, MSG_reply_title);
	assert_true(msg_find(STR("count.one"), &m));
	assert_int_equal(m, MSG_count_one);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(msg_find(str_c(bad[i]), &m));
	assert_int_equal(m, MSG_count_one);
}

static void
test_format(void **state)
{
	const struct str args[] = { STR("{2}<b>"), STR(""), STR("2026") };
	struct arena *a = arena_new();

	(void)state;
	/* Text of an argument is never read again, nor escaped. */
	assert_str(msg_fmt(a, LANG_en, MSG_says, args, 1), "{2}<b> says:");
	assert_str(
	    msg_fmt(a, LANG_en, MSG_date_format, args, 3), "{2}<b> , 2026");
	assert_str(
	    msg_fmt(a, LANG_id, MSG_date_format, args, 3), " {2}<b> 2026");
	assert_str(msg_fmt(a, LANG_en, MSG_home, NULL, 0), "Home");
	arena_free(a);
}

static void
test_number(void **state)
{
	static const struct {
		int64_t n;
		const char *en, *id;
	} t[] = {
		{ 0, "0", "0" },
		{ 999, "999", "999" },
		{ 1000, "1,000", "1.000" },
		{ 12345, "12,345", "12.345" },
		{ -999, "-999", "-999" },
		{ -100000, "-100,000", "-100.000" },
		{ INT64_MIN, "-9,223,372,036,854,775,808",
		    "-9.223.372.036.854.775.808" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		assert_str(msg_number(a, LANG_en, t[i].n), t[i].en);
		assert_str(msg_number(a, LANG_id, t[i].n), t[i].id);
	}
	arena_free(a);
}

static void
test_count(void **state)
{
	static const struct {
		int64_t n;
		const char *en, *id;
	} t[] = {
		{ 0, "0 responses to “Kopi”", "0 tanggapan untuk “Kopi”" },
		{ 1, "One response to “Kopi”", "Satu tanggapan untuk “Kopi”" },
		{ 2, "2 responses to “Kopi”", "2 tanggapan untuk “Kopi”" },
		{ 1001, "1,001 responses to “Kopi”",
		    "1.001 tanggapan untuk “Kopi”" },
	};
	struct arena *a = arena_new();
	struct str title = STR("Kopi");

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		assert_str(msg_count(a, LANG_en, MSG_title_one, MSG_title_other,
			       t[i].n, &title, 1),
		    t[i].en);
		assert_str(msg_count(a, LANG_id, MSG_title_one, MSG_title_other,
			       t[i].n, &title, 1),
		    t[i].id);
	}
	assert_str(
	    msg_count(a, LANG_en, MSG_count_one, MSG_count_other, 1, NULL, 0),
	    "1 Comment");
	arena_free(a);
}

/* No message is empty, and the build has seen to the placeholders. */
static void
test_all(void **state)
{
	(void)state;
	for (int l = 0; l < LANG_MAX; l++)
		for (int m = 0; m < MSG_MAX; m++)
			assert_true(msg((enum lang)l, (enum msg)m).n > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_languages),
		cmocka_unit_test(test_phrases),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_format),
		cmocka_unit_test(test_number),
		cmocka_unit_test(test_count),
		cmocka_unit_test(test_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
