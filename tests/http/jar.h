/*
 * Cookies kept in a file between two runs of fcgiget, by a browser's rules
 * as far as Balas depends on them: Path, Max-Age, Secure and the __Host-
 * prefix.  A line is name=value, a tab, the path.
 */
#ifndef JAR_H
#define JAR_H

#include "client.h"

struct cookie {
	struct str name, value, path;
};

struct jar {
	struct cookie *v;
	size_t n;
};

/* The cookies of the text of a jar file. */
struct jar jar_parse(struct arena *a, struct str text);

/* The text of a jar file. */
struct str jar_text(struct arena *a, const struct jar *j);

/* What the Cookie header says for this URI; empty when there is nothing. */
struct str jar_header(struct arena *a, const struct jar *j, struct str uri);

/*
 * Obey one Set-Cookie header: keep, replace or forget.
 * Returns NULL, or why a browser would ignore it.
 */
const char *jar_set(
    struct arena *a, struct jar *j, struct str header, bool https) MUST_CHECK;

#endif
