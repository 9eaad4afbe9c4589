/*
 * What the bytes of a picture are, and the same picture without what was not
 * meant for its readers.  One walk a format does both: it checks every length
 * from the first byte to the end mark, and copies what is on its list.  So
 * what is accepted can be copied, what is not understood is refused, and what
 * follows the end mark is never copied.  Pixels are not decoded.
 */
#include "config.h"

#include <assert.h>

#include "media_walk.h"

bool
walk_refuse(struct walk *w, const char *why)
{
	w->why = why;
	return false;
}

bool
walk_have(struct walk *w, size_t n)
{
	return n <= w->n - w->i || walk_refuse(w, WALK_CUT_OFF);
}

void
walk_keep(struct walk *w, const void *p, size_t n)
{
	if (w->to != NULL) {
		assert(n <= w->n + WALK_GROWTH - w->len);
		memcpy(w->to + w->len, p, n);
	}
	w->len += n;
}
/* clang-format off */
static const struct format {
	const char *type, *extension;
	bool (*walk)(struct walk *);
	/* bytes that tell it, and where they are */
	struct str mark;
	size_t at;
} formats[] = {
#define MARK(s) { s, sizeof(s) - 1 }
	{ "image/jpeg",	"jpg",	media_walk_jpeg, MARK("\xFF\xD8\xFF"),	0 },
	{ "image/png",	"png",	media_walk_png,	 MARK("\x89PNG\r\n\x1A\n"), 0 },
	{ "image/gif",	"gif",	media_walk_gif,	 MARK("GIF87a"),	0 },
	{ "image/gif",	"gif",	media_walk_gif,	 MARK("GIF89a"),	0 },
	{ "image/webp",	"webp",	media_walk_webp, MARK("WEBP"),		8 },
#undef MARK
};
/* clang-format on */

static const struct format *
format_find(struct str bytes)
{
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		const struct format *f = &formats[i];

		if (str_eq(str_sub(bytes, f->at, f->at + f->mark.n), f->mark))
			return f;
	}
	return NULL;
}

bool
media_extension_ok(struct str s)
{
	for (size_t i = 0; i < ARRAY_LEN(formats); i++)
		if (str_eq(s, str_c(formats[i].extension)))
			return true;
	return false;
}

/* word is in lower case. */
static bool
mentions(struct str s, struct str word)
{
	for (size_t i = 0; i + word.n <= s.n; i++) {
		size_t k = 0;

		while (k < word.n && (s.p[i + k] | 0x20) == word.p[k])
			k++;
		if (k == word.n)
			return true;
	}
	return false;
}

/* What to say about something else.  Only the words depend on it, so looking
 * at the beginning will do. */
static const char *
why_no_picture(struct str bytes)
{
	struct str head = str_sub(bytes, 0, 1024);

	if (bytes.n == 0)
		return "the file is empty";
	if (str_eq(str_sub(head, 4, 8), STR("ftyp")))
		return "HEIC, AVIF and films are not taken: save the picture "
		       "as JPEG";
	if (str_starts(head, STR("\xEF\xBB\xBF")))
		head = str_sub(head, 3, head.n);
	if (!str_starts(str_trim(head), STR("<")))
		return "this is not a JPEG, PNG, GIF or WebP picture";
	if (mentions(head, STR("<svg")))
		return "SVG is not taken, because it can hold programs: save "
		       "the picture as PNG";
	return "this is a web page or another text, not a picture";
}

static const char *
why_not_this_size(const struct walk *w)
{
	if (w->width == 0 || w->height == 0)
		return WALK_NO_PIXELS;
	if ((uint64_t)w->width * w->height > MEDIA_MAX_PIXELS)
		return "the picture has more than 100 million pixels";
	return NULL;
}

static struct walk
walk_begin(struct str bytes)
{
	return (struct walk){ .p = (const unsigned char *)bytes.p,
		.n = bytes.n };
}

enum err
media_sniff(struct str bytes, struct media_kind *out, const char **why)
{
	const struct format *f = format_find(bytes);
	struct walk w = walk_begin(bytes);

	if (f == NULL)
		w.why = why_no_picture(bytes);
	else if (bytes.n > MEDIA_MAX_BYTES)
		w.why = "the file is larger than 32 MiB";
	else if (f->walk(&w))
		w.why = why_not_this_size(&w);
	if (w.why != NULL) {
		*why = w.why;
		return ERR_INPUT;
	}
	*out = (struct media_kind){ f->type, f->extension, (int)w.width,
		(int)w.height };
	return OK;
}

struct str
media_strip(struct arena *a, struct str bytes, const struct media_kind *kind)
{
	const struct format *f = format_find(bytes);
	struct walk w = walk_begin(bytes);
	bool ok;

	assert(f != NULL && strcmp(f->type, kind->type) == 0);
	w.to = arena_alloc(a, bytes.n + WALK_GROWTH);
	ok = f->walk(&w);
	assert(ok);
	return (struct str){ (const char *)w.to, w.len };
}
