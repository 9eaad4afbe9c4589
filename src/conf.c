#include "config.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "conf.h"
#include "log.h"

#define THREADS_MAX 256

struct reading {
	struct arena *a;
	struct conf *c;
	const char *why;
	bool seen_url;
};

/* What is wrong with the value of a key; NULL when nothing is. */
typedef const char *set_fn(struct reading *, struct str value);

bool
conf_url_ok(struct str s)
{
	size_t host;

	if (str_starts(s, STR("https://")))
		host = 8;
	else if (str_starts(s, STR("http://")))
		host = 7;
	else
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c <= 0x20 || c >= 0x7f || strchr("?#@\\\"'<>", c) != NULL)
			return false;
	}
	return str_find(s, '/', host) > host && str_find(s, '/', host) < s.n &&
	    s.p[s.n - 1] == '/';
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
	r->seen_url = true;
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
	r->c->theme = value.p[0] == '/' ?
	    value.p :
	    arena_printf(r->a, "%s/%s", r->c->dir, value.p).p;
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

/* inih's callback: 0 stops at this line. */
static int
on_key(void *arg, const char *section, const char *name, const char *value)
{
	struct reading *r = arg;

	if (section[0] != '\0') {
		r->why = "sections have no meaning here; remove the line";
		return 0;
	}
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		if (strcmp(keys[i].key, name) != 0)
			continue;
		r->why = keys[i].set(r,
		    arena_str(r->a, str_trim(str_c(value))));
		return r->why == NULL;
	}
	r->why = arena_printf(r->a,
	    "unknown key '%s'; known are url, hosts, threads, theme",
	    log_safe(r->a, str_c(name), 40))
		     .p;
	return 0;
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
conf_load(struct arena *a, const char *dir, struct conf *out,
    const char **why)
{
	struct conf c;
	struct reading r = { .a = a, .c = &c };
	int line;
	FILE *f;

	set_paths(a, dir, &c);
	if ((f = fopen(c.file, "re")) == NULL) {
		*why = arena_printf(a, "%s: %s%s", c.file, strerror(errno),
		    errno == ENOENT ? "; make a blog with 'balas init'" : "")
			   .p;
		return ERR_CONFIG;
	}
	line = ini_parse_file(f, on_key, &r);
	fclose(f);
	if (line != 0) {
		*why = arena_printf(a, "%s:%d: %s", c.file, line,
		    r.why != NULL ? r.why : "not a 'key = value' line")
			   .p;
		return ERR_CONFIG;
	}
	if (!r.seen_url) {
		*why = arena_printf(a,
		    "%s: no url; add a line like 'url = https://example.org/'",
		    c.file)
			   .p;
		return ERR_CONFIG;
	}
	*out = c;
	return OK;
}
