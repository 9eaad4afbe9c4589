/*
 * One directory is one blog: balas.conf, blog.db, key and media/ in it.  The
 * file holds what belongs to the machine; what belongs to the blog is in the
 * database (setting.h).
 */
#ifndef CONF_H
#define CONF_H

#include "arena.h"
#include "base.h"

#define CONF_HOSTS_MAX 16

struct conf {
	const char *dir;
	const char *file, *db, *key, *lock, *media; /* paths in it */
	/* Where readers find the blog: "http://127.0.0.1:8080/blog/". */
	struct str url;
	/* Its parts: "http://127.0.0.1:8080", "/blog/" (begins and ends with
	 * a slash), and whether cookies can be Secure. */
	struct str origin, base;
	bool https;
	/* Hosts that may be asked for; none: any. */
	struct str hosts[CONF_HOSTS_MAX];
	size_t nhosts;
	/* Threads that answer requests. */
	int threads;
	/* Directory with templates and static files that stand in for the
	 * built-in ones; NULL: none. */
	const char *theme;
};

/* The directory a program works on: the -d argument, else $BALAS_DIR, else
 * the one given when the program was built. */
const char *conf_dir(const char *arg);

/*
 * Read DIR/balas.conf.  Everything is checked; ERR_CONFIG with *why
 * ("FILE:LINE: what and what to do") for the first mistake.  Strings live in
 * a.
 */
enum err conf_load(struct arena *a, const char *dir, struct conf *out,
    const char **why) MUST_CHECK;

/* Is s an address a blog can have: http or https, a host, a path that ends
 * with a slash, no query? */
bool conf_url_ok(struct str s);

#endif
