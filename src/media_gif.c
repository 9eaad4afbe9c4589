/* GIF 89a. */
#include "config.h"

#include "media_walk.h"

static size_t
gif_table(unsigned char flags)
{
	return (flags & 0x80) == 0 ? 0 : (size_t)3 << ((flags & 7) + 1);
}

/* Move past blocks of a length and as many bytes, to after the empty one. */
static bool
gif_blocks(struct walk *w)
{
	size_t n;

	do {
		if (!walk_have(w, 1))
			return false;
		n = w->p[w->i++];
		if (!walk_have(w, n))
			return false;
		w->i += n;
	} while (n > 0);
	return true;
}

/* As browsers do, the first frame enlarges a screen it does not fit. */
static void
gif_grow(struct walk *w, const unsigned char *p)
{
	uint32_t right = le16(p) + le16(p + 4);
	uint32_t bottom = le16(p + 2) + le16(p + 6);

	w->width = right > w->width ? right : w->width;
	w->height = bottom > w->height ? bottom : w->height;
}

static bool
gif_frame(struct walk *w, bool first)
{
	const unsigned char *p = w->p + w->i;
	size_t from = w->i, n;

	if (!walk_have(w, 10))
		return false;
	if (first)
		gif_grow(w, p + 1);
	n = 10 + gif_table(p[9]);
	if (!walk_have(w, n + 1))
		return false;
	/* Bits of the first codes. */
	if (p[n] < 1 || p[n] > 8)
		return walk_refuse(w, WALK_BROKEN);
	w->i += n + 1;
	if (!gif_blocks(w))
		return false;
	walk_keep(w, w->p + from, w->i - from);
	return true;
}

/* How often an animation repeats, out of the blocks after the owner's name;
 * they may also say how much to read ahead, which nobody heeds. */
static void
gif_loop(struct walk *w, const unsigned char *p)
{
	for (const unsigned char *b = p + 14; b[0] > 0; b += 1 + b[0]) {
		if (b[0] != 3 || b[1] != 1)
			continue;
		walk_keep(w, p, 14);
		walk_keep(w, b, 4);
		walk_keep(w, "", 1);
		return;
	}
}

static bool
gif_extension(struct walk *w)
{
	const unsigned char *p = w->p + w->i;
	size_t from = w->i, n;

	if (!walk_have(w, 2))
		return false;
	w->i += 2;
	if (!gif_blocks(w))
		return false;
	n = w->i - from;
	/* When and how the next frame is shown: one block of four bytes. */
	if (p[1] == 0xF9 && n == 8 && p[2] == 4)
		walk_keep(w, p, n);
	else if (p[1] == 0xFF && p[2] == 11 &&
	    (memcmp(p + 3, "NETSCAPE2.0", 11) == 0 ||
		memcmp(p + 3, "ANIMEXTS1.0", 11) == 0))
		gif_loop(w, p);
	return true;
}

bool
media_walk_gif(struct walk *w)
{
	bool first = true;
	size_t head;

	if (!walk_have(w, 13) || !walk_have(w, head = 13 + gif_table(w->p[10])))
		return false;
	w->width = le16(w->p + 6);
	w->height = le16(w->p + 8);
	walk_keep(w, w->p, head);
	w->i = head;
	while (walk_have(w, 1) && w->p[w->i] != ';') {
		if (w->p[w->i] == ',') {
			if (!gif_frame(w, first))
				return false;
			first = false;
		} else if (w->p[w->i] != '!') {
			return walk_refuse(w, WALK_BROKEN);
		} else if (!gif_extension(w)) {
			return false;
		}
	}
	if (w->why != NULL)
		return false;
	walk_keep(w, ";", 1);
	return !first || walk_refuse(w, WALK_NO_PIXELS);
}
