#include "config.h"

#include "html.h"
#include "nest.h"

struct block {
	enum el el;
	size_t cell;    /* blocks up to and with the innermost cell */
	size_t skipped; /* start tags swallowed, whose end tags will come */
};

struct span {
	enum el el;
	struct str attrs, again;
	size_t depth; /* blocks open when it came */
	bool used;    /* written before */
	bool shown;   /* what was written needs an end tag */
};

struct nest {
	struct buf *out;
	struct block block[NEST_BLOCKS];
	struct span span[NEST_INLINE];
	size_t nblock, nspan;
	size_t written; /* spans open in the output: a prefix of span[] */
	size_t again;   /* bytes left for writing spans again */
	size_t fresh;   /* out->n behind a <pre>, or SIZE_MAX */
};

static enum nest_kind
kind_of(enum el el)
{
	static const enum nest_kind kind[EL_MAX] = {
#define X(name, k, parent) [EL_##name] = KIND_##k,
		NEST_LIST(X)
#undef X
	};

	return kind[el];
}

static enum el
parent_of(enum el el)
{
	static const enum el parent[EL_MAX] = {
#define X(name, k, p) [EL_##name] = EL_##p,
		NEST_LIST(X)
#undef X
	};

	return parent[el];
}

static struct str
name_of(enum el el)
{
	static const struct str name[EL_MAX] = {
#define X(n, k, p) [EL_##n] = { #n, sizeof(#n) - 1 },
		NEST_LIST(X)
#undef X
	};

	return name[el];
}

struct nest *
nest_new(struct arena *a, struct buf *out, size_t again_bytes)
{
	struct nest *n = arena_alloc(a, sizeof(*n));

	n->out = out;
	n->again = again_bytes;
	n->fresh = SIZE_MAX;
	return n;
}

static void
put_start(struct nest *n, enum el el, struct str attrs)
{
	buf_char(n->out, '<');
	buf_str(n->out, name_of(el));
	buf_str(n->out, attrs);
	buf_char(n->out, '>');
}

static void
put_end(struct nest *n, enum el el)
{
	buf_cstr(n->out, "</");
	buf_str(n->out, name_of(el));
	buf_char(n->out, '>');
}

/* ---- inline elements ------------------------------------------------- */

static bool
is_format(enum el el)
{
	return kind_of(el) == KIND_FORMAT;
}

/* Does it mean nothing without attributes? */
static bool
is_bare(enum el el)
{
	return el == EL_span || el == EL_a;
}

static void
span_put(struct nest *n, struct span *s)
{
	struct str attrs = s->used ? s->again : s->attrs;

	s->shown = attrs.n > 0 || !is_bare(s->el);
	s->used = true;
	if (s->shown)
		put_start(n, s->el, attrs);
}

/* Bring the output to where all remembered inline elements are open. */
static void
spans_show(struct nest *n)
{
	for (; n->written < n->nspan; n->written++) {
		struct span *s = &n->span[n->written];

		if (s->used) {
			size_t cost = s->again.n + 2 * name_of(s->el).n + 5;

			if (cost > n->again) {
				n->nspan = n->written;
				return;
			}
			n->again -= cost;
		}
		span_put(n, s);
	}
}

/* Bring the output to where only the first k are open. */
static void
spans_hide(struct nest *n, size_t k)
{
	while (n->written > k)
		if (n->span[--n->written].shown)
			put_end(n, n->span[n->written].el);
}

/* Element k ends; what began inside it and is no formatting ends with it. */
static void
span_remove(struct nest *n, size_t k)
{
	size_t to = k;

	spans_hide(n, k);
	for (size_t i = k + 1; i < n->nspan; i++)
		if (is_format(n->span[i].el))
			n->span[to++] = n->span[i];
	n->nspan = to;
}

static size_t
span_find(const struct nest *n, enum el el)
{
	size_t k = n->nspan;

	while (k > 0 && n->span[k - 1].el != el)
		k--;
	return k == 0 ? SIZE_MAX : k - 1;
}

