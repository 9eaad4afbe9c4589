/* Templates: what they print, what is refused, and what markup in a value
 * can do (nothing). */
#include "test.h"

#include <stdlib.h>

#include "tmpl.h"

/* ---- names, sources, one view for all tables --------------------------- */

#define NAMES(X)                                                               \
	X(title)                                                               \
	X(empty)                                                               \
	X(evil)                                                                \
	X(markup)                                                              \
	X(url)                                                                 \
	X(script_url)                                                          \
	X(on) X(off) X(zero) X(many) X(minus) X(site) X(name) X(owner) X(rows) \
	    X(none) X(tags) X(kids) X(two) X(nobody) X(scheme) X(colon)        \
		X(path) X(lines) X(quotes)

enum name {
#define X(n) N_##n,
	NAMES(X)
#undef X
};

static int
find(struct str name)
{
	static const char *const names[] = {
#define X(n) #n,
		NAMES(X)
#undef X
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(name, str_c(names[i])))
			return (int)i;
	return -1;
}

static const struct tmpl_names names = { find };

/* Up to four templates; the first, "page", is the one rendered. */
struct sources {
	const char *name[4], *text[4];
};

static bool
load(void *arg, struct str name, struct str *src)
{
	const struct sources *s = arg;

	for (size_t i = 0; i < 4 && s->name[i] != NULL; i++)
		if (str_eq(name, str_c(s->name[i])))
			return *src = str_c(s->text[i]), true;
	return false;
}

static void
fill_lists(struct view *v)
{
	struct view *row, *kid;

	for (int i = 1; i <= 3; i++) {
		row = view_item(v, N_rows);
		view_int(row, N_minus, -i);
		view_text(row, N_name, i == 2 ? STR("b<") : STR("a"));
	}
	for (int i = 0; i < 30; i++)
		view_item_text(v, N_many, STR("."));
	view_item_text(v, N_tags, STR("x&y"));
	view_item_text(v, N_tags, STR("z"));
	kid = view_item(v, N_kids);
	view_text(kid, N_name, STR("one"));
	kid = view_item(kid, N_kids);
	view_text(kid, N_name, STR("two"));
	/* A list inside has to hide the one outside, or it would not end. */
	view_bool(kid, N_kids, false);
}

static struct view *
fill(struct arena *a)
{
	struct view *v = view_new(a), *owner;

	view_text(v, N_title, STR("first"));
	view_text(v, N_title, STR("A & B"));
	view_text(v, N_empty, STR(""));
	view_text(v, N_evil, STR("<script>\"'&"));
	view_html(v, N_markup, HTML("<b title=\"x\">&amp;</b>"));
	view_url(v, N_url, STR("/a b?c=1&d"));
	view_url(v, N_script_url, STR("JavaScript:alert(1)"));
	view_bool(v, N_on, true);
	view_bool(v, N_off, false);
	view_int(v, N_zero, 0);
	view_int(v, N_minus, INT64_MIN);
	view_text(v, N_name, STR("outer"));
	view_text(v, N_scheme, STR("javascript"));
	view_text(v, N_colon, STR(":alert(1)"));
	view_text(v, N_path, STR("/p"));
	view_text(v, N_lines, STR("l1\nl2"));
	view_text(v, N_quotes, STR("\" onx=\"' onx='"));
	owner = view_object(v, N_owner);
	view_text(owner, N_name, STR("inner"));
	view_object(owner, N_site);
	fill_lists(v);
	return v;
}

/* The output, or the refusal, of the first of s. */
static struct str
render(struct arena *a, const struct sources *s, enum lang lang)
{
	struct tmpl_source source = { load, (void *)(uintptr_t)s };
	struct tmpl_set *set = tmpl_set_new(&names, &source);
	struct buf b = buf_new(300000);
	const char *why = NULL;
	struct str out;

	if (tmpl_parse(set, STR("page"), a, &why) == OK) {
		assert_null(why);
		tmpl_render(set, STR("page"), fill(a), lang, &b);
		assert_false(b.overflow);
		out = buf_copy(&b, a);
	} else {
		assert_non_null(why);
		out = str_c(why);
	}
	buf_free(&b);
	tmpl_set_free(set);
	return out;
}

