/* WebP: RFC 9649. */
#include "config.h"

#include "media_walk.h"

#define WEBP_ICC   0x20
#define WEBP_ALPHA 0x10
#define WEBP_ANIM  0x02

struct chunk {
	const unsigned char *name;
	const unsigned char *p; /* data */
	size_t n;
};

/* What an extended file says it is, and what was seen of it. */
struct webp {
	bool animated, picture;
};

static bool
webp_is(const struct chunk *c, const char *name)
{
	return memcmp(c->name, name, 4) == 0;
}

static bool
webp_is_picture(const struct chunk *c)
{
	return webp_is(c, "VP8 ") || webp_is(c, "VP8L");
}

/* Take the chunk off the front of *p, which ends at end.  The last one's
 * padding may be missing. */
static bool
webp_next(struct walk *w, const unsigned char **p, const unsigned char *end,
    struct chunk *out)
{
	size_t room = (size_t)(end - *p);

	if (room < 8 || le32(*p + 4) > room - 8)
		return walk_refuse(w, WALK_BROKEN);
	*out = (struct chunk){ *p, *p + 8, le32(*p + 4) };
	*p = out->p + out->n;
	if (*p < end)
		*p += out->n & 1;
	return true;
}

static void
webp_keep(struct walk *w, const struct chunk *c)
{
	walk_keep(w, c->name, 8);
	walk_keep(w, c->p, c->n);
	walk_keep(w, "", c->n & 1);
}

/* The size in a lossy or a lossless bitstream; 0 by 0 if it is none. */
static void
webp_size(const struct chunk *c, uint32_t *width, uint32_t *height)
{
	const unsigned char *p = c->p;

	*width = *height = 0;
	if (webp_is(c, "VP8 ")) {
		/* The lowest bit is 0 for a key frame. */
		if (c->n < 10 || (p[0] & 1) != 0 ||
		    memcmp(p + 3, "\x9D\x01\x2A", 3) != 0)
			return;
		*width = le16(p + 6) & 0x3FFF;
		*height = le16(p + 8) & 0x3FFF;
	} else if (c->n >= 5 && p[0] == 0x2F && (p[4] & 0xE0) == 0) {
		/* The highest three bits are the version. */
		*width = (le32(p + 1) & 0x3FFF) + 1;
		*height = (le32(p + 1) >> 14 & 0x3FFF) + 1;
	}
}

/* Is it a bitstream of exactly this size? */
static bool
webp_fits(const struct chunk *c, uint32_t width, uint32_t height)
{
	uint32_t x, y;

	if (!webp_is_picture(c))
		return false;
	webp_size(c, &x, &y);
	return x == width && y == height;
}

/* A frame lies on the canvas and holds its picture and perhaps that one's
 * transparency, nothing else. */
static bool
webp_frame(struct walk *w, const struct chunk *c)
{
	const unsigned char *p = c->p, *end = c->p + c->n;
	struct chunk part;
	uint32_t width, height;
	size_t pictures = 0;

	if (c->n < 16)
		return false;
	width = le24(p + 6) + 1;
	height = le24(p + 9) + 1;
	if (2 * le24(p) + width > w->width ||
	    2 * le24(p + 3) + height > w->height)
		return false;
	for (p += 16; p < end;) {
		if (!webp_next(w, &p, end, &part))
			return false;
		if (webp_fits(&part, width, height))
			pictures++;
		else if (!webp_is(&part, "ALPH"))
			return false;
	}
	return pictures == 1;
}

static bool
webp_chunk(struct walk *w, struct webp *v, const struct chunk *c)
{
	if (webp_is_picture(c)) {
		if (v->picture || v->animated ||
		    !webp_fits(c, w->width, w->height))
			return walk_refuse(w, WALK_BROKEN);
		v->picture = true;
	} else if (webp_is(c, "ANMF")) {
		if (!v->animated || !webp_frame(w, c))
			return walk_refuse(w, WALK_BROKEN);
		v->picture = true;
	} else if (!webp_is(c, "ICCP") && !webp_is(c, "ALPH") &&
	    !webp_is(c, "ANIM")) {
		return true;
	}
	webp_keep(w, c);
	return true;
}

/* The head of an extended file, with the flags of what may be left. */
static bool
webp_head(struct walk *w, struct webp *v, const struct chunk *c)
{
	unsigned char head[10];

	if (c->n != sizeof(head))
		return walk_refuse(w, WALK_BROKEN);
	memcpy(head, c->p, sizeof(head));
	head[0] &= WEBP_ICC | WEBP_ALPHA | WEBP_ANIM;
	head[1] = head[2] = head[3] = 0;
	v->animated = (head[0] & WEBP_ANIM) != 0;
	w->width = le24(head + 4) + 1;
	w->height = le24(head + 7) + 1;
	webp_keep(w, &(struct chunk){ c->name, head, sizeof(head) });
	return true;
}

static bool
webp_chunks(struct walk *w, const unsigned char *p, const unsigned char *end)
{
	struct webp v = { 0 };
	struct chunk c;

	if (!webp_next(w, &p, end, &c))
		return false;
	if (webp_is_picture(&c)) {
		webp_size(&c, &w->width, &w->height);
		webp_keep(w, &c);
		return true;
	}
	if (!webp_is(&c, "VP8X"))
		return walk_refuse(w, WALK_BROKEN);
	if (!webp_head(w, &v, &c))
		return false;
	while (p < end)
		if (!webp_next(w, &p, end, &c) || !webp_chunk(w, &v, &c))
			return false;
	return v.picture || walk_refuse(w, WALK_NO_PIXELS);
}

bool
media_walk_webp(struct walk *w)
{
	size_t n = le32(w->p + 4);

	if (!walk_begins(w->p, w->n, STR("RIFF")) || n < 4)
		return walk_refuse(w, WALK_BROKEN);
	if (n > w->n - 8)
		return walk_refuse(w, WALK_CUT_OFF);
	walk_keep(w, w->p, 12);
	if (!webp_chunks(w, w->p + 12, w->p + 8 + n))
		return false;
	if (w->to != NULL)
		for (int i = 0; i < 4; i++)
			w->to[4 + i] = (unsigned char)((w->len - 8) >> (8 * i));
	return true;
}
