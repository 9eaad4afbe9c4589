/* JPEG: ITU T.81, JFIF 1.02, Exif 2.32. */
#include "config.h"

#include "media_walk.h"

enum {
	M_SOF0 = 0xC0,
	M_SOF1 = 0xC1,
	M_SOF2 = 0xC2,
	M_DHT = 0xC4,
	M_RST0 = 0xD0,
	M_RST7 = 0xD7,
	M_EOI = 0xD9,
	M_SOS = 0xDA,
	M_DQT = 0xDB,
	M_DNL = 0xDC,
	M_DRI = 0xDD,
	M_APP0 = 0xE0,
	M_APP1 = 0xE1,
	M_APP2 = 0xE2,
	M_APP14 = 0xEE,
	M_APP15 = 0xEF,
	M_COM = 0xFE
};

/* "JFIF", version, density, size of a thumbnail; the thumbnail follows. */
#define JFIF_BYTES 14
/* "Adobe", version, flags, colour transform. */
#define ADOBE_BYTES 12
/* Where the orientation is in a block of ours. */
#define EXIF_VALUE 25

struct jpeg {
	int orientation; /* 0: no EXIF seen */
	bool jfif, frame, scan;
};

static uint32_t
tiff16(const unsigned char *p, bool little)
{
	return little ? le16(p) : be16(p);
}

/* From 1 to 8; 1, as it lies, when the block does not say. */
static int
exif_orientation(const unsigned char *p, size_t n)
{
	bool little = walk_begins(p, n, STR("II*\0"));
	size_t at, count;

	if (n < 8 || (!little && !walk_begins(p, n, STR("MM\0*"))))
		return 1;
	at = little ? le32(p + 4) : be32(p + 4);
	if (at > n - 2)
		return 1;
	count = tiff16(p + at, little);
	for (at += 2; count > 0 && n - at >= 12; count--, at += 12) {
		uint32_t v = tiff16(p + at + 8, little);

		if (tiff16(p + at, little) == 0x112 &&
		    tiff16(p + at + 2, little) == 3)
			return v >= 1 && v <= 8 ? (int)v : 1;
	}
	return 1;
}

static void
jpeg_keep(struct walk *w, int marker, const void *p, size_t n)
{
	unsigned char head[] = { 0xFF, (unsigned char)marker,
		(unsigned char)((n + 2) >> 8), (unsigned char)(n + 2) };

	walk_keep(w, head, sizeof(head));
	walk_keep(w, p, n);
}

/* Only the first block counts, as in browsers.  Without the orientation a
 * photo taken upright would lie on its side. */
static void
jpeg_exif(struct walk *w, struct jpeg *j, const unsigned char *p, size_t n)
{
	unsigned char ours[] = { 'E', 'x', 'i', 'f', 0, 0,
		/* big-endian, first directory at 8, one entry */
		'M', 'M', 0, '*', 0, 0, 0, 8, 0, 1,
		/* orientation, a short, one, its value */
		1, 0x12, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0,
		/* no more directories */
		0, 0, 0, 0 };

	if (j->orientation != 0 || j->scan)
		return;
	j->orientation = exif_orientation(p + 6, n - 6);
	if (j->orientation == 1)
		return;
	ours[EXIF_VALUE] = (unsigned char)j->orientation;
	jpeg_keep(w, M_APP1, ours, sizeof(ours));
}

/* A thumbnail may show what was cropped away, so JFIF and Adobe blocks are
 * cut to their fixed parts. */
static void
jpeg_app(struct walk *w, struct jpeg *j, int m, const unsigned char *p,
    size_t n)
{
	unsigned char jfif[JFIF_BYTES];

	if (m == M_APP0 && n >= JFIF_BYTES && !j->jfif &&
	    walk_begins(p, n, STR("JFIF\0"))) {
		memcpy(jfif, p, sizeof(jfif));
		jfif[JFIF_BYTES - 2] = jfif[JFIF_BYTES - 1] = 0;
		jpeg_keep(w, m, jfif, sizeof(jfif));
		j->jfif = true;
	} else if (m == M_APP1 && walk_begins(p, n, STR("Exif\0\0"))) {
		jpeg_exif(w, j, p, n);
	} else if (m == M_APP2 && walk_begins(p, n, STR("ICC_PROFILE\0"))) {
		jpeg_keep(w, m, p, n);
	} else if (m == M_APP14 && n >= ADOBE_BYTES &&
	    walk_begins(p, n, STR("Adobe"))) {
		jpeg_keep(w, m, p, ADOBE_BYTES);
	}
}

