/* Foreign HTML: what stays, what goes, what becomes of it. */
#include "test.h"

#include "sanitize.h"

struct row {
	const char *in, *want;
};

static void
check(const struct row *t, size_t n,
    struct html (*clean)(struct arena *, struct str))
{
	struct arena *a = arena_new();

	for (size_t i = 0; i < n; i++) {
		struct html once = clean(a, str_c(t[i].in));

		assert_str(once, t[i].want);
		assert_str(clean(a, (struct str){ once.p, once.n }), t[i].want);
	}
	arena_free(a);
}

static void
test_elements(void **state)
{
	static const struct row t[] = {
		{ "", "" },
		{ "a < b & \"c\" &eacute;&lt;",
		    "a &lt; b &amp; &quot;c&quot; "
		    "\xc3\xa9&lt;" },
		{ "<P CLASS=x STYLE=y onclick=z>a", "<p>a</p>" },
		{ "<font color=red>a</font><o:p>b</o:p>", "ab" },
		{ "<script>a<b></script>c<style>d</style>", "c" },
		{ "<svg><a href=x>b</a></svg>c<math>d</math>", "c" },
		{ "<iframe src=x>a</iframe><noscript>b</noscript>c", "c" },
		{ "<script>a", "a" },
		{ "<textarea><b>&lt;</textarea>", "&lt;b&gt;&lt;" },
		{ "<xmp><b>&lt;</xmp>", "<pre>&lt;b&gt;&amp;lt;</pre>" },
		{ "<strike>a</strike><tt>b</tt><acronym>c</acronym>",
		    "<s>a</s><code>b</code><abbr>c</abbr>" },
		{ "<article>a<center>b</center></article>",
		    "<div>a<div class=\"text-center\">b</div></div>" },
		{ "a</br>b<br/>c", "a<br>b<br>c" },
		{ "<pre>\na\n\n b</pre>", "<pre>a\n\n b</pre>" },
		{ "<input value=x><button>a</button>", "a" },
		{ "a<b", "a&lt;b" },
		{ "\x01\xff", "\xef\xbf\xbd" },
	};

	(void)state;
	check(t, ARRAY_LEN(t), sanitize);
}

static void
test_attributes(void **state)
{
	static const struct row t[] = {
		{ "<a href=\"javascript:x\">a</a>", "a" },
		{ "<a href=\" java\nscript&colon;x\">a</a>", "a" },
		{ "<a href=\"&#106avascript:x\">a</a>", "a" },
		{ "<a href=data:,x>a</a>", "a" },
		{ "<a href='/b?c=1&amp;d=\"' title=e>a</a>",
		    "<a href=\"/b?c=1&amp;d=%22\" title=\"e\">a</a>" },
		{ "<a href=http://h rel='noopener UGC nofollow me'>a</a>",
		    "<a href=\"http://h\" rel=\"nofollow noopener\">a</a>" },
		{ "<a href=/x target=_blank>a<a href=/y>b</a>c",
		    "<a href=\"/x\">a</a><a href=\"/y\">b</a>c" },
		{ "<a name=Top1></a><a href='#Top 1'>a</a>",
		    "<a id=\"top1\"></a><a href=\"#top-1\">a</a>" },
		{ "<p id=respond>a<p id=x>b<p id=x>c",
		    "<p>a</p><p id=\"x\">b</p><p>c</p>" },
		{ "<p class='alignleft evil aligncenter'>a",
		    "<p class=\"alignleft aligncenter\">a</p>" },
		{ "<p align=RIGHT>a", "<p class=\"text-right\">a</p>" },
		{ "<code class='language-c x'>a</code>",
		    "<code class=\"language-c\">a</code>" },
		{ "<p lang=id dir=LTR>a", "<p lang=\"id\" dir=\"ltr\">a</p>" },
		{ "<ol start=3 type=i reversed><li value=x>a</ol>",
		    "<ol start=\"3\" reversed type=\"i\"><li>a</li></ol>" },
		{ "<table><td colspan=2 rowspan=0x1 width=5>a</table>",
		    "<table><tbody><tr><td colspan=\"2\">a</td></tr></tbody>"
		    "</table>" },
		{ "<q cite=/x>a</q><q cite='vbscript:y'>b</q>",
		    "<q cite=\"/x\">a</q><q>b</q>" },
		{ "<time datetime='2024-01-02T03:04:05+07:00'>a</time>",
		    "<time datetime=\"2024-01-02T03:04:05+07:00\">a</time>" },
		{ "<b title='a\"b'>c</b>", "<b title=\"a&quot;b\">c</b>" },
	};

	(void)state;
	check(t, ARRAY_LEN(t), sanitize);
}

static void
test_images(void **state)
{
	static const struct row t[] = {
		{ "<img src=/a.jpg width=40 height=3e1 loading=lazy "
		  "srcset=x onerror=y>",
		    "<img src=\"/a.jpg\" alt=\"\" width=\"40\" "
		    "loading=\"lazy\">" },
		{ "<img src=/a align=right alt='b\"c'>",
		    "<img src=\"/a\" alt=\"b&quot;c\" class=\"alignright\">" },
		{ "<img src=https://h/b/c.jpg?d=e>",
		    "<a href=\"https://h/b/c.jpg?d=e\" rel=\"noopener\">c.jpg"
		    "</a>" },
		{ "<a href=/x><img src=//h/c.jpg alt=d></a>",
		    "<a href=\"/x\">d</a>" },
		{ "<img src=/\\h/c.jpg alt=d>",
		    "<a href=\"/%5Ch/c.jpg\" rel=\"noopener\">d</a>" },
		{ "<img src='data:image/png,x' alt=d><img>", "d" },
	};

	(void)state;
	check(t, ARRAY_LEN(t), sanitize);
}

static void
test_comments(void **state)
{
	static const struct row t[] = {
		{ "<h2 id=a class=alignleft>b</h2>c", "<p>b</p>c" },
		{ "<a href=/x rel=me>a</a>",
		    "<a href=\"/x\" rel=\"nofollow ugc noopener\">a</a>" },
		{ "<img src=/a.jpg>",
		    "<a href=\"/a.jpg\" rel=\"nofollow ugc noopener\">a.jpg"
		    "</a>" },
		{ "<table><tr><td>a<td>b<tr><td>c</table>d",
		    "<div><p> a b</p><p> c</p></div>d" },
		{ "<p>a<blockquote>b", "<p>a</p><blockquote>b</blockquote>" },
	};

	(void)state;
	check(t, ARRAY_LEN(t), sanitize_comment);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_elements),
		cmocka_unit_test(test_attributes),
		cmocka_unit_test(test_images),
		cmocka_unit_test(test_comments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