struct pair {
	const char *in, *want;
};

static void
check_pairs(const struct pair *t, size_t n)
{
	struct arena *a = arena_new();

	for (size_t i = 0; i < n; i++) {
		struct sources s = { { "page" }, { t[i].in } };

		assert_str(render(a, &s, (enum lang)0), t[i].want);
	}
	arena_free(a);
}

struct set_case {
	struct sources s;
	const char *want;
};

static void
check_sets(const struct set_case *t, size_t n)
{
	struct arena *a = arena_new();

	for (size_t i = 0; i < n; i++)
		assert_str(render(a, &t[i].s, (enum lang)0), t[i].want);
	arena_free(a);
}

/* ---- values ----------------------------------------------------------- */

static void
test_values(void **state)
{
	static const struct pair t[] = {
		{ "", "" },
		{ "plain } { }} text\n", "plain } { }} text\n" },
		{ "{{title}}", "A &amp; B" },
		{ "{{ title\t}}\n", "A &amp; B\n" },
		{ "[{{empty}}{{nobody}}]", "[]" },
		{ "{{evil}}", "&lt;script&gt;&quot;&#39;&amp;" },
		{ "{{markup}}", "<b title=\"x\">&amp;</b>" },
		{ "{{url}} {{script_url}}", "/a%20b?c=1&amp;d #" },
		{ "{{zero}} {{minus}}", "0 -9223372036854775808" },
		{ "{{on}} {{off}}", "true false" },
		{ "[{{owner}}{{rows}}{{.}}]", "[]" },
		{ "{{owner.name}} {{name}}", "inner outer" },
		{ "[{{owner.title}}{{title.name}}{{nobody.name}}]", "[]" },
		{ "[{{owner.site.name}}{{rows.name}}]", "[]" },
		/* Values are not templates, nor are braces in pairs tags. */
		{ "{ {title} }", "{ {title} }" },
	};

	(void)state;
	check_pairs(t, ARRAY_LEN(t));
}

/* Where only text can stand markup loses its tags, and a link is checked
 * as the browser will put it together. */
