/*
 * Times for people and machines.  A time is int64_t seconds since the epoch,
 * UTC.  The zone is the site's, set once before threads start; words come
 * from the catalogue, never from the system's locales.  What lies outside
 * the years 1 to 9999 is printed as the nearest time inside.
 */
#ifndef DATE_H
#define DATE_H

#include "i18n.h"

/* Set the process's zone; ERR_CONFIG when the zone database has no such name
 * (an unknown TZ would silently be UTC), ERR_IO when the environment cannot
 * take it.  Call before threads start. */
enum err date_set_zone(const char *name) MUST_CHECK;

/* Is there such a zone ("UTC", "Asia/Jakarta")?  Only names of the database:
 * no paths, no rules. */
bool date_zone_ok(struct str name);

/* "January 2, 2026", "2 Januari 2026". */
struct str date_long(struct arena *a, enum lang l, int64_t t);

/* "January 2, 2026 at 10:00 am", "2 Januari 2026 pukul 10.00". */
struct str date_time_long(struct arena *a, enum lang l, int64_t t);

/* RFC 3339 with the site's offset: "2026-01-02T10:00:00+07:00". */
struct str date_rfc3339(struct arena *a, int64_t t);

/* IMF-fixdate of RFC 9110 §5.6.7, in GMT. */
struct str date_http(struct arena *a, int64_t t);

/* "YYYY-MM-DDTHH:MM" in the site's zone, as a datetime-local input has it. */
struct str date_input(struct arena *a, int64_t t);

/* Year, month (1-12) and day in the site's zone. */
void date_civil(int64_t t, int *year, int *month, int *day);

/*
 * Read a date a person wrote: "2026-01-02", "2026-01-02 10:00[:00]" or with
 * 'T', in the site's zone, or with "Z" or "+07:00".  The whole of s; years
 * 1 to 9999.  A time that the zone skips or has twice is taken as mktime(3)
 * does.
 */
bool date_parse(struct str s, int64_t *out) MUST_CHECK;

#endif
