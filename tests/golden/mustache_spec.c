/*
 * Runs the files of the Mustache specification (github.com/mustache/spec)
 * found in the folder $MUSTACHE_SPEC.  Cases that cannot apply are listed
 * with the reason; those are checked to be refused where that is the reason.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#ifdef HAVE_JANSSON

#include <jansson.h>

#include "tmpl.h"

static const char *const files[] = { "comments", "delimiters", "inheritance",
	"interpolation", "inverted", "partials", "sections" };

enum how {
	REFUSED, /* the parser has to refuse it */
	ABSENT,  /* no such value can be given to a template */
	BRACKETS /* passes with ( ) for the < > of its text */
};

/* clang-format off */
#define RAW	"there is no raw syntax"
#define SET	"delimiters cannot be set"
#define IN_TAG	"text after \"<\" would be a tag name"
static const struct {
	const char *file, *name; /* NULL: all */
	enum how how;
	const char *why;
} apart[] = {
	{ "comments", "Variable Name Collision", BRACKETS, IN_TAG },
	{ "delimiters", NULL, REFUSED, SET },
	{ "inheritance", "Triple Mustache", REFUSED, RAW },
	{ "interpolation", "Ampersand", REFUSED, RAW },
	{ "interpolation", "Ampersand - Standalone", REFUSED, RAW },
	{ "interpolation", "Ampersand - Surrounding Whitespace", REFUSED, RAW },
	{ "interpolation", "Ampersand Context Miss Interpolation", REFUSED,
	    RAW },
	{ "interpolation", "Ampersand Decimal Interpolation", REFUSED, RAW },
	{ "interpolation", "Ampersand Integer Interpolation", REFUSED, RAW },
	{ "interpolation", "Ampersand Null Interpolation", REFUSED, RAW },
	{ "interpolation", "Ampersand With Padding", REFUSED, RAW },
	{ "interpolation", "Dotted Names - Ampersand Interpolation", REFUSED,
	    RAW },
	{ "interpolation", "Dotted Names - Triple Mustache Interpolation",
	    REFUSED, RAW },
	{ "interpolation", "Implicit Iterators - Ampersand", REFUSED, RAW },
	{ "interpolation", "Implicit Iterators - Triple Mustache", REFUSED,
	    RAW },
	{ "interpolation", "Triple Mustache", REFUSED, RAW },
	{ "interpolation", "Triple Mustache - Standalone", REFUSED, RAW },
	{ "interpolation", "Triple Mustache - Surrounding Whitespace", REFUSED,
	    RAW },
	{ "interpolation", "Triple Mustache Context Miss Interpolation",
	    REFUSED, RAW },
	{ "interpolation", "Triple Mustache Decimal Interpolation", REFUSED,
	    RAW },
	{ "interpolation", "Triple Mustache Integer Interpolation", REFUSED,
	    RAW },
	{ "interpolation", "Triple Mustache Null Interpolation", REFUSED, RAW },
	{ "interpolation", "Triple Mustache With Padding", REFUSED, RAW },
	{ "partials", "Recursion", BRACKETS, IN_TAG },
	{ "partials", "Standalone Indentation", REFUSED, RAW },
	{ "sections", "Implicit Iterator - Ampersand", REFUSED, RAW },
	{ "sections", "Implicit Iterator - Array", ABSENT,
	    "a list holds no lists" },
	{ "sections", "Implicit Iterator - Root-level", ABSENT,
	    "a page's values are an object" },
	{ "sections", "Implicit Iterator - Triple mustache", REFUSED, RAW },
};
/* clang-format on */

/* Names are numbered as they turn up, the same in views and templates. */
static struct str known[4096];
static size_t nknown;
static struct arena *mem;

static int
number(struct str name)
{
	for (size_t i = 0; i < nknown; i++)
		if (str_eq(known[i], name))
			return (int)i;
	known[nknown] = arena_str(mem, name);
	return (int)nknown++;
}

static const struct tmpl_names names = { number };

/* ---- data ------------------------------------------------------------ */

static struct str
text(const json_t *j)
{
	if (json_is_real(j))
		return arena_printf(mem, "%g", json_real_value(j));
	if (json_is_integer(j))
		return arena_printf(
		    mem, "%lld", (long long)json_integer_value(j));
	return (struct str){ json_string_value(j), json_string_length(j) };
}

static void fill(struct view *v, json_t *object);

static void
fill_one(struct view *v, int name, json_t *j)
{
	size_t i;
	json_t *item;

	switch (json_typeof(j)) {
	case JSON_OBJECT:
		fill(view_object(v, name), j);
		break;
	case JSON_ARRAY:
		/* An empty list still hides one further out. */
		view_bool(v, name, false);
		json_array_foreach(j, i, item) if (json_is_object(item))
		    fill(view_item(v, name), item);
		else view_item_text(v, name, text(item));
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		view_bool(v, name, json_is_true(j));
		break;
	case JSON_NULL:
		break;
	default:
		view_text(v, name, text(j));
	}
}

