/*
 * Writes elements so that every HTML parser reads back the tree we meant:
 * blocks inside blocks, inline elements inside inline elements only, list
 * items inside lists, cells inside rows, no link inside a link.  What comes in
 * another order is put right as it passes (an inline element around a block
 * moves into it, a paragraph ends where a block begins, a stray cell's tags
 * are dropped); the text is always kept.  Time is linear and depth bounded
 * whatever comes.
 */
#ifndef NEST_H
#define NEST_H

#include "buf.h"

/* Elements open at a time: blocks, and inline elements in the innermost. */
#define NEST_BLOCKS 128
#define NEST_INLINE 32

enum nest_kind {
	KIND_INLINE, /* phrasing */
	KIND_FORMAT, /* phrasing that goes on after an unclosed block's end */
	KIND_RUBY,   /* rt, rp */
	KIND_VOID,   /* br, wbr, img */
	KIND_HR,
	KIND_FLOW,  /* holds anything */
	KIND_PART,  /* flow, but only as a child of its parent */
	KIND_P,     /* holds phrasing; any block ends it */
	KIND_WORDS, /* headings and pre: hold phrasing, swallow div and p */
	KIND_LIST,
	KIND_ITEM,
	KIND_TABLE,
	KIND_CAPTION,
	KIND_COLGROUP,
	KIND_COL,
	KIND_SECTION,
	KIND_ROW,
	KIND_CELL
};

/* Every element that can come out: name, kind, parent of KIND_PART. */
/* clang-format off */
#define NEST_LIST(X)			\
	X(a,		FORMAT,	a)	\
	X(abbr,		INLINE,	abbr)	\
	X(b,		FORMAT,	b)	\
	X(bdi,		INLINE,	bdi)	\
	X(bdo,		INLINE,	bdo)	\
	X(blockquote,	FLOW,	blockquote) \
	X(br,		VOID,	br)	\
	X(caption,	CAPTION, table)	\
	X(cite,		INLINE,	cite)	\
	X(code,		FORMAT,	code)	\
	X(col,		COL,	colgroup) \
	X(colgroup,	COLGROUP, table) \
	X(dd,		ITEM,	dl)	\
	X(del,		INLINE,	del)	\
	X(details,	FLOW,	details) \
	X(dfn,		INLINE,	dfn)	\
	X(div,		FLOW,	div)	\
	X(dl,		LIST,	dl)	\
	X(dt,		ITEM,	dl)	\
	X(em,		FORMAT,	em)	\
	X(figcaption,	PART,	figure)	\
	X(figure,	FLOW,	figure)	\
	X(h1,		WORDS,	h1)	\
	X(h2,		WORDS,	h2)	\
	X(h3,		WORDS,	h3)	\
	X(h4,		WORDS,	h4)	\
	X(h5,		WORDS,	h5)	\
	X(h6,		WORDS,	h6)	\
	X(hr,		HR,	hr)	\
	X(i,		FORMAT,	i)	\
	X(img,		VOID,	img)	\
	X(ins,		INLINE,	ins)	\
	X(kbd,		INLINE,	kbd)	\
	X(li,		ITEM,	ul)	\
	X(mark,		INLINE,	mark)	\
	X(ol,		LIST,	ol)	\
	X(p,		P,	p)	\
	X(pre,		WORDS,	pre)	\
	X(q,		INLINE,	q)	\
	X(rp,		RUBY,	ruby)	\
	X(rt,		RUBY,	ruby)	\
	X(ruby,		INLINE,	ruby)	\
	X(s,		FORMAT,	s)	\
	X(samp,		INLINE,	samp)	\
	X(section,	FLOW,	section) \
	X(small,	FORMAT,	small)	\
	X(span,		INLINE,	span)	\
	X(strong,	FORMAT,	strong)	\
	X(sub,		INLINE,	sub)	\
	X(summary,	PART,	details) \
	X(sup,		INLINE,	sup)	\
	X(table,	TABLE,	table)	\
	X(tbody,	SECTION, table)	\
	X(td,		CELL,	table)	\
	X(tfoot,	SECTION, table)	\
	X(th,		CELL,	table)	\
	X(thead,	SECTION, table)	\
	X(time,		INLINE,	time)	\
	X(tr,		ROW,	table)	\
	X(u,		FORMAT,	u)	\
	X(ul,		LIST,	ul)	\
	X(var,		INLINE,	var)	\
	X(wbr,		VOID,	wbr)
/* clang-format on */

enum el {
#define X(name, kind, parent) EL_##name,
	NEST_LIST(X)
#undef X
	    EL_MAX
};

struct nest;

/*
 * A writer into out, which it does not own.  again_bytes bounds what inline
 * elements cost that are written again in each block they cross; past it they
 * end.  Lives in a.
 */
struct nest *nest_new(struct arena *a, struct buf *out, size_t again_bytes);

/*
 * A start tag.  attrs is what stands behind its name (" href=…", escaped);
 * again the same without an id, for the second time it is written.  Both are
 * kept: they must live as long as the writer.  A span or a with neither is
 * remembered and not written.  now: write it even if nothing follows.
 */
void nest_open(
    struct nest *n, enum el el, struct str attrs, struct str again, bool now);

/* An end tag.  One that fits nothing is ignored. */
void nest_close(struct nest *n, enum el el);

/* Characters: escaped here. */
void nest_text(struct nest *n, struct str s);

/* Is an element open, or remembered to be? */
bool nest_has(const struct nest *n, enum el el);

/* The end: everything open is closed. */
void nest_end(struct nest *n);

#endif
