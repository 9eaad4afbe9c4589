/* PNG: W3C, third edition, which has animations too. */
#include "config.h"

#include "media_walk.h"

/* clang-format off */
static const struct {
	char name[5];
	uint32_t min, max;
} kept[] = {
	/* name		bytes of data */
	{ "IHDR",	13,	13 },
	{ "PLTE",	3,	768 },
	{ "IDAT",	0,	MEDIA_MAX_BYTES },
	{ "IEND",	0,	0 },
	{ "tRNS",	1,	256 },
	{ "gAMA",	4,	4 },
	{ "cHRM",	32,	32 },
	{ "sRGB",	1,	1 },
	{ "iCCP",	4,	MEDIA_MAX_BYTES },
	{ "sBIT",	1,	4 },
	{ "bKGD",	1,	6 },
	{ "pHYs",	9,	9 },
	{ "acTL",	8,	8 },
	{ "fcTL",	26,	26 },
	{ "fdAT",	4,	MEDIA_MAX_BYTES },
};
/* clang-format on */

static bool
png_is(const unsigned char *chunk, const char *name)
{
	return memcmp(chunk + 4, name, 4) == 0;
}

static bool
png_header(struct walk *w, const unsigned char *p)
{
	/* Bits a sample for each colour type; each is a power of two. */
	static const unsigned char depths[] = { 1 | 2 | 4 | 8 | 16, 0, 8 | 16,
		1 | 2 | 4 | 8, 8 | 16, 0, 8 | 16 };
	unsigned char depth = p[8], colour = p[9];

	w->width = be32(p);
	w->height = be32(p + 4);
	if (colour >= sizeof(depths) || (depths[colour] & depth) == 0 ||
	    (depth & (depth - 1)) != 0 || p[10] != 0 || p[11] != 0 || p[12] > 1)
		return walk_refuse(w, WALK_BROKEN);
	return true;
}

/* A chunk, n bytes of data in it.  One that a decoder must know (its first
 * letter is a capital) is kept or refuses the file; of the others those of
 * the right size on the list stay. */
static bool
png_chunk(struct walk *w, const unsigned char *chunk, size_t n)
{
	for (size_t k = 0; k < ARRAY_LEN(kept); k++) {
		if (!png_is(chunk, kept[k].name))
			continue;
		if (n < kept[k].min || n > kept[k].max)
			break;
		walk_keep(w, chunk, n + 12);
		return true;
	}
	return (chunk[4] & 0x20) != 0 || walk_refuse(w, WALK_BROKEN);
}

bool
media_walk_png(struct walk *w)
{
	const unsigned char *chunk;
	bool pixels = false;
	size_t n;

	walk_keep(w, w->p, 8);
	w->i = 8;
	do {
		chunk = w->p + w->i;
		if (!walk_have(w, 12) || !walk_have(w, n = be32(chunk)) ||
		    !walk_have(w, n + 12))
			return false;
		if ((w->i == 8) != png_is(chunk, "IHDR") ||
		    !png_chunk(w, chunk, n))
			return walk_refuse(w, WALK_BROKEN);
		if (w->i == 8 && !png_header(w, chunk + 8))
			return false;
		pixels = pixels || png_is(chunk, "IDAT");
		w->i += n + 12;
	} while (!png_is(chunk, "IEND"));
	return pixels || walk_refuse(w, WALK_NO_PIXELS);
}
