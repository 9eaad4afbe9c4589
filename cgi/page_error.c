/* What went wrong, said in the site's look and language. */
#include "config.h"

#include "page.h"
#include "view.h"

/* clang-format off */
static const struct {
	int status;
	enum msg title, text;
} texts[] = {
	{ 400, MSG_error_400_title, MSG_error_400_text },
	{ 403, MSG_error_403_title, MSG_error_403_text },
	{ 404, MSG_error_404_title, MSG_error_404_text },
	{ 405, MSG_error_405_title, MSG_error_405_text },
	{ 409, MSG_error_409_title, MSG_error_409_text },
	{ 413, MSG_error_413_title, MSG_error_413_text },
	{ 415, MSG_error_415_title, MSG_error_415_text },
	{ 421, MSG_error_421_title, MSG_error_421_text },
	{ 429, MSG_error_429_title, MSG_error_429_text },
	{ 503, MSG_error_503_title, MSG_error_503_text },
	{ 500, MSG_error_500_title, MSG_error_500_text },
};
/* clang-format on */

enum err
page_error(struct ctx *c, enum err e)
{
	const char *allow = c->res.allow;
	int wait_s = c->res.retry_after_s;
	struct view *v;
	size_t i;

	response_begin(c);
	c->res.status = response_status(e);
	c->res.allow = allow;
	c->res.noindex = true;
	if (e == ERR_BUSY)
		wait_s = 30;
	c->res.retry_after_s = wait_s;
	for (i = 0; i + 1 < ARRAY_LEN(texts); i++)
		if (texts[i].status == c->res.status)
			break;
	v = view_page(c, view_msg(c, texts[i].title));
	view_int(v, N_status, c->res.status);
	view_text(v, N_explanation, view_msg(c, texts[i].text));
	view_render(c, "error", v);
	return OK;
}
