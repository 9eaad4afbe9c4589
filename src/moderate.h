/*
 * What happens to a new comment.  One function takes facts and gives a
 * verdict with its reasons; it does no input or output, so every rule can be
 * tested as a row of a table.
 */
#ifndef MODERATE_H
#define MODERATE_H

#include "base.h"

enum comment_status {
	COMMENT_PENDING,
	COMMENT_APPROVED,
	COMMENT_SPAM,
	COMMENT_TRASH,
	COMMENT_DELETED,
};

/* "pending" …: the word in the database.  Static. */
const char *comment_status_name(enum comment_status s);
bool comment_status_find(struct str name, enum comment_status *out) MUST_CHECK;

struct facts {
	/* Written by somebody who may moderate, or by the article's author,
	 * signed in. */
	bool staff;
};

/* Code of a reason: the message "reason_<code>" explains it, {1} is the
 * detail. */
struct reason {
	const char *code;
	struct str detail;
};

#define REASONS_MAX 8

struct verdict {
	enum comment_status status;
	struct reason reasons[REASONS_MAX];
	size_t nreasons;
};

struct verdict moderate(const struct facts *f);

#endif
