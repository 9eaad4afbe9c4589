/*
 * Sets of templates, and the renderer.
 */
#include "config.h"

#include <assert.h>
#include <stdlib.h>

#include "log.h"
#include "tmpl_int.h"
#include "url.h"

/* Far above any page (ten thousand comments take some hundred thousand), and
 * less than half a second: partials that call themselves twice, or lists
 * inside themselves, would otherwise not end within a lifetime. */
#define STEPS_MAX (4 * 1000 * 1000)

/* Longer indentation is white space nobody reads. */
#define INDENT_MAX 256

/* The overrides of a parent that is being rendered: OP_BLOCKs [from, to). */
struct frame {
	const struct frame *outer;
	const struct tmpl *t;
	size_t from, to;
};

struct render {
	struct buf *b;
	enum lang lang;
	const struct view *view[TMPL_NEST_MAX + 1];
	size_t nview;
	const struct value *dot;
	const struct frame *frame;
	unsigned sections, calls, blocks; /* how deep we are in each */
	unsigned steps;
	size_t url_at; /* where the attribute value being written begins */
	bool bol;      /* the template, not a value, just ended a line */
	size_t indent_n;
	char indent[INDENT_MAX];
};

static void run(struct render *r, const struct tmpl *t, size_t at, size_t end);

/* ---- sets ------------------------------------------------------------ */

struct tmpl_set *
tmpl_set_new(const struct tmpl_names *names, const struct tmpl_source *source)
{
	struct arena *mem = arena_new();
	struct tmpl_set *set = arena_alloc(mem, sizeof(*set));

	set->mem = mem;
	set->names = names;
	set->source = source;
	return set;
}

void
tmpl_set_free(struct tmpl_set *set)
{
	if (set != NULL)
		arena_free(set->mem);
}

struct tmpl *
tmpl_lookup(const struct tmpl_set *set, struct str name)
{
	for (size_t i = 0; i < set->ntmpl; i++)
		if (str_eq(set->tmpl[i]->name, name))
			return set->tmpl[i];
	return NULL;
}

enum err
tmpl_parse(
    struct tmpl_set *set, struct str name, struct arena *a, const char **why)
{
	size_t ntmpl = set->ntmpl, nblock = set->nblock;
	struct tmpl *t;
	enum err e = tmpl_load(set, name, 0, a, why, &t);

	if (e == ERR_NOTFOUND) {
		*why = arena_printf(
		    a, "no template called \"%s\"", log_safe(a, name, 100))
			   .p;
		e = ERR_CONFIG;
	}
	/* Those that were parsed may call one that was not. */
	if (e != OK) {
		set->ntmpl = ntmpl;
		set->nblock = nblock;
	}
	return e;
}

/* ---- lookup ---------------------------------------------------------- */

static const struct value *
find(const struct render *r, const struct tmpl *t, const struct op *op)
{
	const struct value *v = NULL;

	if (op->name == NAME_DOT)
		return r->dot;
	for (size_t i = r->nview; i-- > 0 && v == NULL;)
		v = view_find(r->view[i], op->name);
	for (size_t i = 0; i < op->nparts && v != NULL; i++)
		v = v->kind == KIND_OBJECT
		    ? view_find(v->object, t->parts[op->parts + i])
		    : NULL;
	return v;
}

/* ---- output ---------------------------------------------------------- */

static void
start_line(struct render *r)
{
	if (r->bol && r->indent_n > 0)
		buf_put(r->b, r->indent, r->indent_n);
	r->bol = false;
}

/* Blank lines stay blank: no white space at the end of a line. */
static void
put_lines(struct render *r, struct str s)
{
	for (size_t at = 0; at < s.n;) {
		size_t end = str_find(s, '\n', at);

		if (end > at && s.p[at] != '\r')
			start_line(r);
		r->bol = end < s.n;
		buf_str(r->b, str_sub(s, at, end + 1));
		at = end + 1;
	}
}