static void
test_attributes(void **state)
{
	static const struct pair t[] = {
		{ "<a title=\"{{quotes}}\">",
		    "<a title=\"&quot; onx=&quot;&#39; onx=&#39;\">" },
		{ "<a title='{{quotes}}'>",
		    "<a title='&quot; onx=&quot;&#39; onx=&#39;'>" },
		{ "<a title=\"{{markup}}\">",
		    "<a title=\"&lt;b "
		    "title=&quot;x&quot;&gt;&amp;&lt;/b&gt;\">" },
		{ "<title>{{markup}}</title>",
		    "<title>&lt;b title=&quot;x&quot;&gt;&amp;&lt;/b&gt;"
		    "</title>" },
		{ "<a href=\"{{url}}\">", "<a href=\"/a%20b?c=1&amp;d\">" },
		{ "<a HREF = '{{script_url}}'>", "<a HREF = '#'>" },
		{ "<a href=\"{{title}}\">", "<a href=\"A &amp; B\">" },
		{ "<a href=\"{{scheme}}\">", "<a href=\"javascript\">" },
		{ "<a href=\"{{scheme}}{{colon}}\">", "<a href=\"#\">" },
		{ "<a href=\"{{scheme}}:{{title}}\">", "<a href=\"#\">" },
		{ "<a href=\"java{{empty}}script{{colon}}\">",
		    "<a href=\"#\">" },
		{ "<a href=\" {{scheme}}{{#on}}{{colon}}{{/on}}\">",
		    "<a href=\"#\">" },
		{ "<a href=\"{{#off}}/{{/off}}{{scheme}}{{colon}}\">",
		    "<a href=\"#\">" },
		{ "<a href=\"/{{scheme}}{{colon}}\">",
		    "<a href=\"/javascript:alert(1)\">" },
		{ "<a href=\"{{path}}{{path}}?q={{colon}}#{{name}}\">",
		    "<a href=\"/p/p?q=:alert(1)#outer\">" },
		{ "<a href=\"mailto:{{name}}\">", "<a href=\"mailto:outer\">" },
		{ "<a data-x=\"{{scheme}}{{colon}}\">",
		    "<a data-x=\"javascript:alert(1)\">" },
		{ "<form action=\"{{scheme}}{{colon}}\">",
		    "<form action=\"#\">" },
		{ "<option{{#on}} selected{{/on}}>x", "<option selected>x" },
		{ "<option{{#off}} selected{{/off}}>x", "<option>x" },
		{ "<p {{#on}}class=\"{{name}}\"{{/on}} id='i'>",
		    "<p class=\"outer\" id='i'>" },
		{ "<p class=\"a{{#on}} b{{/on}}{{^on}} c{{/on}}\">",
		    "<p class=\"a b\">" },
		{ "<input{{#on}} checked{{/on}}{{#off}} disabled{{/off}}/>",
		    "<input checked/>" },
		{ "a < b {{name}}", "a < b outer" },
		{ "<!doctype html><!-- a -- > -->{{name}}",
		    "<!doctype html><!-- a -- > -->outer" },
		{ "<!-->{{name}}<!--->{{name}}<!--x--!>{{name}}",
		    "<!-->outer<!--->outer<!--x--!>outer" },
		{ "<?xml version=\"1.0\"?><a>{{name}}</a>",
		    "<?xml version=\"1.0\"?><a>outer</a>" },
		{ "<script src='/x'></script>{{name}}",
		    "<script src='/x'></script>outer" },
		{ "<STYLE>a{}</sTyle >{{name}}", "<STYLE>a{}</sTyle >outer" },
		{ "<textarea rows=3>\n{{evil}}</textarea>",
		    "<textarea rows=3>\n&lt;script&gt;&quot;&#39;&amp;"
		    "</textarea>" },
		{ "</a title=\"{{name}}\">", "</a title=\"outer\">" },
		{ "</script title=\"{{name}}\">{{name}}",
		    "</script title=\"outer\">outer" },
	};

	(void)state;
	check_pairs(t, ARRAY_LEN(t));
}

/* ---- sections ---------------------------------------------------------- */

static void
test_sections(void **state)
{
	static const struct pair t[] = {
		{ "{{#on}}a{{/on}}{{#off}}b{{/off}}", "a" },
		{ "{{^on}}a{{/on}}{{^off}}b{{/off}}", "b" },
		{ "{{#empty}}a{{/empty}}{{#zero}}b{{/zero}}"
		  "{{#none}}c{{/none}}{{#nobody}}d{{/nobody}}",
		    "" },
		{ "{{^empty}}a{{/empty}}{{^zero}}b{{/zero}}"
		  "{{^none}}c{{/none}}{{^nobody}}d{{/nobody}}",
		    "abcd" },
		{ "{{#title}}({{.}}){{/title}}", "(A &amp; B)" },
		{ "{{#minus}}{{.}}{{#on}}{{.}}{{/on}}{{/minus}}",
		    "-9223372036854775808-9223372036854775808" },
		{ "{{#rows}}{{minus}}{{name}}{{title}};{{/rows}}",
		    "-1aA &amp; B;-2b&lt;A &amp; B;-3aA &amp; B;" },
		{ "{{#tags}}({{.}}){{/tags}}{{^tags}}x{{/tags}}",
		    "(x&amp;y)(z)" },
		{ "{{#many}}{{.}}{{/many}}", ".............................." },
		{ "{{#tags}}{{#.}}{{.}}{{/.}}{{^.}}x{{/.}}{{/tags}}",
		    "x&amp;yz" },
		{ "{{#owner}}{{name}} {{title}} {{owner.name}}{{/owner}}",
		    "inner A &amp; B inner" },
		{ "{{#owner.site}}{{name}}{{/owner.site}}", "outer" },
		{ "{{#owner.title}}x{{/owner.title}}"
		  "{{^owner.title}}y{{/owner.title}}",
		    "y" },
		/* A name found outside is not looked for further. */
		{ "{{#owner}}[{{site.name}}]{{/owner}}", "[]" },
		{ "{{# on }}a{{/ on }}", "a" },
		/* Lines that hold nothing but a tag. */
		{ "a\n{{#on}}\nb\n{{/on}}\nc\n", "a\nb\nc\n" },
		{ "a\n  {{#off}}\t\nb\n \t{{/off}}\nc", "a\nc" },
		{ "{{#on}}\r\nb\r\n{{/on}}\r\n", "b\r\n" },
		{ "  {{#on}}\n  {{/on}}", "" },
		{ " {{#on}}a{{/on}}\n", " a\n" },
		{ "{{#on}}{{/on}}\n", "\n" },
		{ "a {{#on}}\nb\n{{/on}} c", "a \nb\n c" },
		{ "  {{name}}  \n", "  outer  \n" },
		{ "a\n  {{! note }}\nb{{! x\ny }}c\n", "a\nbc\n" },
		{ "a\n {{!\n {{x} } \n}} \nb", "a\nb" },
		{ "{{!}}{{!!}}x", "x" },
	};

	(void)state;
	check_pairs(t, ARRAY_LEN(t));
}

