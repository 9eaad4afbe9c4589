/* Decoding undoes encoding, never grows, and leaves what it cannot read. */
#include "config.h"

#include <assert.h>

#include "url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = { (const char *)data, n };
	struct arena *a = arena_new();

	for (int i = 0; i < 2; i++) {
		struct str encoded = url_encode(a, s, i == 1);

		assert(str_eq(url_decode(a, encoded, false), s));
		assert(str_eq(url_decode(a, encoded, true), s));
		assert(url_decode(a, s, i == 1).n <= n);
		assert(str_find(encoded, '"', 0) == encoded.n);
		assert(i == 1 || str_find(encoded, '/', 0) == encoded.n);
	}
	if (str_find(s, '%', 0) == n)
		assert(str_eq(url_decode(a, s, false), s));
	arena_free(a);
	return 0;
}