static void
fill(struct view *v, json_t *object)
{
	const char *key;
	json_t *j;

	json_object_foreach(object, key, j) fill_one(v, number(str_c(key)), j);
}

/* ---- templates ------------------------------------------------------- */

struct sources {
	struct str page;
	json_t *partials;
	bool brackets;
};

/* ( ) for < >, outside of tags. */
static struct str
brackets(struct str s)
{
	char *p = arena_cstr(mem, s);
	bool in_tag = false;

	for (size_t i = 0; i < s.n; i++) {
		if (i > 0 && p[i] == p[i - 1] && (p[i] == '{' || p[i] == '}'))
			in_tag = p[i] == '{';
		if (!in_tag && (p[i] == '<' || p[i] == '>'))
			p[i] = p[i] == '<' ? '(' : ')';
	}
	return (struct str){ p, s.n };
}

/* The specification prints nothing for a partial that is missing; here it
 * is the source of the templates that may decide so. */
static bool
load(void *arg, struct str name, struct str *src)
{
	const struct sources *s = arg;
	const char *partial = json_string_value(
	    json_object_get(s->partials, arena_cstr(mem, name)));

	*src = str_eq(name, STR("the page")) ? s->page : str_c(partial);
	if (s->brackets)
		*src = brackets(*src);
	return true;
}

/* True when the case is as expected; *got for the report if not. */
static bool
passes(json_t *test, bool refused, bool in_brackets, struct str *got)
{
	json_t *data = json_object_get(test, "data");
	struct sources s = { text(json_object_get(test, "template")),
		json_object_get(test, "partials"), in_brackets };
	struct tmpl_source source = { load, &s };
	struct tmpl_set *set = tmpl_set_new(&names, &source);
	struct str want = text(json_object_get(test, "expected"));
	struct view *v = view_new(mem);
	struct buf b = buf_new(100000);
	const char *why = "";
	enum err e;

	if (json_is_object(data)) {
		fill(v, data);
	} else {
		fill_one(v, number(STR("root")), data);
		s.page = arena_printf(mem, "{{#root}}%s{{/root}}", s.page.p);
	}
	if ((e = tmpl_parse(set, STR("the page"), mem, &why)) == OK)
		tmpl_render(set, STR("the page"), v, (enum lang)0, &b);
	*got = e == OK ? buf_copy(&b, mem) : str_c(why);
	buf_free(&b);
	tmpl_set_free(set);
	if (refused || e != OK)
		return refused && e == ERR_CONFIG;
	return str_eq(*got, in_brackets ? brackets(want) : want);
}

/* ---- report ---------------------------------------------------------- */

static size_t
set_apart(const char *file, const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(apart) / sizeof(apart[0]); i++)
		if (strcmp(apart[i].file, file) == 0 &&
		    (apart[i].name == NULL || strcmp(apart[i].name, name) == 0))
			break;
	return i;
}

static bool
run_case(const char *file, json_t *test, unsigned n)
{
	const char *name = json_string_value(json_object_get(test, "name"));
	size_t i = set_apart(file, name);
	bool listed = i < sizeof(apart) / sizeof(apart[0]);
	struct str got = STR("");
	bool ok = listed && apart[i].how == ABSENT;

	if (!ok)
		ok = passes(test, listed && apart[i].how == REFUSED,
		    listed && apart[i].how == BRACKETS, &got);
	printf("%sok %u - %s: %s", ok ? "" : "not ", n, file, name);
	if (ok && listed && apart[i].how != BRACKETS)
		printf(" # SKIP %s", apart[i].why);
	printf("\n");
	if (!ok)
		printf("# got: %.*s\n", (int)got.n, got.p);
	return ok;
}

static bool
run_file(const char *folder, const char *file, unsigned *n)
{
	struct str path = arena_printf(mem, "%s/%s.json", folder, file);
	json_error_t error;
	json_t *root = json_load_file(path.p, 0, &error), *test;
	bool ok = true;
	size_t i;

	if (root == NULL) {
		printf("Bail out! %s: %s\n", path.p, error.text);
		return false;
	}
	json_array_foreach(json_object_get(root, "tests"), i, test) ok =
	    run_case(file, test, ++*n) && ok;
	json_decref(root);
	return ok;
}

int
main(void)
{
	const char *folder = getenv("MUSTACHE_SPEC");
	bool ok = true;
	unsigned n = 0;

	if (folder == NULL || *folder == '\0') {
		printf("1..0 # SKIP MUSTACHE_SPEC names no folder\n");
		return 0;
	}
	mem = arena_new();
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		ok = run_file(folder, files[i], &n) && ok;
	printf("1..%u\n", n);
	arena_free(mem);
	return ok ? 0 : 1;
}

#else

int
main(void)
{
	printf("1..0 # SKIP built without jansson\n");
	return 0;
}

#endif