/* At most three of the same, as parsers do (WHATWG HTML §13.2.4.3): an
 * unclosed <b> in each paragraph must not pile up. */
static void
span_trim(struct nest *n, enum el el, struct str again)
{
	size_t same = 0, oldest = 0;

	for (size_t k = n->nspan; k-- > 0;)
		if (n->span[k].el == el && str_eq(n->span[k].again, again)) {
			same++;
			oldest = k;
		}
	if (same >= 3)
		span_remove(n, oldest);
}

/* Annotations end the ones before them; without a ruby they are nothing. */
static bool
ruby_make_room(struct nest *n)
{
	size_t k = span_find(n, EL_ruby);

	if (k == SIZE_MAX)
		return false;
	spans_hide(n, k + 1);
	n->nspan = k + 1;
	return true;
}

/* After a block: cells take all they began with them, others the rest. */
static void
spans_leave(struct nest *n, bool cell)
{
	size_t to = 0;

	for (size_t i = 0; i < n->nspan; i++) {
		struct span s = n->span[i];

		if (s.depth > n->nblock && (cell || !is_format(s.el)))
			continue;
		if (s.depth > n->nblock)
			s.depth = n->nblock;
		n->span[to++] = s;
	}
	n->nspan = to;
}

/* ---- blocks ---------------------------------------------------------- */

static enum nest_kind
top_kind(const struct nest *n)
{
	return n->nblock == 0 ? KIND_FLOW : kind_of(n->block[n->nblock - 1].el);
}

static bool
is_cell(enum el el)
{
	return kind_of(el) == KIND_CELL || kind_of(el) == KIND_CAPTION;
}

/* How many blocks enclose the innermost cell and itself. */
static size_t
cell_depth(const struct nest *n)
{
	return n->nblock == 0 ? 0 : n->block[n->nblock - 1].cell;
}

/* Room enough?  Lists and tables also need it for what they imply, which
 * may not fail later. */
static bool
block_fits(const struct nest *n, enum el el)
{
	size_t need = kind_of(el) == KIND_TABLE ? 4
	    : kind_of(el) == KIND_LIST          ? 2
						: 1;

	return n->nblock + need <= NEST_BLOCKS;
}

static void
block_push(struct nest *n, enum el el, struct str attrs)
{
	struct block *b = &n->block[n->nblock];
	size_t cell = cell_depth(n);

	if (!block_fits(n, el))
		return;
	spans_hide(n, 0);
	put_start(n, el, attrs);
	*b = (struct block){ .el = el };
	b->cell = is_cell(el) ? n->nblock + 1 : cell;
	n->nblock++;
	if (el == EL_pre)
		n->fresh = n->out->n;
}

static void
block_pop(struct nest *n)
{
	enum el el = n->block[n->nblock - 1].el;

	spans_hide(n, 0);
	put_end(n, el);
	n->nblock--;
	spans_leave(n, is_cell(el));
}

static void
block_pop_to(struct nest *n, size_t depth)
{
	while (n->nblock > depth)
		block_pop(n);
}

/* Number of blocks up to and with the innermost el above the blocks of from,
 * not looking past a block of kind stop; 0: none. */
static size_t
block_find(const struct nest *n, enum el el, size_t from, enum nest_kind stop)
{
	for (size_t i = n->nblock; i > from; i--) {
		if (n->block[i - 1].el == el)
			return i;
		if (kind_of(n->block[i - 1].el) == stop)
			return 0;
	}
	return 0;
}

/* Words cannot stand between table parts or list items: open what is
 * missing. */
static void
make_phrasing_fit(struct nest *n)
{
	for (;;)
		switch (top_kind(n)) {
		case KIND_LIST:
			block_push(n,
			    n->block[n->nblock - 1].el == EL_dl ? EL_dd : EL_li,
			    STR(""));
			break;
		case KIND_COLGROUP:
			block_pop(n);
			break;
		case KIND_TABLE:
			block_push(n, EL_tbody, STR(""));
			break;
		case KIND_SECTION:
			block_push(n, EL_tr, STR(""));
			break;
		case KIND_ROW:
			block_push(n, EL_td, STR(""));
			break;
		default:
			return;
		}
}

