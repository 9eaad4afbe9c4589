#include "config.h"

#include <utf8proc.h>

#include "slug.h"
#include "utf8.h"

/* The longest compatibility decomposition is 18 code points (U+FDFA). */
#define DECOMPOSED_MAX 32

/* What is known so far: a slug, and whether a hyphen is due before the next
 * letter. */
struct draft {
	char text[SLUG_MAX];
	size_t n;
	bool gap;
};

static bool
is_slug_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool
slug_ok(struct str s)
{
	bool after_hyphen = true;

	if (s.n == 0 || s.n > SLUG_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '-' ? after_hyphen
				  : !is_slug_letter((unsigned char)s.p[i]))
			return false;
		after_hyphen = s.p[i] == '-';
	}
	return !after_hyphen;
}

/* Letters Unicode does not take apart, as people without them write them. */
static const char *
spelling(uint32_t c)
{
	switch (c) {
	case 0xE6:
		return "ae";
	case 0xF0:
	case 0x111:
		return "d";
	case 0xF8:
		return "o";
	case 0xFE:
		return "th";
	case 0x127:
		return "h";
	case 0x131:
		return "i";
	case 0x142:
		return "l";
	case 0x153:
		return "oe";
	default:
		return NULL;
	}
}

/* Accents, and the apostrophes of "Jum'at" and "don't". */
static bool
is_dropped(uint32_t c)
{
	utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);

	return (k >= UTF8PROC_CATEGORY_MN && k <= UTF8PROC_CATEGORY_ME) ||
	    c == '\'' || c == 0x2BC || c == 0x2018 || c == 0x2019;
}

/* False when it does not fit any more; the gap stays due if c begins a word. */
static bool
draft_add(struct draft *d, char c)
{
	bool hyphen = d->gap && d->n > 0;

	if (d->n + hyphen >= sizeof(d->text))
		return false;
	if (hyphen)
		d->text[d->n++] = '-';
	d->gap = false;
	d->text[d->n++] = c;
	return true;
}

static bool
draft_point(struct draft *d, uint32_t c)
{
	const char *spelled = spelling(c);

	if (spelled != NULL) {
		for (; *spelled != '\0'; spelled++)
			if (!draft_add(d, *spelled))
				return false;
		return true;
	}
	if (is_slug_letter(c))
		return draft_add(d, (char)c);
	d->gap = d->gap || !is_dropped(c);
	return true;
}

/* Leave out the word that did not fit whole, unless it is the only one. */
static void
draft_cut(struct draft *d)
{
	size_t n = d->n;

	if (d->gap)
		return;
	while (n > 0 && d->text[n - 1] != '-')
		n--;
	if (n > 0)
		d->n = n - 1;
}

struct str
slug_make(struct arena *a, struct str title)
{
	const utf8proc_option_t how = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
	    UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
	struct draft d = { .n = 0 };
	bool room = true;

	for (size_t i = 0; i < title.n && room;) {
		utf8proc_int32_t part[DECOMPOSED_MAX];
		utf8proc_int32_t c = (utf8proc_int32_t)utf8_next(title, &i);
		utf8proc_ssize_t n =
		    utf8proc_decompose_char(c, part, DECOMPOSED_MAX, how, NULL);

		for (utf8proc_ssize_t k = 0; k < n && room; k++)
			room = draft_point(&d, (uint32_t)part[k]);
	}
	if (!room)
		draft_cut(&d);
	return arena_str(a, (struct str){ d.text, d.n });
}