static bool
jpeg_frame(struct walk *w, struct jpeg *j, int m, const unsigned char *p,
    size_t n)
{
	if (j->frame || n < 6 || n != 6 + 3 * (size_t)p[5])
		return walk_refuse(w, WALK_BROKEN);
	if (p[0] != 8 || (p[5] != 1 && p[5] != 3 && p[5] != 4))
		return walk_refuse(w, WALK_NOT_SHOWN);
	w->height = be16(p + 1);
	w->width = be16(p + 3);
	j->frame = true;
	jpeg_keep(w, m, p, n);
	return true;
}

/* Move past the coded pixels: 0xFF is data before 0, a restart mark before
 * 0xD0 to 0xD7, filling before 0xFF, and else begins the next segment. */
static void
jpeg_pixels(struct walk *w)
{
	const unsigned char *p;
	size_t from = w->i;

	while ((p = memchr(w->p + w->i, 0xFF, w->n - w->i)) != NULL) {
		w->i = (size_t)(p - w->p);
		if (w->n - w->i < 2)
			break;
		if (p[1] == 0xFF)
			w->i++;
		else if (p[1] == 0 || (p[1] >= M_RST0 && p[1] <= M_RST7))
			w->i += 2;
		else
			break;
	}
	if (p == NULL)
		w->i = w->n;
	walk_keep(w, w->p + from, w->i - from);
}

static bool
jpeg_scan(struct walk *w, struct jpeg *j, const unsigned char *p, size_t n)
{
	if (!j->frame || n < 4 || p[0] < 1 || p[0] > 4 ||
	    n != 4 + 2 * (size_t)p[0])
		return walk_refuse(w, WALK_BROKEN);
	jpeg_keep(w, M_SOS, p, n);
	jpeg_pixels(w);
	j->scan = true;
	return true;
}

static bool
jpeg_segment(struct walk *w, struct jpeg *j, int m)
{
	const unsigned char *p = w->p + w->i;
	size_t n;

	if (!walk_have(w, 2) || !walk_have(w, n = be16(p)))
		return false;
	if (n < 2)
		return walk_refuse(w, WALK_BROKEN);
	w->i += n;
	p += 2;
	n -= 2;
	switch (m) {
	case M_SOF0:
	case M_SOF1:
	case M_SOF2:
		return jpeg_frame(w, j, m, p, n);
	case M_SOS:
		return jpeg_scan(w, j, p, n);
	case M_DHT:
	case M_DQT:
	case M_DRI:
		jpeg_keep(w, m, p, n);
		return true;
	case M_DNL:
	case M_COM:
		return true;
	default:
		if (m < M_APP0 || m > M_APP15)
			return walk_refuse(w, WALK_NOT_SHOWN);
		jpeg_app(w, j, m, p, n);
		return true;
	}
}

/* The next marker, or -1. */
static int
jpeg_marker(struct walk *w)
{
	if (!walk_have(w, 2))
		return -1;
	if (w->p[w->i] != 0xFF) {
		w->why = WALK_BROKEN;
		return -1;
	}
	while (w->i < w->n && w->p[w->i] == 0xFF)
		w->i++;
	return walk_have(w, 1) ? w->p[w->i++] : -1;
}

bool
media_walk_jpeg(struct walk *w)
{
	struct jpeg j = { 0 };
	int m;

	walk_keep(w, w->p, 2);
	w->i = 2;
	while ((m = jpeg_marker(w)) != M_EOI)
		if (m < 0 || !jpeg_segment(w, &j, m))
			return false;
	if (!j.scan)
		return walk_refuse(w, WALK_NO_PIXELS);
	walk_keep(w, "\xFF\xD9", 2);
	if (j.orientation >= 5) {
		uint32_t turned = w->width;

		w->width = w->height;
		w->height = turned;
	}
	return true;
}