static bool
is_wrapper(enum el el)
{
	return el == EL_div || el == EL_section || el == EL_p;
}

/* Make way for a block; false when its tags are to be dropped. */
static bool
make_block_fit(struct nest *n, enum el el)
{
	if (top_kind(n) == KIND_P)
		block_pop(n);
	if (top_kind(n) == KIND_WORDS) {
		if (is_wrapper(el)) {
			n->block[n->nblock - 1].skipped++;
			return false;
		}
		block_pop(n);
	}
	/* A list straight inside a list is common and reads well. */
	if (!(top_kind(n) == KIND_LIST && (el == EL_ul || el == EL_ol)))
		make_phrasing_fit(n);
	return block_fits(n, el);
}

static void
open_block(struct nest *n, enum el el, struct str attrs)
{
	if (make_block_fit(n, el))
		block_push(n, el, attrs);
}

/* li, dt, dd: in the nearest list of theirs; without one, a paragraph. */
static void
open_item(struct nest *n, enum el el, struct str attrs)
{
	size_t i = n->nblock;

	for (; i > cell_depth(n); i--) {
		enum el list = n->block[i - 1].el;

		if (kind_of(list) == KIND_LIST &&
		    (list == EL_dl) == (el != EL_li))
			break;
	}
	if (i == cell_depth(n)) {
		open_block(n, EL_p, STR(""));
		return;
	}
	block_pop_to(n, i);
	block_push(n, el, attrs);
}

/* figcaption and summary: straight in theirs; else a paragraph. */
static void
open_part(struct nest *n, enum el el, struct str attrs)
{
	if (top_kind(n) == KIND_P)
		block_pop(n);
	if (n->nblock > 0 && n->block[n->nblock - 1].el == parent_of(el))
		open_block(n, el, attrs);
	else
		open_block(n, EL_p, STR(""));
}

/* Rows need a section, cells a row: the one that is open, or a new one. */
static void
open_table_part(struct nest *n, enum el el, struct str attrs)
{
	size_t table = block_find(n, EL_table, 0, KIND_INLINE);
	size_t keep = table;

	if (table == 0)
		return;
	if (n->nblock > keep &&
	    ((el == EL_col && n->block[keep].el == EL_colgroup) ||
		((kind_of(el) == KIND_ROW || kind_of(el) == KIND_CELL) &&
		    kind_of(n->block[keep].el) == KIND_SECTION)))
		keep++;
	if (n->nblock > keep && keep > table && kind_of(el) == KIND_CELL &&
	    kind_of(n->block[keep].el) == KIND_ROW)
		keep++;
	block_pop_to(n, keep);
	if (el == EL_col && top_kind(n) == KIND_TABLE)
		block_push(n, EL_colgroup, STR(""));
	if ((kind_of(el) == KIND_ROW || kind_of(el) == KIND_CELL) &&
	    top_kind(n) == KIND_TABLE)
		block_push(n, EL_tbody, STR(""));
	if (kind_of(el) == KIND_CELL && top_kind(n) == KIND_SECTION)
		block_push(n, EL_tr, STR(""));
	if (el == EL_col)
		put_start(n, el, attrs);
	else
		block_push(n, el, attrs);
}

static void
open_inline(struct nest *n, struct span s, bool now)
{
	size_t k;

	if (kind_of(s.el) == KIND_RUBY && !ruby_make_room(n))
		return;
	/* A link ends the one before it. */
	if (s.el == EL_a && (k = span_find(n, EL_a)) != SIZE_MAX)
		span_remove(n, k);
	if (is_format(s.el))
		span_trim(n, s.el, s.again);
	if (n->nspan == NEST_INLINE)
		return;
	s.depth = n->nblock;
	n->span[n->nspan++] = s;
	if (now) {
		make_phrasing_fit(n);
		spans_show(n);
	}
}

