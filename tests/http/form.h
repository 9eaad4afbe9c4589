/*
 * A form as a reader without JavaScript meets it: found in the page, filled
 * field by field, sent as the page says.  A field that the page does not
 * offer cannot be filled: a test that passes through here has shown that a
 * person could have done the same.
 */
#ifndef FORM_H
#define FORM_H

#include "client.h"

enum control_kind {
	CONTROL_HIDDEN, /* sent as it is; nobody can type into it */
	CONTROL_LINE,
	CONTROL_AREA,
	CONTROL_CHECK,
	CONTROL_RADIO,
	CONTROL_OPTION, /* each option of a select is one */
	CONTROL_BUTTON,
	CONTROL_FILE,
};

struct control {
	enum control_kind kind;
	struct str name, value;
	struct str filename;       /* of a filled CONTROL_FILE */
	struct str action, method; /* of a button: formaction, formmethod */
	unsigned select;           /* of an option: which select, from 1 */
	bool multiple;             /* of an option: of such a select */
	bool on;                   /* checked, chosen, pressed */
	bool filled;
};

struct form {
	struct str action, method, enctype; /* as written; may be empty */
	struct control *v;
	size_t n;
};

/*
 * Find the form in a page.
 *
 * which	the form's id, or, beginning with "/", its action.
 * out		on success; all strings live in `a`.
 * False when there is no such form.
 */
bool form_find(struct arena *a, struct str page, struct str which,
    struct form *out) MUST_CHECK;

/*
 * Do what a person does with one field: type a text, tick a box, choose a
 * value.  Several texts of one name are filled one after the other.
 * Returns NULL, or why a person could not.
 */
const char *form_fill(struct arena *a, struct form *f, struct str name,
    struct str value) MUST_CHECK;

/* Untick the boxes of that name; with a value only that one. */
const char *form_untick(
    struct form *f, struct str name, struct str value) MUST_CHECK;

/* Choose a file for the field of that name. */
const char *form_attach(struct form *f, struct str name, struct str filename,
    struct str bytes) MUST_CHECK;

/*
 * Press a button by name and, if not empty, value.  An empty name is Enter:
 * the first submit button, if there is one.
 */
const char *form_press(
    struct form *f, struct str name, struct str value) MUST_CHECK;

/* One field to be sent. */
struct part {
	struct pair field;
	struct str filename;
	bool file;
};

struct parts {
	struct part *v;
	size_t n;
	bool multipart;
};

/* What goes out: in the page's order, with what is ticked and pressed. */
struct parts form_parts(struct arena *a, const struct form *f);

void parts_add(struct arena *a, struct parts *p, const struct part *one);

/* Change a value whatever the page says, or add the field: tampering. */
void parts_force(
    struct arena *a, struct parts *p, struct str name, struct str value);

/* The body and its Content-Type. */
struct str parts_body(struct arena *a, const struct parts *p, struct str *type);

/* What a browser sends for this form: its action seen from the page at uri,
 * without the host and the fragment. */
struct str form_target(struct arena *a, const struct form *f, struct str uri);

/* Is it sent by POST? */
bool form_posts(const struct form *f);

/* A link seen from the page at uri, as path and query: "?p=2", "x", "/y",
 * "http://host/z#top". */
struct str link_target(struct arena *a, struct str uri, struct str link);

/* Text with its character references read: the common names and numbers. */
struct str entities_decode(struct arena *a, struct str s);

#endif