/* ---- several templates ------------------------------------------------- */

static void
test_partials(void **state)
{
	static const struct set_case t[] = {
		{ { { "page", "p" }, { "[{{>p}}]", "{{name}}" } }, "[outer]" },
		{ { { "page", "a/p.x" }, { "[{{> a/p.x }}]", "1\n" } },
		    "[1\n]" },
		{ { { "page", "p" },
		      { "{{#owner}}{{>p}}{{/owner}}", "{{name}}" } },
		    "inner" },
		{ { { "page", "p" },
		      { "a\n  {{>p}}\nb\n",
			  "x\n\n{{lines}}{{#on}}\n y\n{{/on}}\n{{empty}}\n" } },
		    "a\n  x\n\n  l1\nl2\n   y\n\nb\n" },
		{ { { "page", "p" }, { " a {{>p}}\nb", "x\ny\n" } },
		    " a x\ny\n\nb" },
		{ { { "page", "p", "q" },
		      { "<\n {{>p}}\n>", "p\n\t{{>q}}\np", "q\nr" } },
		    "<\n p\n \tq\n \trp>" },
		{ { { "page", "p" }, { "  {{>p}}", "x\r\n\r\ny" } },
		    "  x\r\n\r\n  y" },
		{ { { "page", "p" },
		      { "{{>p}}", "{{name}}({{#kids}}{{>p}}{{/kids}})" } },
		    "outer(one(two()))" },
		{ { { "page" }, { "x{{#off}}{{>page}}{{/off}}" } }, "x" },
	};

	(void)state;
	check_sets(t, ARRAY_LEN(t));
}

