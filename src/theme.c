#include "config.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <sodium.h>

#include "buildid.h"
#include "theme.h"

#define FILE_MAX_BYTES (1024 * 1024)
#define HASH_CHARS     12

/* www/, made into C by www/embed.awk. */
#include "files.h"

#define NFILES ARRAY_LEN(builtin)

struct theme {
	char *dir; /* NULL: only what is built in */
	struct tmpl_set *set;
	/* by the index of the built-in file */
	struct str bytes[ARRAY_LEN(builtin)];
	bool own[ARRAY_LEN(builtin)];
	char path[ARRAY_LEN(builtin)][96];
	char build[HASH_CHARS + 1];
};

static const char *const names[N_MAX] = {
#define X(n) [N_##n] = #n,
	NAME_LIST(X)
#undef X
};

static int
name_find(struct str name)
{
	for (int i = 0; i < N_MAX; i++)
		if (str_eq(str_c(names[i]), name))
			return i;
	return -1;
}

static const struct tmpl_names known_names = { name_find };

/* ---- built-in files ---------------------------------------------------------- */

static int
builtin_index(struct str name)
{
	for (size_t i = 0; i < NFILES; i++)
		if (str_eq(str_c(builtin[i].name), name))
			return (int)i;
	return -1;
}

bool
builtin_file(struct str name, struct str *bytes)
{
	int i = builtin_index(name);

	if (i >= 0)
		*bytes = (struct str){ (const char *)builtin[i].bytes,
			builtin[i].n };
	return i >= 0;
}

const char *
builtin_name(size_t i)
{
	return i < NFILES ? builtin[i].name : NULL;
}

/* ---- the theme's directory ------------------------------------------------------ */

/* The file that stands in for a built-in one; false when there is none.
 * *why is set when there is one that cannot be used. */
static bool
load_own(struct arena *a, const char *dir, const char *name, struct str *out,
    const char **why)
{
	struct str path = arena_printf(a, "%s/%s", dir, name);
	FILE *f = fopen(path.p, "re");
	char *p;
	size_t n;

	if (f == NULL) {
		if (errno != ENOENT)
			*why = arena_printf(a, "%s: %s", path.p,
			    strerror(errno))
				   .p;
		return false;
	}
	p = xmalloc(FILE_MAX_BYTES + 1);
	n = fread(p, 1, FILE_MAX_BYTES + 1, f);
	if (ferror(f) || n > FILE_MAX_BYTES) {
		*why = arena_printf(a, "%s: %s", path.p,
		    ferror(f) ? "cannot be read" : "is larger than 1 MiB")
			   .p;
		free(p);
		p = NULL;
	}
	fclose(f);
	if (p == NULL)
		return false;
	*out = (struct str){ xrealloc(p, n + 1), n };
	return true;
}

/* A misspelt directory would be a blog in the built-in look. */
static bool
dir_there(struct arena *a, const char *dir, const char **why)
{
	struct stat st;

	if (stat(dir, &st) == 0 && S_ISDIR(st.st_mode))
		return true;
	*why = arena_printf(a, "%s: there is no such directory", dir).p;
	return false;
}

static enum err
load_files(struct arena *a, struct theme *t, const char **why)
{
	if (t->dir != NULL && !dir_there(a, t->dir, why))
		return ERR_CONFIG;
	*why = NULL;
	for (size_t i = 0; i < NFILES; i++) {
		struct str bytes = { (const char *)builtin[i].bytes,
			builtin[i].n };

		if (t->dir != NULL &&
		    strncmp(builtin[i].name, "sample/", 7) != 0)
			t->own[i] = load_own(a, t->dir, builtin[i].name,
			    &bytes, why);
		if (*why != NULL)
			return ERR_CONFIG;
		t->bytes[i] = bytes;
	}
	return OK;
}

static bool
load_template(void *arg, struct str name, struct str *src)
{
	const struct theme *t = arg;
	char path[128];
	int i;

	snprintf(path, sizeof(path), "tmpl/%.*s.html", (int)name.n, name.p);
	if ((i = builtin_index(str_c(path))) < 0)
		return false;
	*src = t->bytes[i];
	return true;
}

static void
hash_text(char out[HASH_CHARS + 1], crypto_generichash_state *h)
{
	unsigned char sum[32];
	char hex[sizeof(sum) * 2 + 1];

	crypto_generichash_final(h, sum, sizeof(sum));
	sodium_bin2hex(hex, sizeof(hex), sum, sizeof(sum));
	memcpy(out, hex, HASH_CHARS);
	out[HASH_CHARS] = '\0';
}

