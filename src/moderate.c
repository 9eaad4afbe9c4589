#include "config.h"

#include "moderate.h"

static const char *const status_names[] = {
	[COMMENT_PENDING] = "pending",
	[COMMENT_APPROVED] = "approved",
	[COMMENT_SPAM] = "spam",
	[COMMENT_TRASH] = "trash",
	[COMMENT_DELETED] = "deleted",
};

const char *
comment_status_name(enum comment_status s)
{
	return status_names[s];
}

bool
comment_status_find(struct str name, enum comment_status *out)
{
	for (size_t i = 0; i < ARRAY_LEN(status_names); i++) {
		if (str_eq(str_c(status_names[i]), name)) {
			*out = (enum comment_status)i;
			return true;
		}
	}
	return false;
}

static void
because(struct verdict *v, const char *code, struct str detail)
{
	if (v->nreasons < REASONS_MAX)
		v->reasons[v->nreasons++] = (struct reason){ code, detail };
}

struct verdict
moderate(const struct facts *f)
{
	struct verdict v = { .status = COMMENT_PENDING };

	if (f->staff) {
		v.status = COMMENT_APPROVED;
		return v;
	}
	because(&v, "hold_all", STR(""));
	return v;
}
