/* Bytes are refused with a sentence, or are a picture whose copy is the same
 * picture, is not copied any differently again, and tells nothing about the
 * one who took it. */
#include "config.h"

#include <assert.h>

#include "media.h"
#include "slug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static size_t
number(const char *p, size_t n)
{
	size_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | (unsigned char)p[i];
	return v;
}

static bool
is_one_of(const char *name, size_t n, const char *list)
{
	for (; *list != '\0'; list += n)
		if (memcmp(name, list, n) == 0)
			return true;
	return false;
}

/* Up to the first scan: the only EXIF block holds one entry, the orientation.
 */
static void
check_jpeg(struct str s)
{
	static const char ours[] = "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03"
				   "\0\0\0\x01\0";
	size_t blocks = 0, i = 2;

	for (; s.p[i + 1] != '\xDA'; i += 2 + number(s.p + i + 2, 2)) {
		const char *p = s.p + i + 4;

		assert(s.p[i] == '\xFF' && s.p[i + 1] != '\xFE');
		if ((s.p[i + 1] & 0xF0) != 0xE0)
			continue;
		assert(is_one_of(s.p + i + 1, 1, "\xE0\xE1\xE2\xEE"));
		if (s.p[i + 1] != '\xE1')
			continue;
		assert(blocks++ == 0 && number(p - 2, 2) == 34);
		assert(memcmp(p, ours, sizeof(ours) - 1) == 0);
		assert(p[25] >= 2 && p[25] <= 8);
		assert(number(p + 26, 6) == 0);
	}
	assert(memcmp(s.p + s.n - 2, "\xFF\xD9", 2) == 0);
}

static void
check_png(struct str s)
{
	size_t i = 8;

	for (; i < s.n; i += 12 + number(s.p + i, 4))
		assert(is_one_of(s.p + i + 4, 4,
		    "IHDRPLTEIDATIENDtRNSgAMAcHRMsRGBiCCPsBITbKGDpHYsacTL"
		    "fcTLfdAT"));
	assert(i == s.n && memcmp(s.p + i - 8, "IEND", 4) == 0);
}

static void
check_webp(struct str s)
{
	size_t i = 12, n;

	for (; i < s.n; i += 8 + n + (n & 1)) {
		n = 0;
		for (size_t k = 8; k-- > 4;)
			n = n << 8 | (unsigned char)s.p[i + k];
		assert(is_one_of(s.p + i, 4, "VP8 VP8LVP8XICCPALPHANIMANMF"));
	}
	assert(i == s.n);
}

static void
check_copy(struct str s, const char *extension)
{
	if (strcmp(extension, "jpg") == 0)
		check_jpeg(s);
	else if (strcmp(extension, "png") == 0)
		check_png(s);
	else if (strcmp(extension, "webp") == 0)
		check_webp(s);
	else
		assert(s.p[s.n - 1] == ';');
}

static void
check_name(struct str s)
{
	size_t dot = str_find(s, '.', 0);

	if (!media_file_ok(s))
		return;
	assert(s.n > 8 && slug_ok(str_sub(s, 8, dot)));
	assert(str_find(s, '.', dot + 1) == s.n);
	assert(memchr(s.p, '\0', s.n) == NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = { (const char *)data, n }, copy;
	struct arena *a = arena_new();
	struct media_kind kind, again;
	const char *why = NULL;

	check_name(s);
	if (media_sniff(s, &kind, &why) != OK) {
		assert(why != NULL && *why != '\0');
		arena_free(a);
		return 0;
	}
	assert(kind.width > 0 && kind.height > 0);
	assert((int64_t)kind.width * kind.height <= MEDIA_MAX_PIXELS);
	copy = media_strip(a, s, &kind);
	assert(copy.n <= n + 64);
	check_copy(copy, kind.extension);
	assert(media_sniff(copy, &again, &why) == OK);
	assert(strcmp(again.type, kind.type) == 0);
	assert(strcmp(again.extension, kind.extension) == 0);
	assert(again.width == kind.width && again.height == kind.height);
	assert(str_eq(media_strip(a, copy, &again), copy));
	arena_free(a);
	return 0;
}
