/*
 * An article file (frontmatter.h) into the blog: what `balas article add`
 * and the samples share.
 */
#ifndef PUBLISH_H
#define PUBLISH_H

#include "cmd.h"

/* Fetches a picture that an article names; *why says why it cannot. */
typedef enum err read_picture(
    void *arg, struct str name, struct str *bytes, const char **why);

/*
 * text is the file's content.  *id is the new article; it is published when
 * the file says so.  ERR_INPUT with *why ("LINE: what", in b->a).
 */
enum err publish_file(struct blog *b, struct str text, read_picture *read_file,
    void *arg, int64_t *id, const char **why) MUST_CHECK;

#endif
