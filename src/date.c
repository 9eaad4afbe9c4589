#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "arena.h"
#include "date.h"
#include "log.h"

#define ZONE_DIR      "/usr/share/zoneinfo"
#define ZONE_NAME_MAX 64

/* Years 1 to 9999: more, and RFC 3339 has no form for it. */
#define TIME_MIN INT64_C(-62135596800)
#define TIME_MAX INT64_C(253402300799)

/* ---- the zone --------------------------------------------------------- */

/* No path out of the zone database, and nothing that TZ reads as a rule of
 * its own ("EST5EDT,M3.2.0" would be one).  The zones below right/ count leap
 * seconds, which our times do not. */
static bool
zone_name_ok(struct str s)
{
	if (s.n == 0 || s.n > ZONE_NAME_MAX || s.p[0] == '/' ||
	    str_starts(s, STR("right/")))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') && c != '_' && c != '-' &&
		    c != '+' && c != '/')
			return false;
	}
	return true;
}

/* Is the file called name one of the zone database (RFC 8536 §3.1)? */
static bool
zone_file_ok(const char *name)
{
	const char *dir = getenv("TZDIR");
	char path[1024], magic[4];
	int fd, n;

	n = snprintf(
	    path, sizeof(path), "%s/%s", dir == NULL ? ZONE_DIR : dir, name);
	if (n < 0 || (size_t)n >= sizeof(path) ||
	    (fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
		return false;
	n = (int)read(fd, magic, sizeof(magic));
	close(fd);
	return n == sizeof(magic) && memcmp(magic, "TZif", 4) == 0;
}

bool
date_zone_ok(struct str name)
{
	char text[ZONE_NAME_MAX + 1];

	if (!zone_name_ok(name))
		return false;
	memcpy(text, name.p, name.n);
	text[name.n] = '\0';
	/* UTC is known without the database. */
	return str_eq(name, STR("UTC")) || zone_file_ok(text);
}

enum err
date_set_zone(const char *name)
{
	if (!date_zone_ok(str_c(name)))
		return ERR_CONFIG;
	if (setenv("TZ", name, 1) != 0) {
		log_line(
		    LOG_ERROR, "cannot set the time zone: %s", strerror(errno));
		return ERR_IO;
	}
	tzset();
	return OK;
}

/* ---- printing --------------------------------------------------------- */

static int64_t
clamp(int64_t t)
{
	return t < TIME_MIN ? TIME_MIN : t > TIME_MAX ? TIME_MAX : t;
}

static struct tm
local_time(int64_t t)
{
	time_t when = (time_t)clamp(t);
	struct tm tm = { 0 };

	/* Fails only for years that do not fit in an int. */
	(void)localtime_r(&when, &tm);
	return tm;
}

static struct tm
utc_time(int64_t t)
{
	time_t when = (time_t)clamp(t);
	struct tm tm = { 0 };

	(void)gmtime_r(&when, &tm);
	return tm;
}

void
date_civil(int64_t t, int *year, int *month, int *day)
{
	struct tm tm = local_time(t);

	*year = tm.tm_year + 1900;
	*month = tm.tm_mon + 1;
	*day = tm.tm_mday;
}

static struct str
month_name(enum lang l, int month)
{
	static const enum msg names[] = { MSG_month_1, MSG_month_2, MSG_month_3,
		MSG_month_4, MSG_month_5, MSG_month_6, MSG_month_7, MSG_month_8,
		MSG_month_9, MSG_month_10, MSG_month_11, MSG_month_12 };

	return msg(l, names[month]);
}

static struct str
format_day(struct arena *a, enum lang l, const struct tm *tm)
{
	struct str args[] = { month_name(l, tm->tm_mon),
		arena_printf(a, "%d", tm->tm_mday),
		arena_printf(a, "%d", tm->tm_year + 1900) };

	return msg_fmt(a, l, MSG_date_format, args, ARRAY_LEN(args));
}

static struct str
format_clock(struct arena *a, enum lang l, const struct tm *tm)
{
	int twelve = tm->tm_hour % 12 == 0 ? 12 : tm->tm_hour % 12;
	struct str args[] = { lang_clock_12(l)
		    ? arena_printf(a, "%d", twelve)
		    : arena_printf(a, "%02d", tm->tm_hour),
		arena_printf(a, "%02d", tm->tm_min) };

	return msg_fmt(a, l, tm->tm_hour < 12 ? MSG_time_am : MSG_time_pm, args,
	    ARRAY_LEN(args));
}

struct str
date_long(struct arena *a, enum lang l, int64_t t)
{
	struct tm tm = local_time(t);

	return format_day(a, l, &tm);
}

struct str
date_time_long(struct arena *a, enum lang l, int64_t t)
{
	struct tm tm = local_time(t);
	struct str args[] = { format_day(a, l, &tm), format_clock(a, l, &tm) };

	return msg_fmt(a, l, MSG_date_at, args, ARRAY_LEN(args));
}

struct str
date_rfc3339(struct arena *a, int64_t t)
{
	/* Offsets of a century ago have seconds, RFC 3339 has none: the clock
	 * is told for the offset that is printed, so the time stays true. */
	long minutes = local_time(t).tm_gmtoff / 60;
	struct tm tm = utc_time(clamp(t) + minutes * 60);
	long ahead = minutes < 0 ? -minutes : minutes;

	return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d%c%02ld:%02ld",
	    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
	    tm.tm_sec, minutes < 0 ? '-' : '+', ahead / 60, ahead % 60);
}

struct str
date_http(struct arena *a, int64_t t)
{
	static const char days[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct tm tm = utc_time(t);

	return arena_printf(a, "%s, %02d %s %04d %02d:%02d:%02d GMT",
	    days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900,
	    tm.tm_hour, tm.tm_min, tm.tm_sec);
}

struct str
date_input(struct arena *a, int64_t t)
{
	struct tm tm = local_time(t);

	return arena_printf(a, "%04d-%02d-%02dT%02d:%02d", tm.tm_year + 1900,
	    tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min);
}

/* ---- reading ---------------------------------------------------------- */

/* What is left of the text, cut from the front as it is read. */
static bool
take_char(struct str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = str_sub(*s, 1, s->n);
	return true;
}

/* Exactly n digits, with a value of min to max. */
static bool
take_number(struct str *s, size_t n, int min, int max, int *out)
{
	int v = 0;

	if (s->n < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (s->p[i] < '0' || s->p[i] > '9')
			return false;
		v = v * 10 + (s->p[i] - '0');
	}
	if (v < min || v > max)
		return false;
	*s = str_sub(*s, n, s->n);
	*out = v;
	return true;
}

static bool
take_day(struct str *s, int *year, int *month, int *day)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	int leap;

	if (!take_number(s, 4, 1, 9999, year) || !take_char(s, '-') ||
	    !take_number(s, 2, 1, 12, month) || !take_char(s, '-'))
		return false;
	leap = *month == 2 && *year % 4 == 0 &&
	    (*year % 100 != 0 || *year % 400 == 0);
	return take_number(s, 2, 1, days[*month - 1] + leap, day);
}

static bool
take_clock(struct str *s, int *hour, int *minute, int *second)
{
	return take_number(s, 2, 0, 23, hour) && take_char(s, ':') &&
	    take_number(s, 2, 0, 59, minute) &&
	    (!take_char(s, ':') || take_number(s, 2, 0, 59, second));
}

/* "Z" or "+07:00", in seconds. */
static bool
take_offset(struct str *s, int *out)
{
	int sign, hours, minutes;

	*out = 0;
	if (take_char(s, 'Z'))
		return true;
	sign = take_char(s, '+') ? 1 : -1;
	if (sign < 0 && !take_char(s, '-'))
		return false;
	if (!take_number(s, 2, 0, 23, &hours) || !take_char(s, ':') ||
	    !take_number(s, 2, 0, 59, &minutes))
		return false;
	*out = sign * (hours * 60 + minutes) * 60;
	return true;
}

/* Days since 1970-01-01.  A year here begins in March, so that the leap day
 * is its last. */
static int64_t
days_since_epoch(int year, int month, int day)
{
	int64_t y = month > 2 ? year : year - 1;
	int64_t m = month > 2 ? month - 3 : month + 9;

	return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day -
	    719469;
}

bool
date_parse(struct str s, int64_t *out)
{
	int year, month, day, hour = 0, minute = 0, second = 0, offset;
	struct tm tm;

	if (!take_day(&s, &year, &month, &day))
		return false;
	if (s.n > 0) {
		if (!take_char(&s, 'T') && !take_char(&s, ' '))
			return false;
		if (!take_clock(&s, &hour, &minute, &second))
			return false;
	}
	if (s.n > 0) {
		if (!take_offset(&s, &offset) || s.n > 0)
			return false;
		*out = days_since_epoch(year, month, day) * 86400 +
		    hour * 3600 + minute * 60 + second - offset;
		return true;
	}
	tm = (struct tm){ .tm_year = year - 1900,
		.tm_mon = month - 1,
		.tm_mday = day,
		.tm_hour = hour,
		.tm_min = minute,
		.tm_sec = second,
		.tm_isdst = -1 };
	*out = mktime(&tm);
	return true;
}
