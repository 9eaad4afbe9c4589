/*
 * What an owner sets, kept in the database.  One table says for each setting
 * its name, its default and what it accepts.
 */
#ifndef SETTING_H
#define SETTING_H

#include "db.h"
#include "i18n.h"

struct settings {
	struct str title, tagline;
	enum lang lang;
	struct str time_zone;
	int posts_per_page;
	/* Levels of replies that are drawn indented. */
	int thread_depth;
	/* Must visitors give a name and an address? */
	bool require_name_email;
};

/* All settings, defaults where nothing is stored, or nothing that can be; the
 * time zone as it stands there.  Strings live in a. */
enum err setting_load(struct db *db, struct arena *a, struct settings *out)
    MUST_CHECK;

/* Check a value. NULL when it may be set, else what is wrong with it: a
 * sentence for the operator, in a. */
const char *setting_refuse(struct arena *a, struct str name, struct str value);

/* Store a checked value; every page has changed. */
enum err setting_set(struct db *db, struct str name, struct str value)
    MUST_CHECK;

/* The names, in order; NULL after the last. */
const char *setting_name(size_t i);

/* The value as text. */
struct str setting_value(struct arena *a, const struct settings *s, size_t i);

#endif
