#include "config.h"

#include "date.h"
#include "setting.h"
#include "utf8.h"

enum kind { TEXT, LANGUAGE_CODE, ZONE, NUMBER, YES_NO };

/* clang-format off */
static const struct row {
	const char *name;
	enum kind kind;
	size_t offset;
	/* bytes of a text, or the range of a number */
	int min, max;
	const char *initial;
} rows[] = {
#define AT(field) offsetof(struct settings, field)
	/* name			kind	field			min max	default */
	{ "title",		TEXT,	AT(title),		1, 200,	"Balas" },
	{ "tagline",		TEXT,	AT(tagline),		0, 300,	"" },
	{ "language",		LANGUAGE_CODE, AT(lang),	0, 0,	"en" },
	{ "time_zone",		ZONE,	AT(time_zone),		0, 0,	"UTC" },
	{ "posts_per_page",	NUMBER,	AT(posts_per_page),	1, 100,	"10" },
	{ "thread_depth",	NUMBER,	AT(thread_depth),	1, 10,	"5" },
	{ "require_name_email",	YES_NO,	AT(require_name_email),	0, 0,	"1" },
#undef AT
};
/* clang-format on */

static const struct row *
row_find(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (str_eq(str_c(rows[i].name), name))
			return &rows[i];
	return NULL;
}

const char *
setting_name(size_t i)
{
	return i < ARRAY_LEN(rows) ? rows[i].name : NULL;
}

/* Every setting is one line. */
static bool
one_line(struct str s)
{
	return utf8_ok(s) && !utf8_has_control(s) &&
	    str_find(s, '\t', 0) == s.n && str_find(s, '\n', 0) == s.n &&
	    str_find(s, '\r', 0) == s.n;
}

static const char *
refuse_kind(struct arena *a, const struct row *r, struct str value)
{
	enum lang lang;
	uint64_t n;

	switch (r->kind) {
	case TEXT:
		if (!one_line(value))
			return "must be UTF-8 without control characters";
		if (str_trim(value).n < (size_t)r->min ||
		    value.n > (size_t)r->max)
			return arena_printf(a, "must have %d to %d bytes",
			    r->min, r->max)
			    .p;
		return NULL;
	case LANGUAGE_CODE:
		return lang_find(value, &lang) ? NULL :
						 "no such language; known are "
						 "en and id";
	case ZONE:
		return date_zone_ok(value) ? NULL :
					     "no such time zone; write it like "
					     "Asia/Jakarta";
	case NUMBER:
		if (!str_u64(value, (uint64_t)r->max, &n) ||
		    n < (uint64_t)r->min)
			return arena_printf(a,
			    "must be a number from %d to %d", r->min, r->max)
			    .p;
		return NULL;
	case YES_NO:
		if (str_eq(value, STR("0")) || str_eq(value, STR("1")))
			return NULL;
		return "must be 0 or 1";
	}
	return NULL;
}

const char *
setting_refuse(struct arena *a, struct str name, struct str value)
{
	const struct row *r = row_find(name);
	const char *why;

	if (r == NULL)
		return "no such setting; 'balas setting list' shows them";
	if ((why = refuse_kind(a, r, value)) == NULL)
		return NULL;
	return arena_printf(a, "%s %s", r->name, why).p;
}

/* value was checked, or is our default. */
static void
assign(struct settings *s, const struct row *r, struct str value)
{
	void *field = (char *)s + r->offset;
	uint64_t n = 0;

	switch (r->kind) {
	case TEXT:
	case ZONE:
		*(struct str *)field = value;
		break;
	case LANGUAGE_CODE:
		if (!lang_find(value, field))
			*(enum lang *)field = LANG_en;
		break;
	case NUMBER:
		if (str_u64(value, INT32_MAX, &n))
			*(int *)field = (int)n;
		break;
	case YES_NO:
		*(bool *)field = str_eq(value, STR("1"));
		break;
	}
}

enum err
setting_load(struct db *db, struct arena *a, struct settings *out)
{
	struct settings s = { 0 };
	struct q q;
	enum err e;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assign(&s, &rows[i], str_c(rows[i].initial));
	q = q_begin(db, STMT_SETTING_ALL);
	while (q_row(&q)) {
		const struct row *r = row_find(q_peek(&q, 0));
		struct str value = q_get_str(&q, 1, a);

		/* A zone that this machine does not have (or has no more) is
		 * not UTC: date_set_zone refuses it. */
		if (r != NULL &&
		    (r->kind == ZONE || refuse_kind(a, r, value) == NULL))
			assign(&s, r, value);
	}
	if ((e = q_end(&q)) == OK)
		*out = s;
	return e;
}

enum err
setting_set(struct db *db, struct str name, struct str value)
{
	struct q q = q_begin(db, STMT_SETTING_SET);
	enum err e;

	q_str(&q, name);
	q_str(&q, value);
	if ((e = q_run(&q)) != OK)
		return e;
	q = q_begin(db, STMT_SITE_TICK_ALL);
	return q_run(&q);
}

struct str
setting_value(struct arena *a, const struct settings *s, size_t i)
{
	const struct row *r = &rows[i];
	const void *field = (const char *)s + r->offset;

	switch (r->kind) {
	case TEXT:
	case ZONE:
		return *(const struct str *)field;
	case LANGUAGE_CODE:
		return str_c(lang_code(*(const enum lang *)field));
	case NUMBER:
		return arena_printf(a, "%d", *(const int *)field);
	case YES_NO:
		return *(const bool *)field ? STR("1") : STR("0");
	}
	return STR("");
}
