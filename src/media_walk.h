/*
 * The walk over a picture that both judges and copies it, format by format
 * (media_strip.c).  For the media_ files only.
 */
#ifndef MEDIA_WALK_H
#define MEDIA_WALK_H

#include "media.h"

#define WALK_CUT_OFF   "the picture is cut off: its end is missing"
#define WALK_BROKEN    "the picture is damaged"
#define WALK_NO_PIXELS "the picture is empty"
#define WALK_NOT_SHOWN "this kind of picture is not shown by browsers"

/* A copy can be longer than the original by an orientation of our own where
 * that was given in fewer bytes, and by a byte of padding. */
#define WALK_GROWTH 64

struct walk {
	const unsigned char *p;
	size_t n, i;
	/* The copy so far; to is NULL when only looking. */
	unsigned char *to;
	size_t len;
	uint32_t width, height;
	const char *why; /* static; NULL so far */
};

/* Note why; always false. */
bool walk_refuse(struct walk *w, const char *why);

/* Are there n more bytes?  Refuses otherwise. */
bool walk_have(struct walk *w, size_t n) MUST_CHECK;

/* Add to the copy. */
void walk_keep(struct walk *w, const void *p, size_t n);

/*
 * From the first byte to the end mark; false with why.  The bytes begin with
 * the format's mark, w is otherwise empty.  What is kept of a picture walks
 * to the same size and is kept whole.
 */
bool media_walk_jpeg(struct walk *w) MUST_CHECK;
bool media_walk_png(struct walk *w) MUST_CHECK;
bool media_walk_gif(struct walk *w) MUST_CHECK;
bool media_walk_webp(struct walk *w) MUST_CHECK;

/* Is it one of the extensions media_sniff gives? */
bool media_extension_ok(struct str s);

static inline uint32_t
be16(const unsigned char *p)
{
	return (uint32_t)p[0] << 8 | p[1];
}

static inline uint32_t
be32(const unsigned char *p)
{
	return be16(p) << 16 | be16(p + 2);
}

static inline uint32_t
le16(const unsigned char *p)
{
	return (uint32_t)p[1] << 8 | p[0];
}

static inline uint32_t
le24(const unsigned char *p)
{
	return (uint32_t)p[2] << 16 | le16(p);
}

static inline uint32_t
le32(const unsigned char *p)
{
	return le16(p + 2) << 16 | le16(p);
}

static inline bool
walk_begins(const unsigned char *p, size_t n, struct str with)
{
	return n >= with.n && memcmp(p, with.p, with.n) == 0;
}

#endif
