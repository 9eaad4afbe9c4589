#include "config.h"

#include <assert.h>

#include <utf8proc.h>

#include "utf8.h"

/* The longest compatibility decomposition is 18 code points (U+FDFA). */
#define DECOMPOSED_MAX 32

/* Below this no code point takes part in composition or reordering. */
#define FIRST_COMBINING 0x300

struct range {
	uint32_t from, to;
};

/* Code points of one text, in an arena. */
struct points {
	struct arena *a;
	utf8proc_int32_t *p;
	size_t n, cap;
};

/* ---- reading and writing -------------------------------------------- */

/* utf8_next, but an honest U+FFFD in the text is not an error. */
static bool
decode(struct str s, size_t *i, uint32_t *out)
{
	unsigned char c = (unsigned char)s.p[(*i)++];
	unsigned lo = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
	unsigned hi = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
	int more = c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
	uint32_t v = c & (0x3FU >> more);

	*out = c;
	if (c < 0x80)
		return true;
	*out = UTF8_BAD;
	if (c < 0xC2 || c > 0xF4)
		return false;
	for (; more > 0; more--) {
		unsigned b = *i < s.n ? (unsigned char)s.p[*i] : 0;

		if (b < lo || b > hi)
			return false;
		v = v << 6 | (b & 0x3F);
		lo = 0x80;
		hi = 0xBF;
		(*i)++;
	}
	*out = v;
	return true;
}

uint32_t
utf8_next(struct str s, size_t *i)
{
	uint32_t c;

	assert(*i < s.n);
	(void)decode(s, i, &c);
	return c;
}

bool
utf8_ok(struct str s)
{
	uint32_t c;

	for (size_t i = 0; i < s.n;) {
		if ((unsigned char)s.p[i] < 0x80)
			i++;
		else if (!decode(s, &i, &c))
			return false;
	}
	return true;
}

size_t
utf8_put(char *to, uint32_t c)
{
	static const unsigned char lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	for (size_t i = n; i > 1; i--) {
		to[i - 1] = (char)(0x80 | (c & 0x3F));
		c >>= 6;
	}
	to[0] = (char)(lead[n] | c);
	return n;
}

size_t
utf8_count(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; n++)
		(void)utf8_next(s, &i);
	return n;
}

struct str
utf8_repair(struct arena *a, struct str s)
{
	size_t n = 0;
	char *out;

	if (utf8_ok(s))
		return s;
	/* A bad byte becomes three. */
	out = arena_array(a, s.n, 3);
	for (size_t i = 0; i < s.n;)
		n += utf8_put(out + n, utf8_next(s, &i));
	return (struct str){ out, n };
}

struct str
utf8_cut(struct str s, size_t max)
{
	if (s.n <= max)
		return s;
	for (size_t back = 0; back < 4 && back <= max; back++)
		if (((unsigned char)s.p[max - back] & 0xC0) != 0x80)
			return str_sub(s, 0, max - back);
	return str_sub(s, 0, max);
}

bool
utf8_has_control(struct str s)
{
	for (size_t i = 0; i < s.n;) {
		uint32_t c = utf8_next(s, &i);

		if (c == '\t' || c == '\n' || c == '\r')
			continue;
		if (c < 0x20 || (c >= 0x7F && c < 0xA0))
			return true;
	}
	return false;
}

/* ---- what a code point is -------------------------------------------- */

static bool
in_ranges(uint32_t c, const struct range *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (c >= r[i].from && c <= r[i].to)
			return true;
	return false;
}

static utf8proc_category_t
category(uint32_t c)
{
	return utf8proc_category((utf8proc_int32_t)c);
}

