/*
 * What every file shares: the two kinds of string, the error values, and a
 * few compiler promises.  Nothing here allocates and nothing here fails.
 */
#ifndef BASE_H
#define BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MUST_CHECK	 __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define NORETURN	 __attribute__((noreturn))
#define ARRAY_LEN(a)	 (sizeof(a) / sizeof((a)[0]))

/*
 * What a function can come back with.  The layer that fails writes the log
 * line; the others pass the value on.  cgi/response.c maps each to a status.
 */
/* clang-format off */
#define ERR_LIST(X)							\
	X(OK,		"ok")						\
	/* malformed beyond repair: not a form the visitor can correct */ \
	X(ERR_INPUT,	"malformed request")				\
	/* a body in a form we do not read */				\
	X(ERR_TYPE,	"unsupported media type")			\
	/* a host that is not ours */					\
	X(ERR_HOST,	"misdirected")					\
	/* a method this address does not have */			\
	X(ERR_METHOD,	"method not allowed")				\
	/* no such thing, or not for you: the two look the same */	\
	X(ERR_NOTFOUND,	"not found")					\
	/* allowed to nobody, or not with this session or token */	\
	X(ERR_DENIED,	"refused")					\
	/* exists already, or was changed by somebody else meanwhile */	\
	X(ERR_CONFLICT,	"conflict")					\
	/* larger than its limit */					\
	X(ERR_TOOBIG,	"too large")					\
	/* too many in too short a time */				\
	X(ERR_LIMIT,	"too many requests")				\
	/* the database stayed locked for its whole busy time */	\
	X(ERR_BUSY,	"busy")						\
	/* the database, the disk or a file failed */			\
	X(ERR_IO,	"storage failed")				\
	/* the peer hung up: end silently */				\
	X(ERR_GONE,	"peer gone")					\
	/* the configuration or an installed file is wrong */		\
	X(ERR_CONFIG,	"configuration")
/* clang-format on */

enum err {
#define X(name, text) name,
	ERR_LIST(X)
#undef X
	    ERR_MAX
};

/* A word for logs.  Static; never NULL. */
const char *err_name(enum err e);

/* Text: bytes from the world, escaped wherever they are printed. p may be
 * NULL only when n is 0. Not terminated. */
struct str {
	const char *p;
	size_t n;
};

/* Markup: trusted.  Made only by html_escape, sanitize, markdown, tmpl_render
 * and HTML("literal"). */
struct html {
	const char *p;
	size_t n;
};

#define STR(literal)  ((struct str){ "" literal, sizeof(literal) - 1 })
#define HTML(literal) ((struct html){ "" literal, sizeof(literal) - 1 })

/* A struct str of a terminated string; NULL gives the empty one.  Borrows. */
static inline struct str
str_c(const char *s)
{
	return s == NULL ? (struct str){ "", 0 } : (struct str){ s, strlen(s) };
}

static inline bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* ASCII white space off both ends.  Borrows. */
struct str str_trim(struct str s);

/* Does s begin with prefix? */
bool str_starts(struct str s, struct str prefix);

/* Position of c in s at or after from, or s.n. */
size_t str_find(struct str s, char c, size_t from);

/* The part [from, to) of s, cut to what s has.  Borrows. */
struct str str_sub(struct str s, size_t from, size_t to);

/*
 * A decimal number, the whole of s: no sign, no space, no leading zero but
 * "0" itself, at most max.  False leaves *out as it was.
 */
bool str_u64(struct str s, uint64_t max, uint64_t *out) MUST_CHECK;

#endif
