/* A cookie's value is a part of the header, ends before a semicolon, and is
 * there only behind its name. */
#include "config.h"

#include <assert.h>

#include "request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
check(struct str s, const char *name)
{
	struct str v = cookie_get(s, name), before;
	size_t named = strlen(name);

	if (v.n == 0)
		return;
	assert(v.p >= s.p && v.p + v.n <= s.p + s.n);
	assert(str_find(v, ';', 0) == v.n);
	assert(str_eq(str_trim(v), v) || v.p[0] == ' ' || v.p[0] == '\t' ||
	    (v.p[0] >= '\n' && v.p[0] <= '\r'));
	before = (struct str){ s.p, (size_t)(v.p - s.p) };
	assert(before.n > named && before.p[before.n - 1] == '=');
	before.n -= named + 1;
	assert(memcmp(s.p + before.n, name, named) == 0);
	before = str_trim(before);
	assert(before.n == 0 || before.p[before.n - 1] == ';');
	/* The first of two counts: what is behind it changes nothing. */
	assert(str_eq(cookie_get((struct str){ s.p,
				     (size_t)(v.p - s.p) + v.n },
			  name),
	    v));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = { (const char *)data, n };

	check(s, "balas");
	check(s, "__Host-balas");
	check(s, "a");
	assert(cookie_get(s, "a;b").n == 0);
	return 0;
}
