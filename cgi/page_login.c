/*
 * Signing in and out.  An unknown name and a wrong password get the same
 * answer after the same work; tries are limited for a name from a network, so
 * that nobody can lock out somebody else, and for a network altogether.
 */
#include "config.h"

#include "log.h"
#include "net.h"
#include "page.h"
#include "rate.h"
#include "session.h"
#include "url.h"
#include "view.h"

#define LOGIN_FORM_LIFE_S (24 * 3600)

/* Ten wrong passwords in a row, then one every half minute: a person who
 * mistypes never notices, a dictionary of 10 000 takes three days. */
static const struct rate per_name = { "login-name", 30, 10 };

/* An office behind one address has more people than one. */
static const struct rate per_network = { "login-network", 5, 50 };

/* A path of ours to go to after signing in, or empty: never another host. */
static struct str
safe_next(struct ctx *c, struct str next)
{
	struct str path, canon;

	if (next.n == 0 || next.p[0] != '/' ||
	    !url_path(c->a, str_sub(next, 0, str_find(next, '?', 0)), &path,
		&canon))
		return STR("");
	return str_starts(canon, STR("/admin")) ? canon : STR("");
}

static enum err
show(struct ctx *c, struct str login, struct str next, enum msg problem)
{
	struct view *v;
	struct str now_out;
	enum err e = field_one(&c->req.query, "out", &now_out);

	if (e != OK)
		return e;
	c->res.noindex = true;
	v = view_page(c, view_msg(c, MSG_login_title));
	view_link(c, v, N_action, STR("/admin/login"));
	view_text(v, N_stamp,
	    token_make(c->site->secret, c->a, TOKEN_LOGIN, STR("login"),
		c->now + LOGIN_FORM_LIFE_S));
	view_typed(c, v, N_login, login);
	view_text(v, N_next, next);
	if (problem != MSG_MAX)
		view_text(v, N_error, view_msg(c, problem));
	else if (str_eq(now_out, STR("1")))
		view_text(v, N_notice, view_msg(c, MSG_logged_out));
	view_render(c, "login", v);
	return OK;
}

enum err
page_login(struct ctx *c)
{
	if (c->user.id != 0)
		return response_see_other(c, STR("/admin/"));
	return show(c, STR(""), STR(""), MSG_MAX);
}

enum err
page_login_first(struct ctx *c)
{
	c->res.status = 403;
	return show(c, STR(""), c->req.canon, MSG_MAX);
}

/* ---- limits ------------------------------------------------------------------------ */

struct taking {
	struct ctx *c;
	struct str network, name;
	int wait_s;
};

static enum err
take(struct db *db, void *arg)
{
	struct taking *t = arg;
	const struct secret *s = t->c->site->secret;
	int64_t now = t->c->now;
	enum err e;

	e = rate_take(db, s, &per_network, t->network, now, &t->wait_s);
	if (e == OK)
		e = rate_take(db, s, &per_name, t->name, now, &t->wait_s);
	return e;
}

static enum err
forgive(struct db *db, void *arg)
{
	struct taking *t = arg;
	enum err e = rate_purge(db, t->c->now);

	if (e == OK)
		e = rate_forgive(db, t->c->site->secret, &per_name, t->name);
	return e;
}

/* ---- trying --------------------------------------------------------------------------- */

static struct str
folded(struct ctx *c, struct str login)
{
	char *p = arena_cstr(c->a, str_trim(login));
	size_t n = str_trim(login).n;

	for (size_t i = 0; i < n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] - 'A' + 'a');
	return (struct str){ p, n };
}

static enum err
check(struct ctx *c, struct str login, struct str password,
    struct user *user)
{
	struct user found = { 0 };
	struct str hash = STR("");
	enum err e = OK;

	if (login_ok(login))
		e = user_by_login(c->staff, c->a, login, &found, &hash);
	if (e != OK && e != ERR_NOTFOUND)
		return e;
	if ((e = password_check(c->site->secret, password, hash)) == OK)
		*user = found;
	return e;
}

static enum err
let_in(struct ctx *c, const struct user *user, struct taking *t,
    struct str next)
{
	struct str token;
	enum err e;

	if ((e = store_write(c->site->store, forgive, t)) != OK)
		return e;
	/* A session from before is not taken over: fixation. */
	if (c->token.n > 0 &&
	    (e = session_end(c->site->store, c->token)) != OK)
		return e;
	e = session_begin(c->site->store, c->a, user->id, c->now, &token);
	if (e != OK)
		return e;
	response_cookie(c, "balas", token, SESSION_ABSOLUTE_S);
	log_line(LOG_INFO, "%s signed in", log_safe(c->a, user->login, 60));
	return response_see_other(c, next.n > 0 ? next : STR("/admin/"));
}

enum err
page_login_try(struct ctx *c)
{
	struct str login, password, next;
	struct taking t = { .c = c };
	struct user user;
	enum err e;

	if ((e = field_one(&c->req.form, "username", &login)) != OK ||
	    (e = field_one(&c->req.form, "password", &password)) != OK ||
	    (e = field_one(&c->req.form, "next", &next)) != OK)
		return e;
	next = safe_next(c, next);
	if (c->stamp != STAMP_GOOD) {
		c->res.status = 422;
		return show(c, login, next, MSG_err_stamp);
	}
	t.network = net_of(c->a, c->req.remote);
	t.name = arena_printf(c->a, "%.*s %.*s", (int)t.network.n,
	    t.network.p, (int)folded(c, login).n, folded(c, login).p);
	e = store_write(c->site->store, take, &t);
	if (e == ERR_LIMIT) {
		c->res.status = 429;
		c->res.retry_after_s = t.wait_s;
		return show(c, login, next, MSG_login_throttled);
	}
	if (e != OK)
		return e;
	e = password.n > PASSWORD_MAX_BYTES ?
	    ERR_DENIED :
	    check(c, folded(c, login), password, &user);
	if (e == ERR_DENIED) {
		log_line(LOG_WARN, "sign-in refused");
		c->res.status = 422;
		return show(c, login, next, MSG_login_failed);
	}
	if (e == ERR_BUSY) {
		c->res.status = 503;
		c->res.retry_after_s = 1;
		return show(c, login, next, MSG_error_503_text);
	}
	return e == OK ? let_in(c, &user, &t, next) : e;
}

enum err
page_logout(struct ctx *c)
{
	enum err e = session_end(c->site->store, c->token);

	if (e != OK)
		return e;
	response_cookie(c, "balas", STR(""), 0);
	return response_see_other(c, STR("/admin/login?out=1"));
}

enum err
page_admin(struct ctx *c)
{
	return response_see_other(c,
	    user_can(&c->user, CAN_MODERATE) ? STR("/admin/comments") :
					       STR("/"));
}
