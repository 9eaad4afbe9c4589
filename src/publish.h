/*
 * An article file (frontmatter.h) into the blog: what `balas article add`
 * and the samples share.
 */
#ifndef PUBLISH_H
#define PUBLISH_H

#include "cmd.h"

/*
 * text is the file's content; read_file fetches a picture it names.  *id is
 * the new article; it is published when the file says so.  ERR_INPUT with
 * *why ("LINE: what", in b->a).
 */
enum err publish_file(struct blog *b, struct str text,
    enum err (*read_file)(void *arg, struct str name, struct str *bytes),
    void *arg, int64_t *id, const char **why) MUST_CHECK;

#endif
