/*
 * The head of an article file, and where its text begins:
 *
 *	---
 *	title: Kopi pagi
 *	date: 2026-01-02 10:00
 *	# a comment
 *	tags: kopi, "teh, hangat"
 *	---
 *	The Markdown text.
 *
 * It looks like YAML and is a small, strict part of it: one "key: value" a
 * line, the value plain or in double quotes (\" and \\ inside), lists as
 * "a, b", "[a, b]" or as lines "- a" below the key.  What is not understood
 * is an error that says what to write instead, never a guess: an article
 * published by mistake cannot be called back.
 */
#ifndef FRONTMATTER_H
#define FRONTMATTER_H

#include "arena.h"
#include "base.h"
#include "i18n.h"

/* A list of tags or categories has at most this many entries. */
#define FRONT_LIST_MAX 64

struct front_list {
	struct str *p;
	size_t n;
};

enum front_status { FRONT_STATUS_UNSET, FRONT_DRAFT, FRONT_PUBLISHED };
enum front_comments { FRONT_COMMENTS_UNSET, FRONT_OPEN, FRONT_CLOSED };

/* What a file says; what it does not say is empty, false or UNSET. */
struct front {
	struct str title;	/* never empty */
	struct str slug;	/* slug_ok */
	struct str author, summary;
	struct str image;	/* url_scheme_ok */
	struct str alt, caption, credit;
	struct str credit_url;	/* as url_website makes it */
	struct front_list tags, categories;
	bool has_date, has_lang;
	int64_t date;
	enum lang lang;
	enum front_status status;
	enum front_comments comments;
	struct str body;	/* Markdown */
	size_t body_line;	/* of the file, counted from 1 */
};

/* For "FILE:LINE: TEXT"; text has no line end and says what to do. */
struct front_error {
	size_t line;
	const char *text;
};

/*
 * Read an article file.  A byte order mark is skipped, lines end in LF or
 * CRLF.  Keys: title, slug, date (date_parse), lang (lang_find), author,
 * tags, categories, summary, image, alt, caption, credit, credit_url, status
 * (draft, published), comments (open, closed); a key without a value is as
 * good as none.  Without a title the first "# " heading outside fenced code
 * is the title and leaves the body; a file whose first line is not "---" is
 * all body.
 *
 * out    strings borrow src or live in a; untouched on failure.
 * Returns ERR_INPUT, with *why (text lives in a): invalid UTF-8, a control
 * character, an unknown key, a key twice, a bad value, no end of the head,
 * no title.
 */
enum err frontmatter_parse(struct arena *a, struct str src,
    struct front_error *why, struct front *out) MUST_CHECK;

#endif
