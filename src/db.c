/* The statements as a table; what the engine does with them is its file's. */
#include "config.h"

#include "db.h"

static const struct {
	const char *name;
	enum db_kind kind;
	const char *text;
} stmts[STMT_MAX] = {
#define STMT(name, kind, text) [STMT_##name] = { #name, kind, text },
#include "stmts.h"
#undef STMT
};

const char *
stmt_name(enum stmt s)
{
	return stmts[s].name;
}

const char *
stmt_text(enum stmt s)
{
	return stmts[s].text;
}

enum db_kind
stmt_kind(enum stmt s)
{
	return stmts[s].kind;
}

void
q_id(struct q *q, int64_t v)
{
	if (v == 0)
		q_null(q);
	else
		q_i64(q, v);
}

enum err
q_run(struct q *q)
{
	while (q_row(q))
		;
	return q_end(q);
}
