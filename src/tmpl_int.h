/*
 * What the parts of the template engine share and nobody else sees: values
 * as they lie in a view, templates as the parser leaves them for the
 * renderer.  A template is a flat array of instructions; names and blocks
 * are numbers, partials and parents are pointers.
 */
#ifndef TMPL_INT_H
#define TMPL_INT_H

#include "tmpl.h"
#include "tmpl_html.h"

#define TMPL_FILE_MAX (256 * 1024)
#define TMPL_NEST_MAX 64

/* ---- values ---------------------------------------------------------- */

enum kind {
	KIND_BOOL,
	KIND_INT,
	KIND_TEXT,
	KIND_HTML,
	KIND_URL,
	KIND_OBJECT,
	KIND_LIST
};

struct value {
	int name; /* in a list: nothing */
	enum kind kind;
	union {
		struct str s; /* KIND_TEXT, KIND_HTML, KIND_URL */
		int64_t i;    /* KIND_BOOL, KIND_INT */
		struct view *object;
		struct list *list;
	};
};

/* A growing array in an arena. */
struct list {
	size_t n, cap;
	struct value *v;
};

struct view {
	struct arena *a;
	uint64_t present; /* bit name % 64: some such name may be here */
	struct list values;
};

/* The value of a name in this object alone, or NULL. */
const struct value *view_find(const struct view *v, int name);

/* Is a section on v shown?  v may be NULL. */
bool value_true(const struct value *v);

/* ---- templates ------------------------------------------------------- */

/* clang-format off */
enum opcode {
	OP_TEXT,	/* text */
	OP_VALUE,	/* name and parts, flags */
	OP_MSG,		/* name is the enum msg, flags */
	OP_URL,		/* the value of a URL attribute begins here */
	OP_SECTION,	/* name and parts; up to end */
	OP_INVERTED,	/* the same */
	OP_PARTIAL,	/* callee; text is its indentation */
	OP_PARENT,	/* callee; text the same; OP_BLOCKs up to end override */
	OP_BLOCK,	/* name is the block; default content up to end */
	OP_BREAK	/* text is a line end, unless one was just written */
};

enum {
	OP_IN_VALUE = 1, /* in an attribute, <title>, <textarea>: no markup */
	OP_URL_HEAD = 2, /* where a URL's scheme may still be decided */
	OP_LINE = 4	 /* alone on its line: text indents every line */
};
/* clang-format on */

/* op.name of "{{.}}". */
#define NAME_DOT (-1)

struct op {
	uint8_t code, flags;
	uint16_t nparts; /* of a dotted name, after the first */
	int name;
	uint32_t end;   /* index of the op after the section */
	uint32_t parts; /* index in tmpl.parts */
	struct str text;
	const struct tmpl *callee;
};

struct tmpl {
	struct str name;
	const struct op *ops;
	size_t nops;
	const int *parts;
	bool parsed;
};

/* A block has one place in HTML, wherever it stands in the set. */
struct block {
	struct str name;
	struct html_at at;
};

#define TMPL_MAX  512 /* templates in a set; a search is linear */
#define BLOCK_MAX 256 /* names of blocks in a set; the same */

struct tmpl_set {
	struct arena *mem;
	const struct tmpl_names *names;
	const struct tmpl_source *source;
	struct tmpl *tmpl[TMPL_MAX];
	size_t ntmpl;
	struct block block[BLOCK_MAX];
	size_t nblock;
};

/* The template called name, parsed or being parsed, or NULL. */
struct tmpl *tmpl_lookup(const struct tmpl_set *set, struct str name);

/* As tmpl_parse, without taking back what was added when it fails.  nested
 * is the number of templates being parsed around this one. */
enum err tmpl_load(struct tmpl_set *set, struct str name, unsigned nested,
    struct arena *a, const char **why, struct tmpl **out) MUST_CHECK;

#endif
