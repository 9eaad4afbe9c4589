/*
 * The memory of one request: take as much as you like, free nothing, and the
 * whole is emptied when the request ends.  An arena belongs to one thread.
 * Running out of memory ends the process (every input has a limit, so it is
 * the machine that is too small); whoever started the program starts it again.
 */
#ifndef ARENA_H
#define ARENA_H

#include <stdarg.h>

#include "base.h"

struct arena;

/* A new, empty arena.  Yours: arena_free. */
struct arena *arena_new(void);

/* End it and everything taken from it.  NULL is allowed. */
void arena_free(struct arena *a);

/* Empty it; what was taken is gone.  Keeps one block for the next request. */
void arena_reset(struct arena *a);

/* n zeroed bytes, aligned for any type.  Never NULL. */
void *arena_alloc(struct arena *a, size_t n) __attribute__((returns_nonnull));

/* Room for an array of n elements of size bytes, zeroed; the product may not
 * overflow (asserted).  Never NULL. */
void *arena_array(struct arena *a, size_t n, size_t size);

/* Copies.  Terminated with a NUL that is not counted. */
struct str arena_str(struct arena *a, struct str s);
char *arena_cstr(struct arena *a, struct str s);

/* Formatted text, terminated. */
struct str arena_printf(struct arena *a, const char *fmt, ...)
    PRINTF_LIKE(2, 3);

/* Process memory with the same promise: never NULL.  Yours: free. */
void *xmalloc(size_t n) __attribute__((returns_nonnull));
void *xrealloc(void *p, size_t n) __attribute__((returns_nonnull));
char *xstrdup(const char *s) __attribute__((returns_nonnull));

#endif
