/* The cookie jar; see jar.h. */
#include "config.h"

#include "jar.h"

struct jar
jar_parse(struct arena *a, struct str text)
{
	struct jar j = { .n = 0 };
	size_t lines = 1;

	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	j.v = arena_array(a, lines, sizeof(*j.v));
	while (text.n > 0) {
		struct pair line = pair_split(text, '\n');
		struct pair tab = pair_split(line.name, '\t');
		struct pair nv = pair_split(tab.name, '=');

		if (nv.name.n > 0)
			j.v[j.n++] =
			    (struct cookie){ nv.name, nv.value, tab.value };
		text = line.value;
	}
	return j;
}

struct str
jar_text(struct arena *a, const struct jar *j)
{
	struct buf b = buf_new(CLIENT_MAX_BYTES);
	struct str out;

	for (size_t i = 0; i < j->n; i++) {
		buf_str(&b, j->v[i].name);
		buf_char(&b, '=');
		buf_str(&b, j->v[i].value);
		buf_char(&b, '\t');
		buf_str(&b, j->v[i].path);
		buf_char(&b, '\n');
	}
	out = buf_copy(&b, a);
	buf_free(&b);
	return out;
}

/* RFC 6265, 5.1.4: /a covers /a and /a/b, but not /ab. */
static bool
path_covers(struct str path, struct str uri)
{
	if (path.n == 0 || !str_starts(uri, path))
		return path.n == 0;
	return path.p[path.n - 1] == '/' || uri.n == path.n ||
	       uri.p[path.n] == '/' || uri.p[path.n] == '?';
}

struct str
jar_header(struct arena *a, const struct jar *j, struct str uri)
{
	struct buf b = buf_new(CLIENT_MAX_BYTES);
	struct str out;

	for (size_t i = 0; i < j->n; i++) {
		if (!path_covers(j->v[i].path, uri))
			continue;
		if (b.n > 0)
			buf_cstr(&b, "; ");
		buf_str(&b, j->v[i].name);
		buf_char(&b, '=');
		buf_str(&b, j->v[i].value);
	}
	out = buf_copy(&b, a);
	buf_free(&b);
	return out;
}

static void
jar_drop(struct jar *j, const struct cookie *c)
{
	size_t kept = 0;

	for (size_t i = 0; i < j->n; i++)
		if (!str_eq(j->v[i].name, c->name) ||
		    !str_eq(j->v[i].path, c->path))
			j->v[kept++] = j->v[i];
	j->n = kept;
}

static void
jar_keep(struct arena *a, struct jar *j, const struct cookie *c)
{
	struct cookie *v = arena_array(a, j->n + 1, sizeof(*v));

	if (j->n > 0)
		memcpy(v, j->v, j->n * sizeof(*v));
	v[j->n++] = *c;
	j->v = v;
}

const char *
jar_set(struct arena *a, struct jar *j, struct str header, bool https)
{
	struct pair rest = pair_split(header, ';');
	struct pair nv = pair_split(str_trim(rest.name), '=');
	struct cookie c = { nv.name, nv.value, STR("") };
	bool secure = false, domain = false, gone = false;

	while (rest.value.n > 0) {
		struct pair at;

		rest = pair_split(rest.value, ';');
		at = pair_split(str_trim(rest.name), '=');
		if (str_eq_nocase(at.name, STR("Path")))
			c.path = at.value;
		else if (str_eq_nocase(at.name, STR("Secure")))
			secure = true;
		else if (str_eq_nocase(at.name, STR("Domain")))
			domain = true;
		else if (str_eq_nocase(at.name, STR("Max-Age")))
			gone = at.value.n == 0 || at.value.p[0] == '-' ||
			       str_eq(at.value, STR("0"));
	}
	if (c.name.n == 0)
		return "a cookie without a name";
	if (secure && !https)
		return "a Secure cookie over plain http";
	if (str_starts(c.name, STR("__Host-")) &&
	    (!secure || domain || !str_eq(c.path, STR("/"))))
		return "a __Host- cookie that is not one";
	jar_drop(j, &c);
	if (!gone)
		jar_keep(a, j, &c);
	return NULL;
}
