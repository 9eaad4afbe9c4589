/* What every unit test includes: cmocka and a few comparisons. */
#ifndef TEST_H
#define TEST_H

#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "arena.h"
#include "base.h"

/* got (struct str or html) equals the literal or C string want.  Each is
 * evaluated once. */
#define assert_str(got, want)                                                  \
	do {                                                                   \
		const char *w_ = (want);                                       \
		__typeof__(got) g_ = (got);                                    \
		if (g_.n != strlen(w_) ||                                      \
		    (g_.n > 0 && memcmp(g_.p, w_, g_.n) != 0))                 \
			fail_msg("got \"%.*s\", want \"%s\"", (int)g_.n,       \
			    g_.p, w_);                                         \
	} while (0)

#endif
