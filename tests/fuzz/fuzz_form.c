/* Whatever a body holds: the fields are what a second, slower reading finds,
 * nothing grows, and a name that is there twice is never taken. */
#include "config.h"

#include <assert.h>

#include "request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The next byte of coded text, moving *i past it. */
static char
next(struct str s, size_t *i)
{
	char c = s.p[(*i)++];

	if (c == '+')
		return ' ';
	if (c != '%' || *i + 1 >= s.n || hex(s.p[*i]) < 0 ||
	    hex(s.p[*i + 1]) < 0)
		return c;
	c = (char)(hex(s.p[*i]) << 4 | hex(s.p[*i + 1]));
	*i += 2;
	return c;
}

static bool
says(struct str coded, struct str plain)
{
	size_t i = 0, k = 0;

	while (i < coded.n && k < plain.n)
		if (next(coded, &i) != plain.p[k++])
			return false;
	return i == coded.n && k == plain.n;
}

static void
check_pairs(struct str s, const struct fields *f)
{
	size_t at = 0, n = 0;

	while (at < s.n) {
		size_t end = str_find(s, '&', at);
		struct str pair = str_sub(s, at, end);
		size_t eq = str_find(pair, '=', 0);

		at = end + 1;
		if (pair.n == 0)
			continue;
		assert(n < f->n);
		assert(says(str_sub(pair, 0, eq), f->list[n].name));
		assert(says(str_sub(pair, eq + 1, pair.n), f->list[n].value));
		n++;
	}
	assert(n == f->n);
}

static void
check_one(struct arena *a, const struct fields *f, size_t which)
{
	struct str name = f->list[which].name, value, got;
	const char *c;
	size_t same = 0;
	enum err e;

	/* Our names are C strings. */
	if (str_find(name, '\0', 0) < name.n)
		return;
	c = arena_cstr(a, name);
	for (size_t i = 0; i < f->n; i++)
		same += str_eq(f->list[i].name, name);
	value = f->list[which].value;
	e = field_one(f, c, &got);
	assert(field_has(f, c));
	assert(e == (same == 1 ? OK : ERR_INPUT));
	assert(e != OK || str_eq(got, value));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = { (const char *)data, n }, got;
	struct arena *a = arena_new();
	struct fields f;
	size_t pairs = 1;
	enum err e;

	for (size_t i = 0; i < n; i++)
		pairs += data[i] == '&';
	e = fields_parse(a, s, &f);
	assert((e == OK) == (pairs <= FIELDS_MAX));
	if (e == OK) {
		assert(f.n <= pairs);
		check_pairs(s, &f);
		for (size_t i = 0; i < f.n; i++)
			check_one(a, &f, i);
		if (!field_has(&f, "comment")) {
			assert(field_one(&f, "comment", &got) == OK);
			assert(got.n == 0);
		}
	}
	arena_free(a);
	return 0;
}
