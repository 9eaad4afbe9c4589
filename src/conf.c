#include "config.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "conf.h"
#include "log.h"

#define THREADS_MAX 256
#define NKEYS       4

/* What is being read: the first mistake stops it. */
struct reading {
	struct arena *a;
	struct conf *c;
	FILE *f;
	int line;
	const char *why;
	bool seen[NKEYS];
};

/* What is wrong with the value of a key; NULL when nothing is. */
typedef const char *set_fn(struct reading *, struct str value);

#define ALNUM                                                                  \
	"abcdefghijklmnopqrstuvwxyz"                                           \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

static bool
only(struct str s, const char *allowed)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\0' || strchr(allowed, s.p[i]) == NULL)
			return false;
	return true;
}

/* "example.org", "[::1]", with ":8080" or without. */
static bool
authority_ok(struct str s)
{
	bool v6 = str_starts(s, STR("["));
	size_t end = str_find(s, v6 ? ']' : ':', 0);
	struct str host = str_sub(s, v6 ? 1 : 0, end), port;
	uint64_t n;

	if (host.n == 0 || (v6 && end == s.n) ||
	    !only(host, v6 ? "0123456789abcdefABCDEF:." : ALNUM "-."))
		return false;
	port = str_sub(s, v6 ? end + 1 : end, s.n);
	if (port.n == 0)
		return true;
	return port.p[0] == ':' &&
	    str_u64(str_sub(port, 1, port.n), UINT16_MAX, &n) && n > 0;
}

/* A path that is its own canonical form (url_path): it is compared with
 * those, and "//x" in a redirect would be another host. */
static bool
base_ok(struct str s)
{
	if (s.n == 0 || s.p[s.n - 1] != '/' || !only(s, ALNUM "-._~/"))
		return false;
	for (size_t from = 1, to; from < s.n; from = to + 1) {
		struct str part;

		to = str_find(s, '/', from);
		part = str_sub(s, from, to);
		if (part.n == 0 || str_eq(part, STR(".")) ||
		    str_eq(part, STR("..")))
			return false;
	}
	return true;
}

bool
conf_url_ok(struct str s)
{
	size_t host, path;

	if (str_starts(s, STR("https://")))
		host = 8;
	else if (str_starts(s, STR("http://")))
		host = 7;
	else
		return false;
	path = str_find(s, '/', host);
	return authority_ok(str_sub(s, host, path)) &&
	    base_ok(str_sub(s, path, s.n));
}

static const char *
set_url(struct reading *r, struct str value)
{
	struct conf *c = r->c;
	size_t path;

	if (!conf_url_ok(value))
		return "url must look like https://example.org/ or "
		       "https://example.org/blog/";
	c->https = str_starts(value, STR("https:"));
	path = str_find(value, '/', c->https ? 8 : 7);
	c->url = value;
	c->origin = str_sub(value, 0, path);
	c->base = str_sub(value, path, value.n);
	return NULL;
}

static const char *
set_hosts(struct reading *r, struct str value)
{
	for (size_t i = 0; i <= value.n;) {
		size_t end = str_find(value, ',', i);
		struct str host = str_trim(str_sub(value, i, end));

		if (host.n > 0) {
			if (r->c->nhosts == CONF_HOSTS_MAX)
				return "hosts holds at most 16 names";
			r->c->hosts[r->c->nhosts++] = host;
		}
		i = end + 1;
	}
	return NULL;
}

static const char *
set_threads(struct reading *r, struct str value)
{
	uint64_t n;

	if (!str_u64(value, THREADS_MAX, &n) || n == 0)
		return "threads must be a number from 1 to 256";
	r->c->threads = (int)n;
	return NULL;
}

static const char *
set_theme(struct reading *r, struct str value)
{
	if (value.n == 0)
		return "theme must name a directory";
	r->c->theme = value.p[0] == '/'
	    ? value.p
	    : arena_printf(r->a, "%s/%s", r->c->dir, value.p).p;
	return NULL;
}

static const struct {
	const char *key;
	set_fn *set;
} keys[] = {
	{ "url", set_url },
	{ "hosts", set_hosts },
	{ "threads", set_threads },
	{ "theme", set_theme },
};

