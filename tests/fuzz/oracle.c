#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#ifdef HAVE_GUMBO
#include <gumbo.h>
#endif

#include "buf.h"
#include "html.h"
#include "oracle.h"

void
oracle_claim(bool claim, const char *what, struct str input)
{
	if (claim)
		return;
	fprintf(
	    stderr, "violated: %s\ninput: %.*s\n", what, (int)input.n, input.p);
	abort();
}

#ifdef HAVE_GUMBO

static const char all_elements[] =
    " a abbr b bdi bdo blockquote br caption cite code col colgroup dd del "
    "details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img "
    "ins kbd li mark ol p pre q rp rt ruby s samp section small span strong "
    "sub summary sup table tbody td tfoot th thead time tr u ul var wbr ";

static const char all_attributes[] =
    " alt cite class colspan datetime decoding dir height href id lang "
    "loading open rel reversed rowspan scope span src start title type value "
    "width ";

struct reading {
	struct buf *out;
	const char *elements;
	struct str input;
	bool in_link;
};

static bool
listed(const char *list, const char *name)
{
	char key[40];

	if (snprintf(key, sizeof(key), " %s ", name) >= (int)sizeof(key))
		return false;
	return strstr(list, key) != NULL;
}

/* As the URL standard reads it: a letter, then letters, digits, + - . up to
 * the colon; else there is no scheme. */
static bool
scheme_ok(const char *s)
{
	char word[12];
	size_t n = 0;

	while (*s != '\0' && (unsigned char)*s <= ' ')
		s++;
	for (; *s != '\0' && *s != ':'; s++) {
		if (*s == '\t' || *s == '\n' || *s == '\r')
			continue;
		if (!isalpha((unsigned char)*s) &&
		    (n == 0 || strchr("0123456789+-.", *s) == NULL))
			return true;
		if (n < sizeof(word) - 1)
			word[n++] = *s;
	}
	word[n] = '\0';
	return *s != ':' || n == 0 || strcasecmp(word, "http") == 0 ||
	    strcasecmp(word, "https") == 0 || strcasecmp(word, "mailto") == 0;
}

static void
read_attribute(struct reading *r, const GumboAttribute *at)
{
	bool is_url = strcmp(at->name, "href") == 0 ||
	    strcmp(at->name, "src") == 0 || strcmp(at->name, "cite") == 0;

	oracle_claim(listed(all_attributes, at->name), at->name, r->input);
	oracle_claim(!is_url || scheme_ok(at->value), "scheme", r->input);
	buf_char(r->out, ' ');
	buf_cstr(r->out, at->name);
	if (at->value[0] == '\0' &&
	    (strcmp(at->name, "open") == 0 ||
		strcmp(at->name, "reversed") == 0))
		return;
	buf_cstr(r->out, "=\"");
	buf_text(r->out, str_c(at->value));
	buf_char(r->out, '"');
}

static void read_node(struct reading *r, const GumboNode *node);

static void
read_element(struct reading *r, const GumboElement *e)
{
	const char *name = gumbo_normalized_tagname(e->tag);
	bool link = e->tag == GUMBO_TAG_A, outer = r->in_link;
	const GumboNode *first;

	oracle_claim(e->tag_namespace == GUMBO_NAMESPACE_HTML &&
		listed(r->elements, name),
	    "element", r->input);
	oracle_claim(!link || !outer, "link in a link", r->input);
	r->in_link = outer || link;
	buf_printf(r->out, "<%s", name);
	for (unsigned i = 0; i < e->attributes.length; i++)
		read_attribute(r, e->attributes.data[i]);
	buf_char(r->out, '>');
	first = e->children.length > 0 ? e->children.data[0] : NULL;
	if (e->tag == GUMBO_TAG_PRE && first != NULL &&
	    first->type != GUMBO_NODE_ELEMENT && first->v.text.text[0] == '\n')
		buf_char(r->out, '\n');
	for (unsigned i = 0; i < e->children.length; i++)
		read_node(r, e->children.data[i]);
	r->in_link = outer;
	if (!listed(" br col hr img wbr ", name))
		buf_printf(r->out, "</%s>", name);
}

static void
read_node(struct reading *r, const GumboNode *node)
{
	if (node->type == GUMBO_NODE_ELEMENT)
		read_element(r, &node->v.element);
	else
		buf_text(r->out, str_c(node->v.text.text));
}

/* Both spellings of an apostrophe are one to a parser. */
static struct str
one_apostrophe(struct arena *a, struct html h)
{
	char *to = arena_alloc(a, h.n + 1);
	struct str s = { h.p, h.n };
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool coded = str_starts(str_sub(s, i, s.n), STR("&#39;"));

		to[n++] = coded ? '\'' : s.p[i];
		i += coded ? 4 : 0;
	}
	return (struct str){ to, n };
}

void
oracle_html(struct html html, const char *elements, struct str input)
{
	static const char head[] = "<!DOCTYPE html><html><head></head><body>";
	struct buf page = buf_new(html.n + sizeof(head));
	struct buf out = buf_new(html.n * 8 + 1024);
	struct reading r = { .out = &out, .input = input };
	struct arena *a = arena_new();
	const GumboElement *root;
	GumboOutput *parsed;
	struct str got, want;

	r.elements = elements == NULL ? all_elements : elements;
	buf_cstr(&page, head);
	buf_html(&page, html);
	parsed =
	    gumbo_parse_with_options(&kGumboDefaultOptions, page.p, page.n);
	root = &parsed->root->v.element;
	oracle_claim(root->children.length == 2, "page", input);
	root = &((GumboNode *)root->children.data[1])->v.element;
	for (unsigned i = 0; i < root->children.length; i++)
		read_node(&r, root->children.data[i]);
	got = buf_view(&out);
	want = one_apostrophe(a, html);
	if (!str_eq(got, want))
		fprintf(stderr, "wrote: %.*s\nread:  %.*s\n", (int)want.n,
		    want.p, (int)got.n, got.p);
	oracle_claim(str_eq(got, want), "parsers read what we wrote", input);
	gumbo_destroy_output(&kGumboDefaultOptions, parsed);
	arena_free(a);
	buf_free(&page);
	buf_free(&out);
}

#else

void
oracle_html(struct html html, const char *elements, struct str input)
{
	(void)html;
	(void)elements;
	(void)input;
}

#endif
