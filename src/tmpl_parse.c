/*
 * From the source of a template to instructions.  One pass: text is copied
 * (less the lines that hold only a tag), followed through HTML on the way,
 * and merged into as few OP_TEXT as labels allow.
 */
#include "config.h"

#include <stdio.h>

#include "log.h"
#include "tmpl_int.h"
#include "tmpl_tag.h"

/* A tag that waits for its end. */
struct open {
	char kind; /* '#', '^', '$', '<', or OVERRIDE */
	struct str name;
	size_t from; /* where its tag is */
	size_t op;
	struct html_at at;
	struct str dedent; /* of the text around it */
	bool blank;        /* nothing before it on its line */
	bool pair;         /* {{$x}}{{/x}} alone on a line */
};

/* {{$x}} directly inside {{<y}}. */
#define OVERRIDE 'o'

struct parser {
	struct tmpl_set *set;
	struct tmpl *t;
	struct str src;
	size_t pos;
	struct html_at at;
	struct str dedent; /* white space to take off each line */
	struct open open[TMPL_NEST_MAX];
	unsigned depth, nested;
	struct op *op;
	size_t nop, cap;
	size_t label; /* OP_TEXT before this op is complete */
	int *parts;
	size_t nparts, parts_cap;
	char *text; /* room for src.n bytes */
	struct arena *a;
	const char **why;
};

static enum err fail(struct parser *p, size_t at, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/* A template called "page" is the file page.html. */
static const char *
file_name(struct arena *a, struct str name)
{
	const char *safe = log_safe(a, name, 100);

	return arena_printf(
	    a, "%s%s", safe, strchr(safe, '.') == NULL ? ".html" : "")
	    .p;
}

static enum err
fail(struct parser *p, size_t at, const char *fmt, ...)
{
	unsigned line = 1;
	char what[512];
	va_list ap;

	for (size_t i = 0; i < at && i < p->src.n; i++)
		line += p->src.p[i] == '\n';
	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	*p->why = arena_printf(
	    p->a, "%s:%u: %s", file_name(p->a, p->t->name), line, what)
		      .p;
	return ERR_CONFIG;
}

static const char *
shown(struct parser *p, struct str name)
{
	return log_safe(p->a, name, 100);
}

/* ---- instructions ---------------------------------------------------- */

static struct op *
emit(struct parser *p, enum opcode code)
{
	struct op *op;

	if (p->nop == p->cap) {
		size_t cap = p->cap == 0 ? 64 : p->cap * 2;

		op = arena_array(p->a, cap, sizeof(*op));
		if (p->nop > 0)
			memcpy(op, p->op, p->nop * sizeof(*op));
		p->op = op;
		p->cap = cap;
	}
	op = &p->op[p->nop++];
	op->code = (uint8_t)code;
	return op;
}

static void
emit_text(struct parser *p, struct str s)
{
	struct op *op;

	if (s.n == 0)
		return;
	memcpy(p->text, s.p, s.n);
	if (p->nop > p->label && p->op[p->nop - 1].code == OP_TEXT) {
		p->op[p->nop - 1].text.n += s.n;
	} else {
		op = emit(p, OP_TEXT);
		op->text = (struct str){ p->text, s.n };
	}
	p->text += s.n;
}

static void
add_part(struct parser *p, int name)
{
	if (p->nparts == p->parts_cap) {
		size_t cap = p->parts_cap == 0 ? 16 : p->parts_cap * 2;
		int *parts = arena_array(p->a, cap, sizeof(*parts));

		if (p->nparts > 0)
			memcpy(parts, p->parts, p->nparts * sizeof(*parts));
		p->parts = parts;
		p->parts_cap = cap;
	}
	p->parts[p->nparts++] = name;
}

/* ---- text ------------------------------------------------------------ */

/* s without the blanks it has in common with the parser's dedent. */
static struct str
dedented(const struct parser *p, struct str s)
{
	size_t n = 0;

	while (n < p->dedent.n && n < s.n && s.p[n] == p->dedent.p[n])
		n++;
	return str_sub(s, n, s.n);
}

static enum err
feed(struct parser *p, struct str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool in_url = p->at.url_head;
		const char *bad = html_step(&p->at, s.p[i]);

		if (bad != NULL)
			return fail(p, (size_t)(s.p + i - p->src.p), "%s", bad);
		/* A value that ends in this same text needs no check. */
		if (in_url || !p->at.url_head ||
		    str_find(s, s.p[i], i + 1) < s.n)
			continue;
		emit_text(p, str_sub(s, from, i + 1));
		emit(p, OP_URL);
		from = i + 1;
	}
	emit_text(p, str_sub(s, from, s.n));
	return OK;
}

static bool
inside_parent(const struct parser *p)
{
	return p->depth > 0 && p->open[p->depth - 1].kind == '<';
}

