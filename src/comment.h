/*
 * Comments: the form and what is wrong with it, storing, the thread under an
 * article, and what moderators do.
 */
#ifndef COMMENT_H
#define COMMENT_H

#include "article.h"
#include "i18n.h"
#include "moderate.h"
#include "secret.h"
#include "setting.h"
#include "store.h"
#include "user.h"

/* Bytes, checked before anything is changed or stored (B-09); the text's is
 * COMMENT_MAX_BYTES of markdown.h. */
#define COMMENT_NAME_MAX  245
#define COMMENT_EMAIL_MAX 254
#define COMMENT_URL_MAX	  200

/* Levels kept in a comment's path; deeper answers share the last. */
#define COMMENT_PATH_DEPTH 10

/* ---- the form ----------------------------------------------------------- */

enum comment_field { FIELD_COMMENT, FIELD_AUTHOR, FIELD_EMAIL, FIELD_URL,
	FIELD_MAX };

/* What a visitor typed, and what was made of it. */
struct comment_form {
	/* as typed, any bytes */
	struct str text, name, email, url;
	/* errors by field: a message, or MSG_MAX for none */
	enum msg error[FIELD_MAX];
	size_t nerrors;
	/* after comment_form_check without errors: clean, for storing */
	struct str clean_name, clean_url;
};

/*
 * Check every field and note every error (B-06).  A member of staff has no
 * name, address and website to fill in (user.id != 0).  staff names are
 * compared with the name: nobody else may look like one of them (B-10).
 */
enum err comment_form_check(struct comment_form *f, struct arena *a,
    struct db *staff, const struct settings *set, const struct user *user)
    MUST_CHECK;

/* ---- storing ------------------------------------------------------------ */

struct comment_new {
	int64_t article;
	int64_t parent; /* 0: none */
	const struct comment_form *form; /* checked, no errors */
	const struct user *user;	 /* id 0: a visitor */
	bool may_moderate;
	struct str address; /* of the network, "203.0.113.7" */
	int64_t now;
};

struct comment_stored {
	int64_t id;
	enum comment_status status;
	/* The same comment was there already; nothing was stored. */
	bool repeated;
};

/*
 * Store a comment and decide about it.  On the disk when it returns OK.
 * ERR_NOTFOUND: the article is not there; ERR_DENIED: comments are closed;
 * ERR_INPUT: the parent cannot be answered; ERR_BUSY, ERR_IO.
 */
enum err comment_add(struct store *s, const struct secret *secret,
    struct arena *a, const struct comment_new *c,
    struct comment_stored *out) MUST_CHECK;

/*
 * In a block: the comments of an article that everybody can see were changed,
 * and there are delta more of them.
 */
enum err comment_count_visible(struct db *db, int64_t article, int64_t delta)
    MUST_CHECK;

/* ---- reading ------------------------------------------------------------ */

struct comment {
	int64_t id, parent; /* parent 0: answers the article */
	struct str name, url;
	struct html html;
	int64_t created_at;
	int64_t user;
	/* From 0; the ids of all its ancestors, outermost first. */
	int depth;
	int64_t above[COMMENT_PATH_DEPTH];
};

/* All visible comments of an article in reading order. */
enum err comment_thread(struct db *pub, struct arena *a, int64_t article,
    struct comment **out, size_t *n) MUST_CHECK;

/* A visible comment somebody wants to answer; ERR_NOTFOUND. */
enum err comment_parent(struct db *pub, struct arena *a, int64_t article,
    int64_t id, struct comment *out) MUST_CHECK;

/* The visible article under which visible comment id stands. */
enum err comment_article(struct db *pub, int64_t id, int64_t *article)
    MUST_CHECK;

/* A comment whatever its state, for the browser that holds its token; links
 * inert unless it is approved. */
enum err comment_own(struct db *staff, struct arena *a, int64_t article,
    int64_t id, struct comment *out, enum comment_status *status) MUST_CHECK;

/* ---- moderation --------------------------------------------------------- */

struct comment_row {
	struct comment c;
	enum comment_status status;
	int64_t article, article_comments;
	struct str article_title, article_path; /* path empty: a draft */
	struct str email; /* empty: none; "?" sealed with another key */
	struct reason reasons[REASONS_MAX];
	size_t nreasons;
};

/* Newest first; older than comment `before` (INT64_MAX for the first page);
 * article 0: all.  Addresses are opened with secret. */
enum err comment_queue(struct db *staff, const struct secret *secret,
    struct arena *a, enum comment_status status, int64_t article,
    int64_t before, int max, struct comment_row **out, size_t *n) MUST_CHECK;

/* Counts by status. */
enum err comment_counts(struct db *staff, int64_t counts[COMMENT_DELETED])
    MUST_CHECK;

enum comment_act {
	ACT_APPROVE,
	ACT_UNAPPROVE,
	ACT_SPAM,
	ACT_UNSPAM,
	ACT_TRASH,
	ACT_RESTORE,
	ACT_DELETE,
	ACT_UNDO,
	ACT_MAX,
};

/* "approve" …: the word in forms, commands and the database.  Static. */
const char *comment_act_name(enum comment_act act);
bool comment_act_find(struct str name, enum comment_act *out) MUST_CHECK;

struct act_done {
	int64_t action; /* for Undo */
	size_t changed; /* comments; the others were not in a fitting state */
};

/* Do act (not ACT_UNDO) to n comments, in one block.  user 0: the command. */
enum err comment_act(struct store *s, int64_t user, enum comment_act act,
    const int64_t *ids, size_t n, int64_t now, struct act_done *out)
    MUST_CHECK;

/* How long an action can be undone. */
#define UNDO_S (30 * 24 * 3600)

/* Take an action back: each comment that is still as the action left it goes
 * back to what it was.  ERR_NOTFOUND: no such action, too old, undone
 * already, or a deletion. */
enum err comment_undo(struct store *s, int64_t user, int64_t action,
    int64_t now, struct act_done *out) MUST_CHECK;

/* What an action was, for the notice after it.  ERR_NOTFOUND. */
enum err comment_action(struct db *staff, int64_t action,
    enum comment_act *act, bool *undone, int64_t *n) MUST_CHECK;

/* Render again what an older renderer made; *done counts.  For migrate. */
enum err comment_rerender(struct store *s, struct db *staff, struct arena *a,
    int64_t *done) MUST_CHECK;

#endif
