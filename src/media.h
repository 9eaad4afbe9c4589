/*
 * Pictures: recognised by content, never by name; stored without the data
 * cameras put into them.
 */
#ifndef MEDIA_H
#define MEDIA_H

#include "store.h"

#define MEDIA_MAX_BYTES	 (32 * 1024 * 1024)
#define MEDIA_MAX_PIXELS 100000000

struct media {
	int64_t id;
	struct str file; /* relative to media/ */
	struct str type;
	/* as shown: a photo that is kept turned has them turned */
	int width, height;
	struct str alt, caption, credit, credit_url;
};

/* ERR_NOTFOUND. */
enum err media_get(struct db *pub, struct arena *a, int64_t id,
    struct media *out) MUST_CHECK;
enum err media_by_file(struct db *pub, struct arena *a, struct str file,
    struct media *out) MUST_CHECK;

/* What the bytes are. */
struct media_kind {
	const char *type, *extension; /* "image/jpeg", "jpg" */
	int width, height;
};

/*
 * JPEG, PNG, GIF or WebP with sane dimensions; *why (static) tells a person
 * what is wrong otherwise (ERR_INPUT).
 */
enum err media_sniff(struct str bytes, struct media_kind *out,
    const char **why) MUST_CHECK;

/* bytes without EXIF, XMP, IPTC and comments; colour profile and pixels as
 * they were.  bytes passed media_sniff. */
struct str media_strip(struct arena *a, struct str bytes,
    const struct media_kind *kind);

/*
 * Store a picture under media/ as YYYY/MM/name.ext (name from the given one,
 * made safe, with a number when taken) and its row.  The same bytes again
 * give the first one's id and file and change nothing.  m: alt, caption,
 * credit and credit_url are read, the rest is filled in; untouched on
 * failure.  ERR_INPUT with *why; ERR_CONFLICT: a row has the name, but the
 * file is missing (a database restored without media/); ERR_BUSY, ERR_IO.
 */
enum err media_add(struct store *s, struct arena *a, const char *dir,
    struct str name, struct str bytes, int64_t now, struct media *m,
    const char **why) MUST_CHECK;

/* Is it a name media_add makes?  Guards the path of /media/. */
bool media_file_ok(struct str file);

#endif