static void
put_text(struct render *r, struct str s)
{
	if (s.n == 0)
		return;
	if (r->indent_n > 0) {
		put_lines(r, s);
		return;
	}
	buf_str(r->b, s);
	r->bol = s.p[s.n - 1] == '\n';
}

/* Markup where only text can stand: its entities hold, its tags do not. */
static void
put_inert(struct buf *b, struct str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '<' && s.p[i] != '>' && s.p[i] != '"' &&
		    s.p[i] != '\'')
			continue;
		buf_str(b, str_sub(s, from, i));
		buf_escape(b, str_sub(s, i, i + 1));
		from = i + 1;
	}
	buf_str(b, str_sub(s, from, s.n));
}

static void
put_value(struct buf *b, const struct value *v, bool in_value)
{
	switch (v->kind) {
	case KIND_TEXT:
		buf_escape(b, v->s);
		return;
	case KIND_HTML:
		if (in_value)
			put_inert(b, v->s);
		else
			buf_str(b, v->s);
		return;
	case KIND_URL:
		if (url_scheme_ok(v->s))
			buf_url(b, v->s);
		else
			buf_char(b, '#');
		return;
	case KIND_INT:
		buf_i64(b, v->i);
		return;
	case KIND_BOOL:
		buf_cstr(b, v->i != 0 ? "true" : "false");
		return;
	case KIND_OBJECT:
	case KIND_LIST:
		return;
	}
}

/* What stands in the attribute so far may be no link we accept, in one piece
 * or put together from several. */
static void
check_url(struct render *r)
{
	struct buf *b = r->b;

	if (!b->overflow &&
	    !url_scheme_ok(str_sub(buf_view(b), r->url_at, b->n))) {
		b->n = r->url_at;
		buf_char(b, '#');
	}
}

static bool
is_empty(const struct value *v)
{
	return (v->kind == KIND_TEXT || v->kind == KIND_HTML ||
		   v->kind == KIND_URL) &&
	    v->s.n == 0;
}

static void
print(struct render *r, const struct op *op, const struct value *v)
{
	if (v == NULL || is_empty(v))
		return;
	start_line(r);
	put_value(r->b, v, (op->flags & OP_IN_VALUE) != 0);
	if ((op->flags & OP_URL_HEAD) != 0)
		check_url(r);
}

static void
print_msg(struct render *r, const struct op *op)
{
	struct value v = { .kind = KIND_TEXT,
		.s = msg(r->lang, (enum msg)op->name) };

	print(r, op, &v);
}

/* ---- sections -------------------------------------------------------- */

/* Render a section once with v on top of the context. */
static void
enter(struct render *r, const struct tmpl *t, size_t at, const struct value *v)
{
	const struct value *dot = r->dot;

	if (r->sections == TMPL_NEST_MAX)
		return;
	r->sections++;
	r->dot = v;
	if (v->kind == KIND_OBJECT)
		r->view[r->nview++] = v->object;
	run(r, t, at + 1, t->ops[at].end);
	if (v->kind == KIND_OBJECT)
		r->nview--;
	r->dot = dot;
	r->sections--;
}

/* A section whose value is true, at ops[at]; where to go on. */
static size_t
section(
    struct render *r, const struct tmpl *t, size_t at, const struct value *v)
{
	if (v->kind == KIND_BOOL)
		return at + 1;
	if (v->kind != KIND_LIST) {
		enter(r, t, at, v);
		return t->ops[at].end;
	}
	for (size_t i = 0; i < v->list->n && !r->b->overflow; i++)
		enter(r, t, at, &v->list->v[i]);
	return t->ops[at].end;
}

/* ---- partials, parents, blocks --------------------------------------- */

/* Indent what follows further; what to give to dedent afterwards. */
static size_t
indent(struct render *r, const struct op *op)
{
	size_t before = r->indent_n;

	if ((op->flags & OP_LINE) != 0)
		r->bol = true;
	if (op->text.n > 0 && op->text.n <= INDENT_MAX - r->indent_n) {
		memcpy(r->indent + r->indent_n, op->text.p, op->text.n);
		r->indent_n += op->text.n;
	}
	return before;
}