void
nest_open(
    struct nest *n, enum el el, struct str attrs, struct str again, bool now)
{
	switch (kind_of(el)) {
	case KIND_INLINE:
	case KIND_FORMAT:
	case KIND_RUBY:
		open_inline(n,
		    (struct span){ .el = el, .attrs = attrs, .again = again },
		    now);
		break;
	case KIND_VOID:
		make_phrasing_fit(n);
		spans_show(n);
		put_start(n, el, attrs);
		break;
	case KIND_HR:
		make_block_fit(n, el);
		spans_hide(n, 0);
		put_start(n, el, attrs);
		break;
	case KIND_ITEM:
		open_item(n, el, attrs);
		break;
	case KIND_PART:
		open_part(n, el, attrs);
		break;
	case KIND_CAPTION:
	case KIND_COLGROUP:
	case KIND_COL:
	case KIND_SECTION:
	case KIND_ROW:
	case KIND_CELL:
		open_table_part(n, el, attrs);
		break;
	case KIND_FLOW:
	case KIND_P:
	case KIND_WORDS:
	case KIND_LIST:
	case KIND_TABLE:
		open_block(n, el, attrs);
		break;
	}
}

static void
close_inline(struct nest *n, enum el el)
{
	size_t k = span_find(n, el);

	/* One that began outside this cell goes on in the next. */
	if (k != SIZE_MAX && n->span[k].depth >= cell_depth(n))
		span_remove(n, k);
}

/* Any end tag of a heading ends the heading that is open. */
static size_t
heading_find(const struct nest *n)
{
	for (size_t i = n->nblock; i > cell_depth(n); i--)
		if (n->block[i - 1].el >= EL_h1 && n->block[i - 1].el <= EL_h6)
			return i;
	return 0;
}

static void
close_block(struct nest *n, enum el el)
{
	enum nest_kind kind = kind_of(el);
	size_t i;

	if (top_kind(n) == KIND_WORDS && is_wrapper(el) &&
	    n->block[n->nblock - 1].skipped > 0) {
		n->block[n->nblock - 1].skipped--;
		return;
	}
	if (kind >= KIND_TABLE)
		i = block_find(
		    n, el, 0, el == EL_table ? KIND_INLINE : KIND_TABLE);
	else if (el >= EL_h1 && el <= EL_h6)
		i = heading_find(n);
	else
		i = block_find(n, el, cell_depth(n),
		    kind == KIND_ITEM ? KIND_LIST : KIND_INLINE);
	if (i == 0 && top_kind(n) == KIND_P &&
	    (kind == KIND_ITEM || kind == KIND_PART))
		i = n->nblock;
	if (i > 0)
		block_pop_to(n, i - 1);
}

void
nest_close(struct nest *n, enum el el)
{
	switch (kind_of(el)) {
	case KIND_INLINE:
	case KIND_FORMAT:
	case KIND_RUBY:
		close_inline(n, el);
		break;
	case KIND_VOID:
	case KIND_HR:
	case KIND_COL:
		break;
	default:
		close_block(n, el);
		break;
	}
}

static bool
is_blank(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != ' ' && s.p[i] != '\n' && s.p[i] != '\t')
			return false;
	return true;
}

void
nest_text(struct nest *n, struct str s)
{
	if (s.n == 0)
		return;
	if (is_blank(s)) {
		if (top_kind(n) == KIND_COLGROUP)
			return;
	} else {
		make_phrasing_fit(n);
		spans_show(n);
	}
	/* Parsers drop a line end behind <pre>: it is written twice. */
	if (n->out->n == n->fresh && s.p[0] == '\n')
		buf_char(n->out, '\n');
	buf_text(n->out, s);
}

bool
nest_has(const struct nest *n, enum el el)
{
	return span_find(n, el) != SIZE_MAX ||
	    block_find(n, el, 0, KIND_INLINE);
}

void
nest_end(struct nest *n)
{
	spans_hide(n, 0);
	block_pop_to(n, 0);
}
