#include "config.h"

#include "mdguard.h"

/* Lines like definitions, and markers of quotes and lists on a line: people
 * write two or three. */
#define COMMENT_DEFINITIONS 8
#define COMMENT_MARKERS     12

/* Each line, empty ones too, costs md4c a step for each open container.  Twice
 * what may be rendered, because indentation only tells how deep it may be. */
#define ARTICLE_DEPTH 64

/* Steps.  A pair of brackets costs its length (it may be a label) and the
 * lines of its paragraph (the one it is in is sought from the first). */
#define LABEL_STEPS_PER_BYTE 32
#define LABEL_STEPS_FREE     4096
#define LINE_STEPS           100000000

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* One container marker at i: where it ends, or i. */
static size_t
marker_end(struct str line, size_t i)
{
	size_t k = i;

	if (i >= line.n)
		return i;
	if (line.p[i] == '>')
		return i + 1;
	if (strchr("-+*", line.p[i]) != NULL) {
		k = i + 1;
	} else {
		while (k < line.n && line.p[k] >= '0' && line.p[k] <= '9')
			k++;
		if (k == i || k >= line.n ||
		    (line.p[k] != '.' && line.p[k] != ')'))
			return i;
		k++;
	}
	return k >= line.n || is_blank(line.p[k]) ? k : i;
}

static size_t
skip_blanks(struct str line, size_t i)
{
	while (i < line.n && is_blank(line.p[i]))
		i++;
	return i;
}

/* "* * * *": a rule, not ten lists. */
static bool
is_rule(struct str line)
{
	char c = '\0';

	for (size_t i = 0; i < line.n; i++) {
		if (is_blank(line.p[i]))
			continue;
		if (c == '\0')
			c = line.p[i];
		if (line.p[i] != c || (c != '-' && c != '*'))
			return false;
	}
	return c != '\0';
}

/* ---- articles -------------------------------------------------------- */

/* Where the containers that may be open began, outermost first. */
struct depth {
	size_t column[ARTICLE_DEPTH];
	size_t n;
};

static bool
depth_ok(struct depth *d, struct str line)
{
	size_t i = skip_blanks(line, 0), next;

	if (i == line.n || is_rule(line))
		return true;
	if (i == 0 && marker_end(line, 0) == 0)
		d->n = 0;
	for (; (next = marker_end(line, i)) != i; i = skip_blanks(line, next)) {
		while (d->n > 0 && d->column[d->n - 1] >= i)
			d->n--;
		if (d->n == ARTICLE_DEPTH)
			return false;
		d->column[d->n++] = i;
	}
	return true;
}

struct brackets {
	size_t *open; /* where the unmatched ones of the paragraph are */
	size_t n, pairs, lines;
	size_t label_steps, line_steps;
};

static void
paragraph_end(struct brackets *b)
{
	b->line_steps += b->pairs * b->lines;
	b->n = b->pairs = b->lines = 0;
}

static void
brackets_line(struct brackets *b, struct str src, size_t from, size_t to)
{
	b->lines++;
	for (size_t i = from; i < to; i++) {
		if (src.p[i] == '\\') {
			i++;
		} else if (src.p[i] == '[') {
			b->open[b->n++] = i;
		} else if (src.p[i] == ']' && b->n > 0) {
			b->label_steps += i - b->open[--b->n];
			b->pairs++;
		}
	}
}

/* Does no paragraph go on here?  Only what is certain: an empty line and the
 * bullet of an outer list. */
static bool
begins_block(struct str line)
{
	size_t i = skip_blanks(line, 0);

	return i == line.n ||
	    (i < 4 && str_find(line, '\t', 0) > i &&
		strchr("-+*", line.p[i]) != NULL &&
		marker_end(line, i) == i + 1 && i + 1 < line.n &&
		skip_blanks(line, i + 1) < line.n);
}

bool
mdguard_article(struct arena *a, struct str src)
{
	struct brackets b = { .open =
				  arena_array(a, src.n + 1, sizeof(*b.open)) };
	struct depth d = { .n = 0 };

	for (size_t from = 0, end; from < src.n; from = end + 1) {
		struct str line;

		end = str_find(src, '\n', from);
		line = str_sub(src, from, end);
		if (!depth_ok(&d, line))
			return false;
		if (begins_block(line))
			paragraph_end(&b);
		brackets_line(&b, src, from, end);
	}
	paragraph_end(&b);
	return b.label_steps <=
	    LABEL_STEPS_FREE + LABEL_STEPS_PER_BYTE * src.n &&
	    b.line_steps <= LINE_STEPS;
}

/* ---- comments -------------------------------------------------------- */

static bool
is_definition(struct str line)
{
	return str_starts(line, STR("[")) &&
	    memmem(line.p, line.n, "]:", 2) != NULL;
}

bool
mdguard_comment(struct str src)
{
	unsigned definitions = 0;

	for (size_t from = 0, end; from < src.n; from = end + 1) {
		struct str line;
		unsigned markers = 0;
		size_t i, next;

		end = str_find(src, '\n', from);
		line = str_sub(src, from, end);
		for (i = skip_blanks(line, 0);
		     (next = marker_end(line, i)) != i;
		     i = skip_blanks(line, next))
			markers++;
		definitions += is_definition(str_sub(line, i, line.n));
		if (markers > COMMENT_MARKERS ||
		    definitions > COMMENT_DEFINITIONS)
			return false;
	}
	return true;
}