static void
test_blocks(void **state)
{
	static const struct set_case t[] = {
		{ { { "page" }, { "{{$b}}{{name}}{{/b}}" } }, "outer" },
		{ { { "page", "l" }, { "{{<l}}{{/l}}", "({{$b}}d{{/b}})" } },
		    "(d)" },
		{ { { "page", "l" },
		      { "{{<l}} x {{$b}}o{{/b}} y {{/l}}",
			  "({{$b}}d{{/b}},{{$c}}e{{/c}})" } },
		    "(o,e)" },
		{ { { "page", "l" },
		      { "{{<l}}{{$b}}{{/b}}{{/l}}", "({{$b}}d{{/b}})" } },
		    "()" },
		/* Partials of the parent take part. */
		{ { { "page", "l", "p" },
		      { "{{<l}}{{$b}}o{{/b}}{{/l}}{{>p}}", "({{>p}})",
			  "{{$b}}d{{/b}}" } },
		    "(o)d" },
		/* The page has the last word, then its parent. */
		{ { { "page", "m", "l" },
		      { "{{<m}}{{$b}}1{{/b}}{{/m}}",
			  "{{<l}}{{$b}}2{{/b}}{{$c}}2{{/c}}{{/l}}",
			  "{{$b}}3{{/b}}{{$c}}3{{/c}}{{$d}}3{{/d}}" } },
		    "123" },
		{ { { "page", "m", "l" },
		      { "{{<m}}{{$in}}1{{/in}}{{/m}}",
			  "{{<l}}{{$b}}[{{$in}}2{{/in}}]{{/b}}{{/l}}",
			  "({{$b}}3{{/b}})" } },
		    "([1])" },
		/* An override that holds its own block does not go round. */
		{ { { "page", "l" },
		      { "{{<l}}{{$b}}x{{$b}}y{{/b}}{{/b}}{{/l}}",
			  "{{$b}}z{{/b}}" } },
		    "xy" },
		{ { { "page", "l" },
		      { "{{<l}}{{$b}}{{name}}{{/b}}{{/l}}",
			  "{{#owner}}{{$b}}{{/b}}{{/owner}}" } },
		    "inner" },
		{ { { "page", "l" },
		      { "{{<l}}{{$t}}{{evil}}{{/t}}{{$c}} {{name}}{{/c}}{{/l}}",
			  "<title>{{$t}}{{title}}{{/t}}</title>"
			  "<p class=\"a{{$c}}{{/c}}\">" } },
		    "<title>&lt;script&gt;&quot;&#39;&amp;</title>"
		    "<p class=\"a outer\">" },
		{ { { "page", "l" },
		      { "{{<l}}{{$u}}{{scheme}}{{colon}}{{/u}}{{/l}}",
			  "<a href=\"{{$u}}{{url}}{{/u}}\">" } },
		    "<a href=\"#\">" },
		{ { { "page", "l" },
		      { "{{<l}}{{$a}} hidden{{/a}}{{/l}}",
			  "<p{{$a}}{{/a}}>" } },
		    "<p hidden>" },
		/* Lines and indentation. */
		{ { { "page", "l" },
		      { "{{<l}}\n{{$b}}\n<p>\n  "
			"{{name}}\n</p>\n{{/b}}\n{{/l}}\n",
			  "<main>\n  {{$b}}{{/b}}\n</main>\n" } },
		    "<main>\n  <p>\n    outer\n  </p>\n</main>\n" },
		{ { { "page", "l" },
		      { "{{<l}}\n{{$b}}x{{/b}}\n{{/l}}\n",
			  "<\n  {{$b}}{{/b}}\r\n>\n" } },
		    "<\n  x\r\n>\n" },
		{ { { "page", "l" },
		      { "{{<l}}\n{{/l}}\n", "<\n  {{$b}}{{/b}}\n>\n" } },
		    "<\n>\n" },
		{ { { "page", "l" },
		      { "  {{<l}}\n    {{$b}}\n      1\n        2\n    {{/b}}\n"
			"  {{/l}}\n",
			  "a\n{{$b}}\n d\n{{/b}}\nz\n" } },
		    "  a\n   1\n     2\n  z\n" },
		{ { { "page", "l" },
		      { "{{<l}}{{$b}}\n1\n2\n{{/b}}{{/l}}",
			  "  x{{$b}}{{/b}}y\n" } },
		    "  x1\n2\ny\n" },
		{ { { "page", "l" },
		      { "x {{<l}}{{/l}}\n  {{<l}}{{/l}} y", "1\n2" } },
		    "x 1\n2\n  1\n2 y" },
		{ { { "page" }, { "a\n  {{$b}}\n    d\n  {{/b}}\nz" } },
		    "a\n    d\nz" },
	};

	(void)state;
	check_sets(t, ARRAY_LEN(t));
}

/* ---- messages ----------------------------------------------------------- */

static void
test_messages(void **state)
{
	struct sources s = { { "page" },
		{ "<p title=\"{{t.reply_title}}\">{{t.reply_title}}</p>" } };
	struct arena *a = arena_new();
	enum msg m;

	(void)state;
	assert_true(msg_find(STR("reply_title"), &m));
	for (int l = 0; l < LANG_MAX; l++) {
		struct html h = html_escape(a, msg((enum lang)l, m));
		struct str want = arena_printf(a, "<p title=\"%.*s\">%.*s</p>",
		    (int)h.n, h.p, (int)h.n, h.p);

		assert_str(render(a, &s, (enum lang)l), want.p);
	}
	arena_free(a);
}

