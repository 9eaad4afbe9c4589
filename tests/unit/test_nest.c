/* Elements in any order come out in one that parsers read back. */
#include "test.h"

#include "nest.h"

/* A program of letters: lower case opens, upper case closes, '.' is text. */
static enum el
letter(char c)
{
	static const enum el el[] = { EL_a, EL_b, EL_caption, EL_div, EL_em,
		EL_figcaption, EL_td, EL_h2, EL_i, EL_table, EL_rt, EL_li,
		EL_summary, EL_dd, EL_ol, EL_p, EL_q, EL_tr, EL_span, EL_tbody,
		EL_ul, EL_ruby, EL_br, EL_pre, EL_col, EL_hr };

	return el[c - 'a'];
}

static void
test_order(void **state)
{
	static const struct {
		const char *in, *want;
	} t[] = {
		{ "p.p.", "<p>.</p><p>.</p>" },
		{ "b.i.B.I.", "<b>.<i>.</i></b><i>.</i>." },
		{ "bp.P.B", "<p><b>.</b></p><b>.</b>" },
		{ "pb.Pp.", "<p><b>.</b></p><p><b>.</b></p>" },
		{ "pq.Pp.", "<p><q>.</q></p><p>.</p>" },
		{ "bB", "" },
		{ "d.P.", "<div>..</div>" },
		{ "a.", "." },
		{ "s.S", "." },
		{ "u.l.l.U", "<ul><li>.</li><li>.</li><li>.</li></ul>" },
		{ "uldp.l.",
		    "<ul><li><div><p>.</p></div></li><li>.</li></ul>" },
		{ "l.l.L.", "<p>.</p><p>.</p>." },
		{ "n.", "<p>.</p>" },
		{ "ulu.UU", "<ul><li><ul><li>.</li></ul></li></ul>" },
		{ "j.", "<table><tbody><tr><td>.</td></tr></tbody></table>" },
		{ "jg.rg.J.",
		    "<table><tbody><tr><td>.</td></tr><tr><td>.</td></tr>"
		    "</tbody></table>." },
		{ "jc.gD.",
		    "<table><caption>.</caption><tbody><tr><td>.</td></tr>"
		    "</tbody></table>" },
		{ "jyy", "<table><colgroup><col><col></colgroup></table>" },
		{ "r.g.c.", "..." },
		{ "djg.D.J.D",
		    "<div><table><tbody><tr><td>..</td></tr></tbody></table>."
		    "</div>" },
		{ "bjg.B.J.",
		    "<table><tbody><tr><td><b>..</b></td></tr></tbody></table>"
		    "<b>.</b>" },
		{ "hd.D.H.", "<h2>..</h2>." },
		{ "h.h.", "<h2>.</h2><h2>.</h2>" },
		{ "hu.", "<h2></h2><ul><li>.</li></ul>" },
		{ "v.k.k.V.", "<ruby>.<rt>.</rt><rt>.</rt></ruby>." },
		{ "k.", "." },
		{ "m.f.", "<p>.</p><p>.</p>" },
		{ "p.z.", "<p>.</p><hr>." },
		{ "bbbbb.", "<b><b><b>.</b></b></b>" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct arena *a = arena_new();
		struct buf b = buf_new(1000);
		struct nest *n = nest_new(a, &b, 100);

		for (const char *c = t[i].in; *c != '\0'; c++)
			if (*c == '.')
				nest_text(n, STR("."));
			else if (*c >= 'a')
				nest_open(
				    n, letter(*c), STR(""), STR(""), false);
			else
				nest_close(n, letter((char)(*c | 32)));
		nest_end(n);
		assert_str(buf_view(&b), t[i].want);
		buf_free(&b);
		arena_free(a);
	}
}

static void
test_pre(void **state)
{
	struct arena *a = arena_new();
	struct buf b = buf_new(1000);
	struct nest *n = nest_new(a, &b, 100);

	(void)state;
	nest_open(n, EL_pre, STR(""), STR(""), false);
	nest_text(n, STR("\n<"));
	nest_text(n, STR("\n"));
	nest_end(n);
	assert_str(buf_view(&b), "<pre>\n\n&lt;\n</pre>");
	buf_free(&b);
	arena_free(a);
}

static void
test_bounds(void **state)
{
	struct arena *a = arena_new();
	struct buf b = buf_new(1 << 20);
	struct nest *n = nest_new(a, &b, 1000);

	(void)state;
	for (int i = 0; i < 100000; i++)
		nest_open(n, EL_div, STR(""), STR(""), false);
	nest_text(n, STR("x"));
	nest_end(n);
	assert_int_equal(b.n, NEST_BLOCKS * 11 + 1);
	/* Elements that cross blocks end when their allowance is used up. */
	buf_reset(&b);
	n = nest_new(a, &b, 1000);
	nest_open(n, EL_b, STR(""), STR(""), false);
	for (int i = 0; i < 1000; i++) {
		nest_open(n, EL_p, STR(""), STR(""), false);
		nest_text(n, STR("x"));
	}
	nest_end(n);
	assert_true(b.n < 1000 * 8 + 1000 + 10);
	buf_free(&b);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_pre),
		cmocka_unit_test(test_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
