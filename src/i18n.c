#include "config.h"

#include <assert.h>
#include <stdio.h>

#include "buf.h"
#include "i18n.h"

/* {1} to {4}. */
#define ARGS_MAX 4

static const struct {
	const char *code, *locale, *name, *dir, *thousands;
	int clock;
} languages[LANG_MAX] = {
#define LANGUAGE(code, locale, name, dir, thousands, clock)                    \
	[LANG_##code] = { #code, locale, name, dir, thousands, clock },
#include "messages.h"
};

static const char *const names[MSG_MAX] = {
#define MESSAGE(key, name) [MSG_##key] = name,
#include "messages.h"
};

static const struct str texts[LANG_MAX][MSG_MAX] = {
#define TEXT(code, key, text)                                                  \
	[LANG_##code][MSG_##key] = { text, sizeof(text) - 1 },
#include "messages.h"
};

bool
lang_find(struct str code, enum lang *out)
{
	for (int l = 0; l < LANG_MAX; l++) {
		if (str_eq(code, str_c(languages[l].code))) {
			*out = (enum lang)l;
			return true;
		}
	}
	return false;
}

const char *
lang_code(enum lang l)
{
	return languages[l].code;
}

const char *
lang_locale(enum lang l)
{
	return languages[l].locale;
}

const char *
lang_name(enum lang l)
{
	return languages[l].name;
}

const char *
lang_dir(enum lang l)
{
	return languages[l].dir;
}

bool
lang_clock_12(enum lang l)
{
	return languages[l].clock == 12;
}

struct str
msg(enum lang l, enum msg m)
{
	assert((unsigned)l < LANG_MAX && (unsigned)m < MSG_MAX);
	return texts[l][m];
}

bool
msg_find(struct str name, enum msg *out)
{
	for (int m = 0; m < MSG_MAX; m++) {
		if (str_eq(name, str_c(names[m]))) {
			*out = (enum msg)m;
			return true;
		}
	}
	return false;
}

/* The argument that the placeholder at i stands for.  The build has refused
 * every other use of a brace. */
static struct str
argument(struct str text, size_t i, const struct str *args, size_t nargs)
{
	size_t n = (size_t)(text.p[i + 1] - '1');

	assert(n < nargs);
	return args[n];
}

struct str
msg_fmt(struct arena *a, enum lang l, enum msg m, const struct str *args,
    size_t nargs)
{
	struct str text = msg(l, m);
	size_t n = 0, from, at;
	char *out;

	for (at = 0; (at = str_find(text, '{', at)) < text.n; at += 3)
		n += argument(text, at, args, nargs).n;
	out = arena_alloc(a, text.n + n + 1);
	n = 0;
	for (from = 0; from < text.n; from = at + 3) {
		struct str arg = { "", 0 };

		at = str_find(text, '{', from);
		memcpy(out + n, text.p + from, at - from);
		n += at - from;
		if (at < text.n)
			arg = argument(text, at, args, nargs);
		if (arg.n > 0)
			memcpy(out + n, arg.p, arg.n);
		n += arg.n;
	}
	return (struct str){ out, n };
}

struct str
msg_number(struct arena *a, enum lang l, int64_t n)
{
	const char *separator = languages[l].thousands;
	size_t size = strlen(separator), used = 0;
	char digits[24], *out;
	int len = snprintf(digits, sizeof(digits), "%lld", (long long)n);

	out = arena_array(a, (size_t)len, 1 + size);
	for (int i = 0; i < len; i++) {
		if (i > (n < 0) && (len - i) % 3 == 0) {
			memcpy(out + used, separator, size);
			used += size;
		}
		out[used++] = digits[i];
	}
	return (struct str){ out, used };
}

struct str
msg_count(struct arena *a, enum lang l, enum msg one, enum msg other, int64_t n,
    const struct str *more, size_t nmore)
{
	struct str args[ARGS_MAX] = { msg_number(a, l, n) };

	assert(nmore < ARGS_MAX);
	for (size_t i = 0; i < nmore; i++)
		args[i + 1] = more[i];
	return msg_fmt(a, l, n == 1 ? one : other, args, nmore + 1);
}