/* Source text from p->pos up to a tag. */
static enum err
literal(struct parser *p, size_t to)
{
	enum err e = OK;

	if (inside_parent(p))
		return OK;
	if (p->dedent.n == 0)
		return feed(p, str_sub(p->src, p->pos, to));
	while (e == OK && p->pos < to) {
		size_t end = str_find(p->src, '\n', p->pos) + 1;
		struct str line = str_sub(p->src, p->pos, end < to ? end : to);

		if (p->pos == 0 || p->src.p[p->pos - 1] == '\n')
			line = dedented(p, line);
		e = feed(p, line);
		p->pos = end;
	}
	return e;
}

/* ---- tags ------------------------------------------------------------ */

static char
sigil(const struct open *o)
{
	return o->kind == OVERRIDE ? '$' : o->kind;
}

static enum err
push(struct parser *p, const struct tag *g, char kind, bool pair)
{
	if (p->depth == TMPL_NEST_MAX)
		return fail(
		    p, g->from, "sections nest deeper than %d", TMPL_NEST_MAX);
	p->open[p->depth++] = (struct open){
		.kind = kind,
		.name = g->name,
		.from = g->from,
		.op = p->nop,
		.at = p->at,
		.dedent = p->dedent,
		.blank = g->first,
		.pair = pair,
	};
	return OK;
}

/* ---- values and sections --------------------------------------------- */

static uint8_t
place_flags(const struct parser *p)
{
	return (uint8_t)((html_in_value(&p->at) ? OP_IN_VALUE : 0) |
	    (p->at.url_head ? OP_URL_HEAD : 0));
}

static enum err
emit_path(struct parser *p, const struct tag *g, enum opcode code)
{
	struct op *op = emit(p, code);
	size_t dot;

	op->flags = place_flags(p);
	op->parts = (uint32_t)p->nparts;
	op->name = NAME_DOT;
	if (str_eq(g->name, STR(".")))
		return OK;
	for (size_t at = 0; at <= g->name.n; at = dot + 1) {
		struct str part;
		int name;

		dot = str_find(g->name, '.', at);
		part = str_sub(g->name, at, dot);
		name = part.n == 0 ? -1 : p->set->names->find(part);
		if (name < 0)
			return fail(p, g->from, "unknown name \"%s\"",
			    shown(p, g->name));
		if (at == 0) {
			op->name = name;
		} else {
			add_part(p, name);
			op->nparts++;
		}
	}
	return OK;
}

static enum err
message(struct parser *p, const struct tag *g)
{
	struct op *op;
	enum msg m;

	if (!msg_find(str_sub(g->name, 2, g->name.n), &m))
		return fail(
		    p, g->from, "unknown message \"%s\"", shown(p, g->name));
	op = emit(p, OP_MSG);
	op->name = (int)m;
	op->flags = place_flags(p);
	return OK;
}

static enum err
value(struct parser *p, const struct tag *g)
{
	const char *where = html_refuses(&p->at);

	if (where != NULL)
		return fail(
		    p, g->from, "{{%s}} in %s", shown(p, g->name), where);
	if (str_starts(g->name, STR("t.")))
		return message(p, g);
	return emit_path(p, g, OP_VALUE);
}

static enum err
section(struct parser *p, const struct tag *g)
{
	enum err e;

	if (str_starts(g->name, STR("t.")))
		return fail(p, g->from, "a message cannot be a section");
	html_pause(&p->at);
	e = push(p, g, g->sigil, false);
	if (e == OK)
		e = emit_path(p, g, g->sigil == '#' ? OP_SECTION : OP_INVERTED);
	return e;
}

/* ---- partials and parents -------------------------------------------- */

static enum err
call(struct parser *p, const struct tag *g, enum opcode code)
{
	struct tmpl *callee;
	struct op *op;
	enum err e;

	if (!html_is_text(&p->at))
		return fail(p, g->from, "{{%c%s}} in %s", g->sigil,
		    shown(p, g->name), html_where(&p->at));
	e = tmpl_load(p->set, g->name, p->nested + 1, p->a, p->why, &callee);
	if (e == ERR_NOTFOUND)
		return fail(
		    p, g->from, "no template called \"%s\"", shown(p, g->name));
	if (e != OK)
		return e;
	op = emit(p, code);
	op->callee = callee;
	if (g->first && (g->last || code == OP_PARENT))
		op->text = dedented(p, str_sub(p->src, g->blank, g->from));
	if (g->first && g->last && code == OP_PARTIAL)
		op->flags = OP_LINE;
	return OK;
}

static enum err
parent(struct parser *p, const struct tag *g)
{
	enum err e = push(p, g, '<', false);

	return e == OK ? call(p, g, OP_PARENT) : e;
}

/* ---- blocks ---------------------------------------------------------- */