static void
call(struct render *r, const struct op *op)
{
	size_t before = r->indent_n;

	if (r->calls == TMPL_NEST_MAX)
		return;
	r->calls++;
	/* A parent that shares its line has its blanks written there. */
	if ((op->flags & OP_LINE) != 0)
		indent(r, op);
	else
		put_text(r, op->text);
	run(r, op->callee, 0, op->callee->nops);
	r->indent_n = before;
	r->calls--;
}

static void
parent(struct render *r, const struct tmpl *t, size_t at)
{
	const struct op *op = &t->ops[at];
	struct frame f = { r->frame, t, at + 1, op->end };

	r->frame = &f;
	call(r, op);
	r->frame = f.outer;
}

/* The op of f that overrides a block, or f->to. */
static size_t
override(const struct frame *f, int block)
{
	size_t at = f->from;

	while (at < f->to && f->t->ops[at].name != block)
		at = f->t->ops[at].end;
	return at;
}

/* The outermost override wins: it belongs to the most derived template.
 * Inside it only the templates derived further still have a say. */
static void
block(struct render *r, const struct tmpl *t, size_t at)
{
	const struct op *op = &t->ops[at];
	const struct frame *inner = r->frame, *by = NULL;
	size_t before = r->indent_n;

	if (r->blocks == TMPL_NEST_MAX)
		return;
	for (const struct frame *f = inner; f != NULL; f = f->outer)
		if (override(f, op->name) < f->to)
			by = f;
	r->blocks++;
	if (by == NULL) {
		run(r, t, at + 1, op->end);
	} else {
		size_t over = override(by, op->name);

		indent(r, op);
		r->frame = by->outer;
		run(r, by->t, over + 1, by->t->ops[over].end);
		r->frame = inner;
		r->indent_n = before;
	}
	r->blocks--;
}

/* ---- the whole ------------------------------------------------------- */

/* One instruction; where to go on. */
static size_t
step(struct render *r, const struct tmpl *t, size_t at)
{
	const struct op *op = &t->ops[at];
	const struct value *v;

	switch ((enum opcode)op->code) {
	case OP_TEXT:
		put_text(r, op->text);
		break;
	case OP_VALUE:
		print(r, op, find(r, t, op));
		break;
	case OP_MSG:
		print_msg(r, op);
		break;
	case OP_URL:
		r->url_at = r->b->n;
		break;
	case OP_SECTION:
		v = find(r, t, op);
		return value_true(v) ? section(r, t, at, v) : op->end;
	case OP_INVERTED:
		return value_true(find(r, t, op)) ? op->end : at + 1;
	case OP_PARTIAL:
		call(r, op);
		break;
	case OP_PARENT:
		parent(r, t, at);
		return op->end;
	case OP_BLOCK:
		block(r, t, at);
		return op->end;
	case OP_BREAK:
		if (!r->bol)
			put_text(r, op->text);
		break;
	}
	return at + 1;
}

static void
run(struct render *r, const struct tmpl *t, size_t at, size_t end)
{
	while (at < end && !r->b->overflow) {
		if (r->steps++ == STEPS_MAX) {
			r->b->overflow = true;
			return;
		}
		at = step(r, t, at);
	}
}

void
tmpl_render(const struct tmpl_set *set, struct str name, const struct view *v,
    enum lang lang, struct buf *b)
{
	const struct tmpl *t = tmpl_lookup(set, name);
	struct render r;

	assert(t != NULL && t->parsed);
	/* Not zeroed whole: the stack and the indentation are large. */
	r.b = b;
	r.lang = lang;
	r.view[0] = v;
	r.nview = 1;
	r.dot = NULL;
	r.frame = NULL;
	r.sections = r.calls = r.blocks = r.steps = 0;
	r.url_at = 0;
	r.bol = true;
	r.indent_n = 0;
	run(&r, t, 0, t->nops);
}
