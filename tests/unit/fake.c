#include "fake.h"

static const char *
param(const struct exchange *x, const char *name)
{
	const struct fake *k = x->io;

	for (size_t i = 0; i < k->nparams; i++)
		if (strcmp(k->params[i].name, name) == 0)
			return k->params[i].value;
	return NULL;
}

static size_t
read_body(const struct exchange *x, char *to, size_t n)
{
	struct fake *k = x->io;

	if (n > k->body.n - k->read)
		n = k->body.n - k->read;
	if (k->step > 0 && n > k->step)
		n = k->step;
	if (n > 0)
		memcpy(to, k->body.p + k->read, n);
	k->read += n;
	return n;
}

static enum err
write_answer(const struct exchange *x, struct str answer)
{
	struct fake *k = x->io;

	k->answer = arena_str(k->a, answer);
	return OK;
}

void
fake_begin(struct fake *k, struct arena *a, const char *target)
{
	*k = (struct fake){ .x = { param, read_body, write_answer, NULL },
		.a = a };
	k->x.io = k;
	fake_set(k, "REQUEST_METHOD", "GET");
	fake_set(k, "REQUEST_URI", target);
}

void
fake_set(struct fake *k, const char *name, const char *value)
{
	size_t i = 0;

	while (i < k->nparams && strcmp(k->params[i].name, name) != 0)
		i++;
	assert_true(i < ARRAY_LEN(k->params));
	k->params[i] = (struct fake_param){ name, value };
	if (i == k->nparams)
		k->nparams++;
}

void
fake_form(struct fake *k, struct str body)
{
	fake_set(k, "REQUEST_METHOD", "POST");
	fake_set(k, "CONTENT_TYPE", "application/x-www-form-urlencoded");
	fake_set(k, "CONTENT_LENGTH",
	    arena_printf(k->a, "%zu", body.n).p);
	k->body = body;
}