static struct block *
block_find(struct tmpl_set *set, struct str name)
{
	for (size_t i = 0; i < set->nblock; i++)
		if (str_eq(set->block[i].name, name))
			return &set->block[i];
	return NULL;
}

static enum err
block_number(struct parser *p, const struct tag *g, int *out)
{
	struct tmpl_set *set = p->set;
	struct block *b = block_find(set, g->name);

	if (b == NULL) {
		if (set->nblock == BLOCK_MAX)
			return fail(
			    p, g->from, "more than %d blocks", BLOCK_MAX);
		b = &set->block[set->nblock++];
		*b = (struct block){ g->name, p->at };
	}
	if (!html_same(&b->at, &p->at))
		return fail(p, g->from,
		    "{{$%s}} in %s, but elsewhere it is in %s",
		    shown(p, g->name), html_where(&p->at), html_where(&b->at));
	*out = (int)(b - set->block);
	return OK;
}

static enum err
block_site(struct parser *p, const struct tag *g)
{
	bool pair = tag_is_pair(p->src, g);
	struct str blanks = str_sub(p->src, g->blank, g->from);
	struct op *op;
	enum err e;
	int n = 0;

	html_pause(&p->at);
	if ((e = block_number(p, g, &n)) != OK ||
	    (e = push(p, g, '$', pair)) != OK)
		return e;
	op = emit(p, OP_BLOCK);
	op->name = n;
	op->flags = (g->first && g->last) || pair ? OP_LINE : 0;
	/* The default content shows how far an override is indented. */
	if (g->first && g->last)
		blanks = tag_indent(p->src, g->next);
	if (g->first)
		op->text = dedented(p, blanks);
	return OK;
}

/* Is the block overridden already in the parent that is open? */
static bool
is_overridden(const struct parser *p, int block)
{
	size_t at = p->open[p->depth - 1].op + 1;

	while (at < p->nop && p->op[at].name != block)
		at = p->op[at].end;
	return at < p->nop;
}

static enum err
block_override(struct parser *p, const struct tag *g)
{
	struct block *b = block_find(p->set, g->name);
	struct op *op;
	enum err e;

	if (b == NULL)
		return fail(
		    p, g->from, "no block called \"%s\"", shown(p, g->name));
	if (is_overridden(p, (int)(b - p->set->block)))
		return fail(p, g->from, "{{$%s}} for the second time",
		    shown(p, g->name));
	p->at = b->at;
	if ((e = push(p, g, OVERRIDE, false)) != OK)
		return e;
	op = emit(p, OP_BLOCK);
	op->name = (int)(b - p->set->block);
	if (g->last)
		p->dedent = tag_indent(p->src, g->next);
	return OK;
}

/* ---- ends ------------------------------------------------------------ */

static enum err
close_parent(struct parser *p, const struct tag *g, const struct open *o)
{
	struct op *op = &p->op[o->op];

	if (o->blank && g->last) {
		op->flags |= OP_LINE;
		p->pos = g->next;
	}
	return OK;
}

static enum err
close_html(struct parser *p, const struct tag *g, const struct open *o)
{
	struct html_at now;

	html_pause(&p->at);
	now = p->at;
	if (!html_join(&p->at, &o->at))
		return fail(p, g->from, "{{%c%s}} begins in %s and ends in %s",
		    sigil(o), shown(p, o->name), html_where(&o->at),
		    html_where(&now));
	/* An override may end where the default content does not. */
	if (o->kind == '$')
		html_part(&p->at);
	return OK;
}

static void
close_pair(struct parser *p, const struct tag *g)
{
	size_t n = g->next - g->to;
	struct str blanks = str_sub(p->src, g->to, g->next);
	size_t cr = n >= 2 && blanks.p[n - 2] == '\r';

	p->pos = g->next;
	if (n > 0 && blanks.p[n - 1] == '\n')
		emit(p, OP_BREAK)->text = str_sub(blanks, n - 1 - cr, n);
}

static enum err
close_tag(struct parser *p, const struct tag *g)
{
	const struct open *o;
	enum err e;

	if (p->depth == 0)
		return fail(
		    p, g->from, "{{/%s}} ends nothing", shown(p, g->name));
	o = &p->open[p->depth - 1];
	if (!str_eq(o->name, g->name))
		return fail(p, g->from, "{{/%s}} inside {{%c%s}}",
		    shown(p, g->name), sigil(o), shown(p, o->name));
	e = o->kind == '<' ? close_parent(p, g, o) : close_html(p, g, o);
	if (e != OK)
		return e;
	p->op[o->op].end = (uint32_t)p->nop;
	p->label = p->nop;
	p->dedent = o->dedent;
	p->depth--;
	if (o->pair)
		close_pair(p, g);
	if (o->kind == OVERRIDE)
		p->at = HTML_START;
	return OK;
}

