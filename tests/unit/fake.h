/*
 * A FastCGI exchange without a web server: variables and a body go in, the
 * answer is kept.
 */
#ifndef FAKE_H
#define FAKE_H

#include "test.h"

#include "fcgi.h"

struct fake_param {
	const char *name, *value;
};

struct fake {
	struct exchange x;
	struct fake_param params[16];
	size_t nparams;
	struct str body;
	size_t read, step; /* step: bytes a read gives at most; 0: all */
	struct arena *a;
	struct str answer;
};

/* GET of a target, nothing else said. */
void fake_begin(struct fake *k, struct arena *a, const char *target);

/* Set or replace a variable. */
void fake_set(struct fake *k, const char *name, const char *value);

/* A form is sent: method, type, length, body. */
void fake_form(struct fake *k, struct str body);

#endif
