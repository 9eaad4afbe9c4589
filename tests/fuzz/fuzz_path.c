/* A path that is accepted is harmless, and its canonical form is stable; so
 * are a website that is accepted and the host of a link. */
#include "config.h"

#include <assert.h>

#include "url.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
check_path(struct arena *a, struct str target)
{
	struct str path, canon, path2, canon2;

	if (!url_path(a, target, &path, &canon))
		return;
	assert(path.n > 0 && path.p[0] == '/');
	assert(utf8_ok(path) && !utf8_has_control(path));
	for (size_t i = 0; i < path.n; i++) {
		assert((unsigned char)path.p[i] >= 0x20);
		assert(path.p[i] != '\\');
		assert(path.p[i] != '/' || i == 0 || path.p[i - 1] != '/');
	}
	for (size_t from = 0, to; from <= path.n; from = to + 1) {
		to = str_find(path, '/', from);
		assert(!str_eq(str_sub(path, from, to), STR(".")));
		assert(!str_eq(str_sub(path, from, to), STR("..")));
	}
	for (size_t i = 0; i < canon.n; i++)
		assert(canon.p[i] > ' ' && canon.p[i] < 0x7F &&
		    canon.p[i] != '?' && canon.p[i] != '"');
	assert(url_path(a, canon, &path2, &canon2));
	assert(str_eq(path, path2) && str_eq(canon, canon2));
}

static void
check_website(struct arena *a, struct str s)
{
	struct str out, again;

	if (!url_website(a, s, &out) || out.n == 0)
		return;
	assert(utf8_ok(out) && !utf8_has_control(out));
	assert(url_scheme_ok(out));
	assert(str_find(out, ' ', 0) == out.n);
	assert(str_find(out, '\\', 0) == out.n);
	assert(url_website(a, out, &again) && str_eq(out, again));
	assert(url_host(a, out).n > 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = { (const char *)data, n };
	struct arena *a = arena_new();

	check_path(a, s);
	check_website(a, s);
	(void)url_host(a, s);
	assert(!email_ok(s) || (utf8_ok(s) && str_find(s, '@', 0) < s.n));
	arena_free(a);
	return 0;
}