/* ---- the whole ------------------------------------------------------- */

static enum err
apply(struct parser *p, const struct tag *g)
{
	if (inside_parent(p)) {
		if (g->sigil == '$')
			return block_override(p, g);
		if (g->sigil != '!' && g->sigil != '/')
			return fail(p, g->from,
			    "only blocks may stand directly in {{<%s}}",
			    shown(p, p->open[p->depth - 1].name));
	}
	switch (g->sigil) {
	case '!':
		return OK;
	case '#':
	case '^':
		return section(p, g);
	case '>':
		return call(p, g, OP_PARTIAL);
	case '<':
		return parent(p, g);
	case '$':
		return block_site(p, g);
	case '/':
		return close_tag(p, g);
	default:
		return value(p, g);
	}
}

/*
 * What a tag takes of its line: *blanks those before it, *rest those behind
 * it and the line's end.  A tag alone takes both; the end of a parent or of
 * a pair looks after the rest itself.
 */
static void
take_line(const struct parser *p, const struct tag *g, bool *blanks, bool *rest)
{
	char kind = p->depth > 0 ? p->open[p->depth - 1].kind : ' ';

	*blanks = *rest = g->sigil != ' ' && g->first && g->last;
	if (kind == '<' && g->sigil == '$')
		*rest = g->last;
	if (g->sigil == '<' || (g->sigil == '$' && tag_is_pair(p->src, g)))
		*blanks = g->first;
	if (g->sigil == '<' || (kind == '<' && g->sigil == '/'))
		*rest = false;
	if (kind == OVERRIDE && g->sigil == '/')
		*blanks = g->first;
}

static enum err
parse_tag(struct parser *p, size_t from)
{
	const char *bad;
	bool blanks, rest;
	struct tag g;
	enum err e;

	if ((bad = tag_read(p->src, from, &g)) != NULL)
		return g.name.n == 0
		    ? fail(p, from, "%s", bad)
		    : fail(p, from, "%s: \"%s\"", bad, shown(p, g.name));
	take_line(p, &g, &blanks, &rest);
	if ((e = literal(p, blanks ? g.blank : g.from)) != OK)
		return e;
	p->pos = rest ? g.next : g.to;
	return apply(p, &g);
}

static enum err
parse_source(struct parser *p)
{
	const struct open *o;
	enum err e = OK;

	while (e == OK && p->pos < p->src.n) {
		size_t from = tag_find(p->src, p->pos);

		if (from < p->src.n) {
			e = parse_tag(p, from);
		} else {
			e = literal(p, p->src.n);
			p->pos = p->src.n;
		}
	}
	if (e != OK)
		return e;
	if (p->depth > 0) {
		o = &p->open[p->depth - 1];
		return fail(p, o->from, "{{%c%s}} has no end", sigil(o),
		    shown(p, o->name));
	}
	if (!html_is_text(&p->at))
		return fail(
		    p, p->src.n, "the template ends in %s", html_where(&p->at));
	return OK;
}

/* What outlives the parser moves to the set's memory. */
static void
keep(const struct parser *p)
{
	struct arena *mem = p->set->mem;
	struct op *ops = arena_array(mem, p->nop, sizeof(*ops));
	int *parts = arena_array(mem, p->nparts, sizeof(*parts));

	if (p->nop > 0)
		memcpy(ops, p->op, p->nop * sizeof(*ops));
	if (p->nparts > 0)
		memcpy(parts, p->parts, p->nparts * sizeof(*parts));
	p->t->ops = ops;
	p->t->nops = p->nop;
	p->t->parts = parts;
	p->t->parsed = true;
}

enum err
tmpl_load(struct tmpl_set *set, struct str name, unsigned nested,
    struct arena *a, const char **why, struct tmpl **out)
{
	struct tmpl *t = tmpl_lookup(set, name);
	struct parser *p;
	struct str src;
	enum err e;

	if (t != NULL) {
		*out = t;
		return OK;
	}
	if (!set->source->load(set->source->arg, name, &src))
		return ERR_NOTFOUND;
	t = arena_alloc(set->mem, sizeof(*t));
	t->name = arena_str(set->mem, name);
	p = arena_alloc(a, sizeof(*p));
	*p = (struct parser){ .set = set,
		.t = t,
		.src = src,
		.a = a,
		.why = why,
		.nested = nested };
	if (src.n > TMPL_FILE_MAX)
		return fail(p, 0, "larger than %d KiB", TMPL_FILE_MAX / 1024);
	if (nested > TMPL_NEST_MAX || set->ntmpl == TMPL_MAX)
		return fail(p, 0, "too many templates");
	set->tmpl[set->ntmpl++] = t;
	p->text = arena_alloc(set->mem, src.n);
	if ((e = parse_source(p)) != OK)
		return e;
	keep(p);
	*out = t;
	return OK;
}
