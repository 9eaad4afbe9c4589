/*
 * A growing string of bytes that is born with a maximum.  Writers return
 * nothing: what does not fit is dropped whole and a sticky flag says so, to
 * be tested once, before the bytes are used.
 */
#ifndef BUF_H
#define BUF_H

#include "arena.h"
#include "base.h"

struct buf {
	char *p;
	size_t n, cap, max;
	bool overflow;
};

/* Empty, to hold at most max bytes.  Process memory: buf_free. */
struct buf buf_new(size_t max);
void buf_free(struct buf *b);

/* Empty again, flag cleared, memory kept. */
void buf_reset(struct buf *b);

void buf_put(struct buf *b, const void *p, size_t n);
void buf_char(struct buf *b, char c);
void buf_str(struct buf *b, struct str s);
void buf_cstr(struct buf *b, const char *s);
void buf_i64(struct buf *b, int64_t v);
void buf_printf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* n bytes to be filled in by the caller before the next call, or NULL (and
 * the flag) when they do not fit. */
char *buf_room(struct buf *b, size_t n);

/* The bytes so far.  Borrowed until the next write. */
static inline struct str
buf_view(const struct buf *b)
{
	return (struct str){ b->n == 0 ? "" : b->p, b->n };
}

/* The bytes so far, copied. */
struct str buf_copy(const struct buf *b, struct arena *a);

#endif