static bool
is_line_end(uint32_t c)
{
	return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

/* U+2800 is a blank of Braille that looks like a space. */
static bool
is_white(uint32_t c)
{
	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r');
	switch (category(c)) {
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		return c == 0x2800;
	}
}

static bool
is_joiner(uint32_t c)
{
	return c == 0x200C || c == 0x200D;
}

/* Takes no ink: format characters, fillers, variation selectors, tags. */
static bool
is_invisible(uint32_t c)
{
	/* Format characters by category, yet they print. */
	static const struct range inked[] = { { 0x600, 0x605 },
		{ 0x6DD, 0x6DD }, { 0x70F, 0x70F }, { 0x890, 0x891 },
		{ 0x8E2, 0x8E2 }, { 0x110BD, 0x110BD }, { 0x110CD, 0x110CD } };
	/* Of other categories, yet they print nothing. */
	static const struct range blank[] = { { 0x34F, 0x34F },
		{ 0x115F, 0x1160 }, { 0x17B4, 0x17B5 }, { 0x180B, 0x180F },
		{ 0x2060, 0x206F }, { 0x3164, 0x3164 }, { 0xFE00, 0xFE0F },
		{ 0xFFA0, 0xFFA0 }, { 0xE0000, 0xE0FFF } };

	if (c < 0xAD)
		return false;
	if (in_ranges(c, blank, ARRAY_LEN(blank)))
		return true;
	return category(c) == UTF8PROC_CATEGORY_CF &&
	    !in_ranges(c, inked, ARRAY_LEN(inked));
}

static bool
is_mark(uint32_t c)
{
	utf8proc_category_t k = category(c);

	return k >= UTF8PROC_CATEGORY_MN && k <= UTF8PROC_CATEGORY_ME;
}

static bool
is_emoji(uint32_t c)
{
	return (c >= 0x1F3FB && c <= 0x1F3FF) ||
	    utf8proc_get_property((utf8proc_int32_t)c)->boundclass ==
	    UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

static bool
is_letter_or_emoji(uint32_t c)
{
	utf8proc_category_t k = category(c);

	return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO) ||
	    is_emoji(c);
}

/* ---- normal forms ----------------------------------------------------- */

static struct points
points_new(struct arena *a, size_t cap)
{
	return (struct points){ a, arena_array(a, cap + 1, 4), 0, cap + 1 };
}

static void
points_add(struct points *t, uint32_t c)
{
	if (t->n == t->cap) {
		size_t cap = t->cap * 2;
		utf8proc_int32_t *p = arena_array(t->a, cap, sizeof(*p));

		memcpy(p, t->p, t->n * sizeof(*p));
		t->p = p;
		t->cap = cap;
	}
	t->p[t->n++] = (utf8proc_int32_t)c;
}

/* c taken apart, without canonical order; how many are in to. */
static size_t
take_apart(uint32_t c, int options, utf8proc_int32_t to[DECOMPOSED_MAX])
{
	utf8proc_ssize_t n;

	/* utf8proc's table search is slower than this line. */
	if (c < 0x80 && (options & UTF8PROC_CASEFOLD) == 0) {
		to[0] = (utf8proc_int32_t)c;
		return 1;
	}
	n = utf8proc_decompose_char((utf8proc_int32_t)c, to, DECOMPOSED_MAX,
	    (utf8proc_option_t)(options | UTF8PROC_DECOMPOSE), NULL);
	assert(n >= 0 && n <= DECOMPOSED_MAX);
	return (size_t)n;
}

static unsigned
combining_class(utf8proc_int32_t c)
{
	/* The class is a byte (Unicode 15, §4.3). */
	return c < FIRST_COMBINING
	    ? 0
	    : (unsigned)utf8proc_get_property(c)->combining_class & 0xFF;
}

/* Put n combining marks in the order of their classes, stable. */
static void
sort_marks(struct arena *a, utf8proc_int32_t *p, size_t n)
{
	size_t start[257] = { 0 };
	utf8proc_int32_t *copy = arena_array(a, n, sizeof(*copy));

	memcpy(copy, p, n * sizeof(*p));
	for (size_t i = 0; i < n; i++)
		start[combining_class(copy[i]) + 1]++;
	for (size_t k = 1; k < ARRAY_LEN(start); k++)
		start[k] += start[k - 1];
	for (size_t i = 0; i < n; i++)
		p[start[combining_class(copy[i])]++] = copy[i];
}

/*
 * Canonical order (Unicode 15, D109).  utf8proc_decompose would do it by
 * exchanging neighbours, which a comment of 8000 accents makes quadratic.
 */
static void
order_marks(struct points *t)
{
	for (size_t i = 0; i < t->n;) {
		size_t from = i;
		bool sorted = true;

		for (; i < t->n; i++) {
			unsigned k = combining_class(t->p[i]);

			if (k == 0)
				break;
			if (i > from && k < combining_class(t->p[i - 1]))
				sorted = false;
		}
		if (!sorted)
			sort_marks(t->a, t->p + from, i - from);
		if (i == from)
			i++;
	}
}

/* Order and compose what has been taken apart. */
static void
compose(struct points *t)
{
	utf8proc_ssize_t n;

	order_marks(t);
	n = utf8proc_normalize_utf32(
	    t->p, (utf8proc_ssize_t)t->n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
	assert(n >= 0 && (size_t)n <= t->n);
	t->n = (size_t)n;
}

/* t in Normalization Form C. */
static struct points
nfc(const struct points *t)
{
	struct points out;
	size_t i;

	for (i = 0; i < t->n && t->p[i] < FIRST_COMBINING; i++)
		continue;
	if (i == t->n)
		return *t;
	out = points_new(t->a, t->n);
	for (i = 0; i < t->n; i++) {
		utf8proc_int32_t part[DECOMPOSED_MAX];
		size_t n = take_apart((uint32_t)t->p[i], 0, part);

		for (size_t k = 0; k < n; k++)
			points_add(&out, (uint32_t)part[k]);
	}
	compose(&out);
	return out;
}

static struct str
points_text(const struct points *t)
{
	char *out = arena_array(t->a, t->n + 1, 4);
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		n += utf8_put(out + n, (uint32_t)t->p[i]);
	return (struct str){ out, n };
}

/* ---- what is done to text --------------------------------------------- */

static uint32_t
last_point(const struct points *t)
{
	return t->n == 0 ? ' ' : (uint32_t)t->p[t->n - 1];
}

/*
 * Append the next visible code point of a name.  joiner is one that waits to
 * see whether it stands where it has a meaning (Persian, Indic, emoji).
 */
static void
name_add(struct points *t, uint32_t c, uint32_t *joiner)
{
	uint32_t before = last_point(t);

	if (*joiner != 0 && is_letter_or_emoji(c) &&
	    (is_letter_or_emoji(before) || is_mark(before)))
		points_add(t, *joiner);
	*joiner = 0;
	points_add(t, c);
}

struct str
utf8_name(struct arena *a, struct str s)
{
	struct points t = points_new(a, s.n);
	uint32_t joiner = 0;
	bool gap = false;

	for (size_t i = 0; i < s.n;) {
		uint32_t c = utf8_next(s, &i);

		if (is_joiner(c)) {
			joiner = gap ? 0 : c;
		} else if (is_white(c)) {
			gap = true;
			joiner = 0;
		} else if (!is_invisible(c)) {
			if (gap && t.n > 0)
				points_add(&t, ' ');
			gap = false;
			name_add(&t, c, &joiner);
		}
	}
	t = nfc(&t);
	return points_text(&t);
}

/*
 * Letters that pass for a Latin one (or a digit) in a name.  Capitals and
 * small letters have rows of their own where they look like different ones.
 * I, i, 1, | and l are one, and so are 0 and o: which of them is meant no
 * reader can tell in every typeface.
 */
/* clang-format off */
static const struct {
	uint16_t c;
	char like;
} alike[] = {
	{ '0', 'o' }, { '1', 'l' }, { 'I', 'l' }, { 'i', 'l' }, { '|', 'l' },
	/* Latin */
	{ 0x00D8, 'o' }, { 0x00F8, 'o' }, { 0x0110, 'd' }, { 0x0111, 'd' },
	{ 0x0126, 'h' }, { 0x0127, 'h' }, { 0x0131, 'l' }, { 0x0141, 'l' },
	{ 0x0142, 'l' }, { 0x0166, 't' }, { 0x0167, 't' }, { 0x0180, 'b' },
	{ 0x0197, 'l' }, { 0x01C0, 'l' }, { 0x0237, 'j' }, { 0x0251, 'a' },
	{ 0x0261, 'g' }, { 0x0268, 'l' }, { 0x0269, 'l' }, { 0x026A, 'l' },
	{ 0x028B, 'u' }, { 0x028F, 'y' }, { 0x1D04, 'c' }, { 0x1D0F, 'o' },
	{ 0x1D1C, 'u' }, { 0x1D20, 'v' }, { 0x1D21, 'w' }, { 0x1D22, 'z' },
	/* Greek capitals */
	{ 0x0391, 'a' }, { 0x0392, 'b' }, { 0x0395, 'e' }, { 0x0396, 'z' },
	{ 0x0397, 'h' }, { 0x0399, 'l' }, { 0x039A, 'k' }, { 0x039C, 'm' },
	{ 0x039D, 'n' }, { 0x039F, 'o' }, { 0x03A1, 'p' }, { 0x03A4, 't' },
	{ 0x03A5, 'y' }, { 0x03A7, 'x' }, { 0x03F9, 'c' }, { 0x037F, 'j' },
	/* Greek small letters */
	{ 0x03B1, 'a' }, { 0x03B3, 'y' }, { 0x03B5, 'e' }, { 0x03B7, 'n' },
	{ 0x03B9, 'l' }, { 0x03BA, 'k' }, { 0x03BD, 'v' }, { 0x03BF, 'o' },
	{ 0x03C1, 'p' }, { 0x03C3, 'o' }, { 0x03C4, 't' }, { 0x03C5, 'u' },
	{ 0x03C7, 'x' }, { 0x03C9, 'w' }, { 0x03F2, 'c' }, { 0x03F3, 'j' },
	/* Cyrillic capitals */
	{ 0x0405, 's' }, { 0x0406, 'l' }, { 0x0408, 'j' }, { 0x0410, 'a' },
	{ 0x0412, 'b' }, { 0x0415, 'e' }, { 0x0417, '3' }, { 0x041A, 'k' },
	{ 0x041C, 'm' }, { 0x041D, 'h' }, { 0x041E, 'o' }, { 0x0420, 'p' },
	{ 0x0421, 'c' }, { 0x0422, 't' }, { 0x0423, 'y' }, { 0x0425, 'x' },
	{ 0x042C, 'b' }, { 0x0474, 'v' }, { 0x04AE, 'y' }, { 0x04C0, 'l' },
	{ 0x04E0, '3' }, { 0x050C, 'g' }, { 0x051A, 'q' }, { 0x051C, 'w' },
	/* Cyrillic small letters */
	{ 0x0430, 'a' }, { 0x0432, 'b' }, { 0x0433, 'r' }, { 0x0435, 'e' },
	{ 0x0437, '3' }, { 0x043A, 'k' }, { 0x043C, 'm' }, { 0x043D, 'h' },
	{ 0x043E, 'o' }, { 0x043F, 'n' }, { 0x0440, 'p' }, { 0x0441, 'c' },
	{ 0x0442, 't' }, { 0x0443, 'y' }, { 0x0445, 'x' }, { 0x044C, 'b' },
	{ 0x0455, 's' }, { 0x0456, 'l' }, { 0x0458, 'j' }, { 0x0475, 'v' },
	{ 0x04AF, 'y' }, { 0x04BB, 'h' }, { 0x04CF, 'l' }, { 0x04E1, '3' },
	{ 0x0501, 'd' }, { 0x050D, 'g' }, { 0x051B, 'q' }, { 0x051D, 'w' },
	/* Armenian */
	{ 0x0570, 'h' }, { 0x0578, 'n' }, { 0x057D, 'u' }, { 0x0585, 'o' },
};
/* clang-format on */

/* What c looks like, or c. */
static uint32_t
look(uint32_t c)
{
	for (size_t i = 0; i < ARRAY_LEN(alike); i++)
		if (alike[i].c == c)
			return (unsigned char)alike[i].like;
	return c;
}

/*
 * What makes no difference to who somebody seems to be.  Of the marks only
 * those of the general blocks and the Hebrew and Arabic points: the vowels
 * of Indic scripts are marks too, and without them names run together.
 */
static bool
is_decoration(uint32_t c)
{
	static const struct range points[] = { { 0x300, 0x36F },
		{ 0x483, 0x489 }, { 0x591, 0x5BD }, { 0x5BF, 0x5C7 },
		{ 0x610, 0x61A }, { 0x64B, 0x65F }, { 0x670, 0x670 },
		{ 0x6D6, 0x6ED }, { 0x1AB0, 0x1AFF }, { 0x1DC0, 0x1DFF },
		{ 0x20D0, 0x20FF }, { 0xFE20, 0xFE2F } };
	utf8proc_category_t k = category(c);

	return (k >= UTF8PROC_CATEGORY_PC && k <= UTF8PROC_CATEGORY_PO) ||
	    k == UTF8PROC_CATEGORY_SK || is_white(c) || is_invisible(c) ||
	    in_ranges(c, points, ARRAY_LEN(points));
}

/* Append the folded form of a code point that is already taken apart. */
static void
fold_add(struct points *t, uint32_t c)
{
	utf8proc_int32_t part[DECOMPOSED_MAX];
	size_t n =
	    take_apart(look(c), UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, part);

	for (size_t k = 0; k < n; k++) {
		uint32_t d = look((uint32_t)part[k]);

		if (!is_decoration(d))
			points_add(t, d);
	}
}

struct str
utf8_fold(struct arena *a, struct str s)
{
	struct points t = points_new(a, s.n);

	for (size_t i = 0; i < s.n;) {
		utf8proc_int32_t part[DECOMPOSED_MAX];
		size_t n = take_apart(utf8_next(s, &i), UTF8PROC_COMPAT, part);

		for (size_t k = 0; k < n; k++)
			fold_add(&t, (uint32_t)part[k]);
	}
	compose(&t);
	return points_text(&t);
}

struct str
utf8_squeeze(struct arena *a, struct str s)
{
	struct points t = points_new(a, s.n);
	uint32_t gap = 0;

	for (size_t i = 0; i < s.n;) {
		uint32_t c = utf8_next(s, &i);

		if (is_white(c)) {
			if (gap != '\n')
				gap = is_line_end(c) ? '\n' : ' ';
			continue;
		}
		if (gap != 0 && t.n > 0)
			points_add(&t, gap);
		gap = 0;
		points_add(&t, c);
	}
	t = nfc(&t);
	return points_text(&t);
}
