/*
 * The words of the pages.  www/lang/<code>.txt holds one message a line,
 * "key = text"; an awk script turns all catalogues into one table and fails
 * the build when a catalogue misses a key, has an unknown one, or uses other
 * placeholders than the English one.  A third language is one file.
 *
 * Plural messages are pairs key.one and key.other; a language with one form
 * (Indonesian) has the same text twice.
 *
 * A catalogue begins with what is no message: @locale (as Open Graph has
 * it), @name (in the language itself), @dir (ltr or rtl), @thousands (the
 * separator of numbers), @clock (12 or 24 hours).
 */
#ifndef I18N_H
#define I18N_H

#include "arena.h"
#include "base.h"

/* LANG_en, LANG_id … in the order of the file names; MSG_reply_title …, a
 * dot of the key written as '_' (MSG_count_one). */
enum lang {
#define LANGUAGE(code, ...) LANG_##code,
#include "messages.h"
	LANG_MAX
};

enum msg {
#define MESSAGE(key, name) MSG_##key,
#include "messages.h"
	MSG_MAX
};

/* By code ("en"); false when there is no such catalogue. */
bool lang_find(struct str code, enum lang *out) MUST_CHECK;

/* "en", "en_US", "English", "ltr".  Static. */
const char *lang_code(enum lang l);
const char *lang_locale(enum lang l);
const char *lang_name(enum lang l);
const char *lang_dir(enum lang l);

/* Does the language count its hours twice from 1 to 12? */
bool lang_clock_12(enum lang l);

/* The text of a message, placeholders as they stand.  Static. */
struct str msg(enum lang l, enum msg m);

/* The message called name ("count.one"), for templates; false when there is
 * none.  A linear search: for parsing, not for printing. */
bool msg_find(struct str name, enum msg *out) MUST_CHECK;

/* m with {1} … {4} replaced by the arguments (text, nothing is escaped).
 * Every placeholder must have its argument (asserted). */
struct str msg_fmt(struct arena *a, enum lang l, enum msg m,
    const struct str *args, size_t nargs);

/* One of the pair of plural messages for the number n ({1}, printed with the
 * language's thousands separator), with further arguments from {2} on. */
struct str msg_count(struct arena *a, enum lang l, enum msg one,
    enum msg other, int64_t n, const struct str *more, size_t nmore);

/* n with the language's thousands separator ("12,345", "12.345"). */
struct str msg_number(struct arena *a, enum lang l, int64_t n);

#endif
