/* Decoding agrees with itself, and what cleans text is done after once. */
#include "config.h"

#include <assert.h>

#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
check_decoding(struct arena *a, struct str s)
{
	struct str fixed = utf8_repair(a, s);
	size_t count = 0, written = 0;
	char to[4];

	assert(utf8_ok(fixed));
	assert(!utf8_ok(s) || str_eq(s, fixed));
	assert(utf8_count(s) == utf8_count(fixed));
	for (size_t i = 0, before = 0; i < fixed.n; count++, before = i) {
		size_t size = utf8_put(to, utf8_next(fixed, &i));

		assert(size == i - before);
		assert(memcmp(to, fixed.p + before, size) == 0);
		written += size;
	}
	assert(count == utf8_count(s) && written == fixed.n);
}

static void
check_cut(struct str s)
{
	bool ok = utf8_ok(s);

	for (size_t max = 0; max < s.n && max < 64; max++) {
		struct str cut = utf8_cut(s, max);

		assert(cut.n <= max && max - cut.n < 4);
		assert(!ok || utf8_ok(cut));
	}
	assert(str_eq(utf8_cut(s, s.n), s));
}

static void
check_cleaning(struct arena *a, struct str s)
{
	struct str (*const f[])(struct arena *, struct str) = { utf8_name,
		utf8_fold, utf8_squeeze };
	struct str name = utf8_name(a, s);

	for (size_t k = 0; k < ARRAY_LEN(f); k++) {
		struct str once = f[k](a, s);

		assert(utf8_ok(once));
		assert(str_eq(f[k](a, once), once));
	}
	assert(str_eq(utf8_fold(a, name), utf8_fold(a, s)));
	assert(name.n == 0 || (name.p[0] != ' ' && name.p[name.n - 1] != ' '));
	assert(utf8_has_control(s) || !utf8_has_control(name));
	assert(str_find(name, '\n', 0) == name.n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = { (const char *)data, n };
	struct arena *a = arena_new();

	check_decoding(a, s);
	check_cut(s);
	check_cleaning(a, utf8_repair(a, s));
	arena_free(a);
	return 0;
}