/* "static/style.css" is served as "static/style.<hash>.css". */
static void
name_asset(struct theme *t, size_t i)
{
	const char *name = builtin[i].name, *dot = strrchr(name, '.');
	crypto_generichash_state h;
	char hash[HASH_CHARS + 1];

	if (strncmp(name, "static/", 7) != 0 || dot == NULL)
		return;
	crypto_generichash_init(&h, NULL, 0, 32);
	crypto_generichash_update(&h, (const unsigned char *)t->bytes[i].p,
	    t->bytes[i].n);
	hash_text(hash, &h);
	snprintf(t->path[i], sizeof(t->path[i]), "%.*s.%s%s",
	    (int)(dot - name), name, hash, dot);
}

static void
hash_all(struct theme *t)
{
	static const char build[] = BALAS_BUILD;
	crypto_generichash_state h;

	crypto_generichash_init(&h, NULL, 0, 32);
	crypto_generichash_update(&h, (const unsigned char *)build,
	    sizeof(build));
	for (size_t i = 0; i < NFILES; i++) {
		crypto_generichash_update(&h,
		    (const unsigned char *)t->bytes[i].p, t->bytes[i].n);
		name_asset(t, i);
	}
	hash_text(t->build, &h);
}

static enum err
parse_all(struct arena *a, struct theme *t, const char **why)
{
	for (size_t i = 0; i < NFILES; i++) {
		struct str name = str_c(builtin[i].name);
		enum err e;

		if (!str_starts(name, STR("tmpl/")))
			continue;
		name = str_sub(name, 5, name.n - 5);
		if ((e = tmpl_parse(t->set, name, a, why)) == OK)
			continue;
		if (t->dir != NULL)
			*why = arena_printf(a, "%s/tmpl/%s", t->dir, *why).p;
		return e;
	}
	return OK;
}

enum err
theme_load(struct arena *a, const struct conf *c, struct theme **out,
    const char **why)
{
	struct theme *t = xmalloc(sizeof(*t));
	struct tmpl_source source = { load_template, t };
	enum err e;

	memset(t, 0, sizeof(*t));
	if (c->theme != NULL)
		t->dir = xstrdup(c->theme);
	t->set = tmpl_set_new(&known_names, &source);
	if ((e = load_files(a, t, why)) == OK)
		e = parse_all(a, t, why);
	if (e != OK) {
		theme_free(t);
		return e;
	}
	hash_all(t);
	*out = t;
	return OK;
}

void
theme_free(struct theme *t)
{
	if (t == NULL)
		return;
	tmpl_set_free(t->set);
	for (size_t i = 0; i < NFILES; i++)
		if (t->own[i])
			free((void *)(uintptr_t)t->bytes[i].p);
	free(t->dir);
	free(t);
}

const struct tmpl_set *
theme_templates(const struct theme *t)
{
	return t->set;
}

/* ---- static files ----------------------------------------------------------------- */

static const char *
type_of(const char *name)
{
	static const struct {
		const char *ending, *type;
	} types[] = {
		{ ".css", "text/css; charset=utf-8" },
		{ ".js", "text/javascript; charset=utf-8" },
		{ ".svg", "image/svg+xml; charset=utf-8" },
	};
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (dot != NULL && strcmp(dot, types[i].ending) == 0)
			return types[i].type;
	return "application/octet-stream";
}

struct str
theme_asset_path(const struct theme *t, const char *name)
{
	for (size_t i = 0; i < NFILES; i++)
		if (strncmp(builtin[i].name, "static/", 7) == 0 &&
		    strcmp(builtin[i].name + 7, name) == 0)
			return str_c(t->path[i]);
	assert(!"a static file of this name");
	return STR("");
}

enum err
theme_asset(const struct theme *t, struct str hashed, struct asset *out)
{
	for (size_t i = 0; i < NFILES; i++) {
		if (t->path[i][0] == '\0' ||
		    !str_eq(str_c(t->path[i] + 7), hashed))
			continue;
		*out = (struct asset){ t->bytes[i], type_of(t->path[i]) };
		return OK;
	}
	return ERR_NOTFOUND;
}

struct str
theme_build(const struct theme *t)
{
	return str_c(t->build);
}
