#include "config.h"

#include "tmpl_tag.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Position of the two braces c c at or after from, or src.n. */
static size_t
find_braces(struct str src, char c, size_t from)
{
	size_t i = from;

	while ((i = str_find(src, c, i)) < src.n) {
		if (i + 1 < src.n && src.p[i + 1] == c)
			return i;
		i++;
	}
	return src.n;
}

size_t
tag_find(struct str src, size_t from)
{
	return find_braces(src, '{', from);
}

/* Do only blanks follow on the line? */
static bool
line_ends(struct str src, size_t at, size_t *next)
{
	size_t i = at;

	while (i < src.n && is_blank(src.p[i]))
		i++;
	if (i + 1 < src.n && src.p[i] == '\r' && src.p[i + 1] == '\n')
		i++;
	*next = i < src.n ? i + 1 : i;
	return i == src.n || src.p[i] == '\n';
}

static void
measure_line(struct str src, struct tag *g)
{
	g->blank = g->from;
	while (g->blank > 0 && is_blank(src.p[g->blank - 1]))
		g->blank--;
	g->first = g->blank == 0 || src.p[g->blank - 1] == '\n';
	g->last = line_ends(src, g->to, &g->next);
}

static bool
name_ok(struct str s, char sigil)
{
	bool file = sigil == '>' || sigil == '<' || sigil == '/';

	if (s.n == 0 || s.n > 255)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') &&
		    (c < '0' || c > '9') && c != '_' && c != '-' && c != '.' &&
		    !(file && c == '/'))
			return false;
	}
	return true;
}

const char *
tag_read(struct str src, size_t from, struct tag *out)
{
	static const char sigils[] = "#^/><$!{&=";
	size_t at = from + 2, end;

	*out = (struct tag){ .sigil = ' ', .name = STR(""), .from = from };
	if (at < src.n && memchr(sigils, src.p[at], sizeof(sigils) - 1))
		out->sigil = src.p[at++];
	if (out->sigil == '{' || out->sigil == '&')
		return "{{{x}}} and {{&x}}: the value decides what is escaped";
	if (out->sigil == '=')
		return "{{= =}}: delimiters cannot be changed";
	end = find_braces(src, '}', at);
	if (end == src.n)
		return "\"{{\" without \"}}\"";
	out->name = str_trim(str_sub(src, at, end));
	out->to = end + 2;
	measure_line(src, out);
	if (out->sigil != '!' && !name_ok(out->name, out->sigil))
		return "not a name";
	return NULL;
}

bool
tag_is_pair(struct str src, const struct tag *g)
{
	size_t end, next;

	if (!g->first || !str_starts(str_sub(src, g->to, src.n), STR("{{/")))
		return false;
	end = find_braces(src, '}', g->to);
	return end < src.n && line_ends(src, end + 2, &next);
}

struct str
tag_indent(struct str src, size_t from)
{
	size_t next, end;

	while (from < src.n && line_ends(src, from, &next))
		from = next;
	for (end = from; end < src.n && is_blank(src.p[end]);)
		end++;
	return str_sub(src, from, end);
}
