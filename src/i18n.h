/*
 * The words of the pages.  www/lang/<code>.txt holds one message a line,
 * "key = text"; an awk script turns all catalogues into one table and fails
 * the build when a catalogue misses a key, has an unknown one, or uses other
 * placeholders than the English one.  A third language is one file.
 *
 * Plural messages are pairs key.one and key.other; a language with one form
 * (Indonesian) has the same text twice.
 */
#ifndef I18N_H
#define I18N_H

#include "arena.h"
#include "base.h"

/* LANG_en, LANG_id … in the order of the file names; MSG_reply_title … */
enum lang {
#define LANGUAGE(code, locale, name) LANG_##code,
#define MESSAGE(key)
#include "messages.h"
#undef LANGUAGE
#undef MESSAGE
	LANG_MAX
};

enum msg {
#define LANGUAGE(code, locale, name)
#define MESSAGE(key) MSG_##key,
#include "messages.h"
#undef LANGUAGE
#undef MESSAGE
	MSG_MAX
};

/* By code ("en"); false when there is no such catalogue. */
bool lang_find(struct str code, enum lang *out) MUST_CHECK;

/* "en", "en_US", "English".  Static. */
const char *lang_code(enum lang l);
const char *lang_locale(enum lang l);
const char *lang_name(enum lang l);

/* The text of a message, placeholders as they stand.  Static. */
struct str msg(enum lang l, enum msg m);

/* The message called name, for templates; false when there is none. */
bool msg_find(struct str name, enum msg *out) MUST_CHECK;

/* m with {1} … {4} replaced by the arguments (text, nothing is escaped). */
struct str msg_fmt(struct arena *a, enum lang l, enum msg m,
    const struct str *args, size_t nargs);

/* One of the pair of plural messages for the number n ({1}, printed with the
 * language's thousands separator), with further arguments from {2} on. */
struct str msg_count(struct arena *a, enum lang l, enum msg one,
    enum msg other, int64_t n, const struct str *more, size_t nmore);

/* n with the language's thousands separator ("12,345", "12.345"). */
struct str msg_number(struct arena *a, enum lang l, int64_t n);

#endif