_Static_assert(ARRAY_LEN(keys) == NKEYS, "a flag for each key");

/* inih's callback: 0 is a mistake in this line. */
static int
on_key(void *arg, const char *section, const char *name, const char *value)
{
	struct reading *r = arg;

	(void)section;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		if (strcmp(keys[i].key, name) != 0)
			continue;
		if (r->seen[i])
			r->why =
			    arena_printf(r->a, "%s is given twice", name).p;
		else
			r->why = keys[i].set(
			    r, arena_str(r->a, str_trim(str_c(value))));
		r->seen[i] = true;
		return r->why == NULL;
	}
	r->why = arena_printf(r->a,
	    "unknown key '%s'; known are url, hosts, threads, theme",
	    log_safe(r->a, str_c(name), 40))
		     .p;
	return 0;
}

/* A line without what is in front of it: inih takes an indented line for
 * more of the value before.  Its length, or 0 at the end of the file. */
static size_t
read_line(struct reading *r, char *to, size_t size)
{
	size_t n = 0;
	int c;

	r->line++;
	while ((c = getc(r->f)) != EOF) {
		if (c == '\0')
			r->why = "holds a NUL byte; is this a text file?";
		else if (n + 2 > size)
			r->why = "the line is too long";
		if (r->why != NULL)
			return 0;
		if (n > 0 || c == '\n' || (c != ' ' && c != '\t'))
			to[n++] = (char)c;
		if (c == '\n')
			break;
	}
	to[n] = '\0';
	return n;
}

/* inih's reader: it would go on after a mistake, cut what is too long and
 * say nothing about a section. */
static char *
next_line(char *to, int size, void *stream)
{
	struct reading *r = stream;

	if (r->why != NULL || read_line(r, to, (size_t)size) == 0)
		return NULL;
	if (to[0] == '[') {
		r->why = "sections have no meaning here; remove the line";
		return NULL;
	}
	return to;
}

/* The line of the first mistake, or 0. */
static int
read_file(struct reading *r)
{
	int line = ini_parse_stream(next_line, r, on_key, r);

	if (line != 0 && (r->why == NULL || line < r->line))
		r->why = "not a 'key = value' line";
	else if (r->why != NULL)
		line = r->line;
	return line;
}

const char *
conf_dir(const char *arg)
{
	const char *env;

	if (arg != NULL)
		return arg;
	env = getenv("BALAS_DIR");
	return env != NULL && env[0] != '\0' ? env : BALAS_DATADIR;
}

static void
set_paths(struct arena *a, const char *dir, struct conf *c)
{
	*c = (struct conf){ 0 };
	c->dir = arena_printf(a, "%s", dir).p;
	c->file = arena_printf(a, "%s/balas.conf", dir).p;
	c->db = arena_printf(a, "%s/blog.db", dir).p;
	c->key = arena_printf(a, "%s/key", dir).p;
	c->lock = arena_printf(a, "%s/lock", dir).p;
	c->media = arena_printf(a, "%s/media", dir).p;
	/* Twice the cores, at least 4 (DESIGN section 4). */
	c->threads = (int)sysconf(_SC_NPROCESSORS_ONLN) * 2;
	if (c->threads < 4)
		c->threads = 4;
	if (c->threads > THREADS_MAX)
		c->threads = THREADS_MAX;
}

enum err
conf_load(struct arena *a, const char *dir, struct conf *out, const char **why)
{
	struct conf c;
	struct reading r = { .a = a, .c = &c };
	int line;

	set_paths(a, dir, &c);
	if ((r.f = fopen(c.file, "re")) == NULL) {
		*why = arena_printf(a, "%s: %s%s", c.file, strerror(errno),
		    errno == ENOENT ? "; make a blog with 'balas init'" : "")
			   .p;
		return ERR_CONFIG;
	}
	line = read_file(&r);
	fclose(r.f);
	if (line != 0) {
		*why = arena_printf(a, "%s:%d: %s", c.file, line, r.why).p;
		return ERR_CONFIG;
	}
	if (c.url.n == 0) {
		*why = arena_printf(a,
		    "%s: no url; add a line like 'url = https://example.org/'",
		    c.file)
			   .p;
		return ERR_CONFIG;
	}
	*out = c;
	return OK;
}