/* ---- refusals ------------------------------------------------------------ */

static void
test_refused(void **state)
{
	static const struct {
		const char *in, *why;
	} t[] = {
		{ "{{frob}}", "page.html:1: unknown name \"frob\"" },
		{ "\n\n{{owner.frob}}", "page.html:3: unknown name" },
		{ "{{#frob}}{{/frob}}", "unknown name" },
		{ "{{^frob}}{{/frob}}", "unknown name" },
		{ "{{owner.}}", "unknown name" },
		{ "{{.name}}", "unknown name" },
		{ "{{..}}", "unknown name" },
		{ "{{t.frob}}", "unknown message \"t.frob\"" },
		{ "{{#t.reply_title}}{{/t.reply_title}}", "a message" },
		{ "{{}}", "not a name" },
		{ "{{a b}}", "not a name" },
		{ "{{a/b}}", "not a name" },
		{ "{{#}}{{/}}", "not a name" },
		{ "{{{title}}}", "decides what is escaped" },
		{ "{{&title}}", "decides what is escaped" },
		{ "{{=<% %>=}}", "delimiters" },
		{ "a\n{{title", "page.html:2: \"{{\" without" },
		{ "{{title}", "without" },
		{ "{{! x", "without" },
		{ "{{#on}}\n", "page.html:1: {{#on}} has no end" },
		{ "\n{{$b}}", "page.html:2: {{$b}} has no end" },
		{ "{{/on}}", "{{/on}} ends nothing" },
		{ "{{#on}}\n{{#off}}{{/on}}{{/off}}",
		    "page.html:2: {{/on}} inside {{#off}}" },
		{ "{{$b}}{{/c}}", "{{/c}} inside {{$b}}" },
		{ "{{>frob}}", "no template called \"frob\"" },
		{ "{{<frob}}{{/frob}}", "no template called \"frob\"" },
		{ "{{<page}}{{name}}{{/page}}", "only blocks" },
		{ "{{<page}}{{#on}}{{/on}}{{/page}}", "only blocks" },
		{ "{{<page}}{{$x}}{{/x}}{{/page}}", "no block called \"x\"" },
		{ "<script>{{title}}</script>", "in <script>" },
		{ "<script type=\"application/ld+json\">{{title}}</script>",
		    "in <script>" },
		{ "<STYLE>{{title}}</STYLE>", "in <script>, <style>" },
		{ "<script {{#on}}async{{/on}}>{{title}}", "in <script>" },
		{ "<iframe>{{title}}</iframe>", "in <script>" },
		{ "<script>{{#on}}</script>{{/on}}", "begins in" },
		{ "<script>{{>page}}</script>", "{{>page}} in an element" },
		{ "<a onclick=\"{{title}}\">", "in an on*, style" },
		{ "<a ONx='{{title}}'>", "in an on*, style" },
		{ "<a style=\"{{title}}\">", "in an on*, style" },
		{ "<iframe srcdoc=\"{{title}}\">", "in an on*, style" },
		{ "<a style=\"{{#on}}{{title}}{{/on}}\">", "in an on*" },
		{ "<a href={{url}}>", "in an unquoted attribute" },
		{ "<a title=x{{title}}>", "in an unquoted attribute" },
		{ "<a title= {{title}}>", "in an unquoted attribute" },
		{ "<{{title}}>", "in a tag name" },
		{ "<a{{title}}>", "in a tag name" },
		{ "</{{title}}>", "in a tag name" },
		{ "<title></{{title}}", "in a tag name" },
		{ "<a {{title}}>", "{{title}} in a tag" },
		{ "<a {{title}}=\"x\">", "in a tag" },
		{ "<a b{{title}}=\"x\">", "in an attribute name" },
		{ "<a b {{title}}>", "in a tag" },
		{ "<a b=\"\"{{title}}>", "in a tag" },
		{ "<a {{>page}}>", "{{>page}} in a tag" },
		{ "<a b=\"{{>page}}\">", "in an attribute value" },
		{ "<!-- {{title}} -->", "in an HTML comment" },
		{ "<!-- {{#on}}-->{{/on}}",
		    "{{#on}} begins in an HTML comment "
		    "and ends in text" },
		{ "<!doctype {{title}}>", "in a declaration" },
		{ "<?x {{title}}>", "in a declaration" },
		{ "<a b=\"{{#on}}\">{{/on}}", "begins in" },
		{ "<a {{#on}}b=\"{{/on}}\">", "begins in" },
		{ "<a b={{#on}}\"x\"{{/on}}>", "begins in" },
		{ "<a{{#on}} b{{/on}}=\"x\">", "a space is missing" },
		{ "<a{{#on}} b{{/on}}c>", "a space is missing" },
		{ "<s{{#on}}cript{{/on}}>", "a space is missing" },
		{ "<a b=\"\"c=\"\">", "a space is missing" },
		{ "<a {{$x}}{{/x}}b>", "a space is missing" },
		{ "<a =b>", "without an attribute name" },
		{ "{{#on}}<script>{{/on}}", "begins in" },
		{ "{{#on}}<{{/on}}", "begins in" },
		{ "<title>{{#on}}</title>{{/on}}", "begins in" },
		{ "<title><b></title>", "inside <script>" },
		{ "<title></titlex>", "more than a name" },
		{ "<title></title/>", "more than a name" },
		{ "<title></title x>", "more than a name" },
		{ "<title></title {{title}}>", "in a tag name" },
		{ "<plaintext>", "never ends" },
		{ "<plaintext{{#on}}{{/on}}>", "never ends" },
		{ "<svg><![CDATA[x]]>", "CDATA" },
		{ "<a b=\"", "page.html:1: the template ends in an attr" },
		{ "x <", "the template ends in a tag name" },
		{ "\n<script>", "page.html:2: the template ends in an elem" },
		{ "<p class=\"{{$b}}{{/b}}\">{{$b}}{{/b}}", "elsewhere" },
		{ "{{$b}}<p {{/b}}", "begins in" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct sources s = { { "page" }, { t[i].in } };
		struct str got = render(a, &s, (enum lang)0);

		if (strstr(arena_cstr(a, got), t[i].why) == NULL)
			fail_msg("%s: got \"%.*s\", want \"%s\"", t[i].in,
			    (int)got.n, got.p, t[i].why);
		assert_true(str_starts(got, STR("page.html:")));
	}
	arena_free(a);
}

/* The file and line of a refusal are those of the file that is wrong. */
static void
test_refused_elsewhere(void **state)
{
	static const struct set_case t[] = {
		{ { { "page", "p.xml" }, { "\n{{>p.xml}}", "\n\n{{frob}}" } },
		    "p.xml:3: unknown name \"frob\"" },
		{ { { "page", "l" },
		      { "{{<l}}\n{{$b}}{{name}}{{/b}}{{/l}}",
			  "<style>{{$b}}{{/b}}</style>" } },
		    "page.html:2: {{name}} in <script>, <style> or such" },
		{ { { "page", "l" },
		      { "{{<l}}{{$b}}x\"{{/b}}{{/l}}",
			  "<p title=\"{{$b}}{{/b}}\">" } },
		    "page.html:1: {{$b}} begins in an attribute value and "
		    "ends in a tag" },
		{ { { "page", "l" },
		      { "{{<l}}{{$b}}x{{/b}}{{/l}}", "<p{{$b}}{{/b}}>" } },
		    "page.html:1: a space is missing before the attribute" },
		{ { { "page", "l" },
		      { "{{<l}}{{$b}}{{/b}}\n{{$c}}{{/c}}{{$b}}{{/b}}{{/l}}",
			  "{{$b}}{{/b}}{{$c}}{{/c}}" } },
		    "page.html:2: {{$b}} for the second time" },
	};

	(void)state;
	check_sets(t, ARRAY_LEN(t));
}

/* What fails leaves nothing behind that calls what is not there. */
static void
test_set(void **state)
{
	struct sources s = { { "page", "p", "bad" },
		{ "{{>p}}{{>bad}}", "{{#off}}{{>page}}{{/off}}1", "{{" } };
	struct tmpl_source source = { load, &s };
	struct tmpl_set *set = tmpl_set_new(&names, &source);
	struct arena *a = arena_new();
	struct buf b = buf_new(100);
	const char *why;

	(void)state;
	assert_int_equal(tmpl_parse(set, STR("none"), a, &why), ERR_CONFIG);
	assert_non_null(strstr(why, "none"));
	assert_int_equal(tmpl_parse(set, STR("page"), a, &why), ERR_CONFIG);
	assert_int_equal(tmpl_parse(set, STR("p"), a, &why), ERR_CONFIG);
	s.text[2] = "2";
	assert_int_equal(tmpl_parse(set, STR("p"), a, &why), OK);
	assert_int_equal(tmpl_parse(set, STR("page"), a, &why), OK);
	tmpl_render(set, STR("page"), view_new(a), (enum lang)0, &b);
	assert_str(buf_view(&b), "12");
	buf_free(&b);
	arena_free(a);
	tmpl_set_free(set);
	tmpl_set_free(NULL);
}

/* ---- limits -------------------------------------------------------------- */

/* n times s. */
static char *
times(struct arena *a, size_t n, const char *s)
{
	size_t len = strlen(s);
	char *p = arena_alloc(a, n * len + 1);

	for (size_t i = 0; i < n; i++)
		memcpy(p + i * len, s, len);
	return p;
}

static void
test_limits(void **state)
{
	struct arena *a = arena_new();
	struct sources s = { { "page" }, { NULL } };

	(void)state;
	s.text[0] = times(a, 128 * 1024, "{}");
	assert_int_equal(render(a, &s, (enum lang)0).n, 256 * 1024);
	s.text[0] = times(a, 256 * 1024 + 1, "x");
	assert_str(
	    render(a, &s, (enum lang)0), "page.html:1: larger than 256 KiB");
	s.text[0] = arena_printf(
	    a, "%sx%s", times(a, 64, "{{#title}}"), times(a, 64, "{{/title}}"))
			.p;
	assert_str(render(a, &s, (enum lang)0), "x");
	s.text[0] = times(a, 65, "{{#title}}");
	assert_str(render(a, &s, (enum lang)0),
	    "page.html:1: sections nest deeper than 64");
	s.text[0] = "x{{>page}}";
	assert_str(render(a, &s, (enum lang)0), times(a, 65, "x"));
	s.text[0] = "x{{#title}}{{>page}}{{/title}}";
	assert_str(render(a, &s, (enum lang)0), times(a, 65, "x"));
	/* Nothing is too long to be indented, it is only not indented. */
	s.text[0] = "x\n     {{>page}}\n";
	assert_true(str_starts(
	    render(a, &s, (enum lang)0), STR("x\n     x\n          x\n")));
	arena_free(a);
}

/* What would take for ever stops, and what does not fit says so. */
static void
test_overflow(void **state)
{
	static const char *const t[] = {
		"{{>page}}{{>page}}",
		"{{#many}}{{#many}}{{#many}}{{#many}}{{#many}}{{#many}}"
		"{{/many}}{{/many}}{{/many}}{{/many}}{{/many}}{{/many}}",
		"{{#many}}{{#many}}{{#many}}12345{{/many}}{{/many}}{{/many}}",
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct sources s = { { "page" }, { t[i] } };
		struct tmpl_source source = { load, &s };
		struct tmpl_set *set = tmpl_set_new(&names, &source);
		struct buf b = buf_new(1000);
		const char *why;

		assert_int_equal(tmpl_parse(set, STR("page"), a, &why), OK);
		tmpl_render(set, STR("page"), fill(a), (enum lang)0, &b);
		assert_true(b.overflow);
		buf_free(&b);
		tmpl_set_free(set);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_attributes),
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_partials),
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_refused_elsewhere),
		cmocka_unit_test(test_set),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_overflow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
