/*
 * Templates nobody would write.  The input is a page and, behind a NUL, the
 * partial "p"; behind another, the parent "l".  What parses is rendered with
 * values that try to become markup, and gumbo, which knows nothing of our
 * parser, looks at the result.
 */
#include "config.h"

#include <assert.h>
#include <gumbo.h>
#include <stdint.h>
#include <strings.h>

#include "tmpl.h"
#include "url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define CANARY "c4n"

#define OUT_MAX 16384

enum name { N_a, N_b, N_f, N_h, N_i, N_j, N_k, N_l, N_o, N_t, N_u, N_x };

static int
find(struct str name)
{
	static const char letters[] = "abfhijklotux";
	const char *at = name.n == 1
	    ? memchr(letters, name.p[0], sizeof(letters) - 1)
	    : NULL;

	return at == NULL ? -1 : (int)(at - letters);
}

static const struct tmpl_names names = { find };

struct sources {
	struct str page, partial, parent;
};

static bool
load(void *arg, struct str name, struct str *src)
{
	const struct sources *s = arg;

	if (str_eq(name, STR("page")))
		*src = s->page;
	else if (str_eq(name, STR("p")))
		*src = s->partial;
	else if (str_eq(name, STR("l")))
		*src = s->parent;
	else
		return false;
	return true;
}

static struct view *
values(struct arena *a)
{
	struct view *v = view_new(a), *o = view_object(v, N_o);

	view_text(v, N_a, STR("<c4n x=\"\" onc4n='1'><script>c4n</script>"));
	view_text(v, N_b, STR("\" c4n=\"' c4n='` c4n=` c4n=1 onc4n=1>"));
	view_bool(v, N_f, false);
	view_html(v, N_h, HTML("<i title=\"c4n'\">&lt;</i>\n"));
	view_int(v, N_i, 0);
	view_text(v, N_j, STR(" java\tscript:c4n"));
	view_text(v, N_k, STR("javascript"));
	view_text(o, N_k, STR(":c4n"));
	view_url(o, N_u, STR("javascript:c4n"));
	view_bool(o, N_o, true);
	for (int i = 0; i < 3; i++)
		view_text(view_item(v, N_l), N_t, STR("&c4n;--><!--]]>"));
	view_item_text(v, N_l, STR("</title></script></style>"));
	view_text(v, N_t, STR("\n\r</textarea>{{a}}"));
	view_url(v, N_u, STR("data:c4n"));
	view_bool(v, N_x, true);
	return v;
}

static bool
has_canary(const char *s)
{
	return strstr(s, CANARY) != NULL;
}

static bool
is_url_attr(const char *name)
{
	static const char *const url[] = { "action", "cite", "formaction",
		"href", "poster", "src" };

	for (size_t i = 0; i < ARRAY_LEN(url); i++)
		if (strcasecmp(name, url[i]) == 0)
			return true;
	return false;
}

static void
check_attr(const GumboAttribute *at)
{
	assert(!has_canary(at->name));
	if (strncasecmp(at->name, "on", 2) == 0 ||
	    strcasecmp(at->name, "style") == 0 ||
	    strcasecmp(at->name, "srcdoc") == 0)
		assert(!has_canary(at->value));
	if (is_url_attr(at->name) && has_canary(at->value))
		assert(url_scheme_ok(str_c(at->value)));
}

/* gumbo does not keep the name of a tag it does not know. */
static void
check_name(struct str tag)
{
	size_t n = 0;

	while (n < tag.n && memchr(" \t\r\n\f/>", tag.p[n], 7) == NULL)
		n++;
	assert(n == 0 || memmem(tag.p, n, CANARY, strlen(CANARY)) == NULL);
}

static void
check_element(const GumboElement *e)
{
	bool code = e->tag == GUMBO_TAG_SCRIPT || e->tag == GUMBO_TAG_STYLE;

	if (e->tag == GUMBO_TAG_UNKNOWN)
		check_name((struct str){
		    e->original_tag.data, e->original_tag.length });
	for (unsigned i = 0; i < e->attributes.length; i++)
		check_attr(e->attributes.data[i]);
	for (unsigned i = 0; code && i < e->children.length; i++) {
		const GumboNode *child = e->children.data[i];

		if (child->type == GUMBO_NODE_TEXT)
			assert(!has_canary(child->v.text.text));
	}
}

/* Depth first, without a stack of our own: gumbo's nodes know their parents. */
static void
check_tree(const GumboNode *root)
{
	const GumboNode *node = root;
	unsigned next = 0;

	for (;;) {
		bool element = node->type == GUMBO_NODE_ELEMENT ||
		    node->type == GUMBO_NODE_TEMPLATE;

		if (element && next == 0)
			check_element(&node->v.element);
		if (element && next < node->v.element.children.length) {
			node = node->v.element.children.data[next];
			next = 0;
		} else if (node == root) {
			return;
		} else {
			next = (unsigned)node->index_within_parent + 1;
			node = node->parent;
		}
	}
}

static void
check_output(struct str out)
{
	GumboOptions opts = kGumboDefaultOptions;
	GumboOutput *tree;

	opts.max_errors = 0;
	tree = gumbo_parse_with_options(&opts, out.p, out.n);
	check_tree(tree->root);
	gumbo_destroy_output(&opts, tree);
}

/* A template that holds the word itself, or could make it by leaving out a
 * comment, proves nothing. */
static bool
spells_canary(struct str in)
{
	for (size_t i = 0; i + 1 < in.n; i++)
		if (strncasecmp(in.p + i, CANARY, 2) == 0)
			return true;
	return false;
}

static struct sources
split(struct str s)
{
	size_t a = str_find(s, '\0', 0), b = str_find(s, '\0', a + 1);

	return (struct sources){ str_sub(s, 0, a), str_sub(s, a + 1, b),
		str_sub(s, b + 1, s.n) };
}

static void
run(struct str in, struct arena *a)
{
	struct sources s = split(in);
	struct tmpl_source source = { load, &s };
	struct tmpl_set *set = tmpl_set_new(&names, &source);
	struct buf b = buf_new(OUT_MAX);
	const char *why = NULL;

	if (tmpl_parse(set, STR("page"), a, &why) != OK) {
		assert(why != NULL && strstr(why, ".html:") != NULL);
		assert(strchr(why, '\n') == NULL);
	} else {
		assert(why == NULL);
		tmpl_render(set, STR("page"), values(a), (enum lang)0, &b);
		assert(b.n <= OUT_MAX);
		/* What stops half way is never sent. */
		if (!b.overflow && !spells_canary(in))
			check_output(buf_view(&b));
	}
	buf_free(&b);
	tmpl_set_free(set);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a;

	if (n > 4096)
		return 0;
	a = arena_new();
	run((struct str){ n == 0 ? "" : (const char *)data, n }, a);
	arena_free(a);
	return 0;
}
