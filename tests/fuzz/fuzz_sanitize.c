/* Foreign HTML: what comes out is safe, well-formed and stays as it is. */
#include "config.h"

#include "html.h"
#include "oracle.h"
#include "sanitize.h"

/* A comment's: no headings, tables, images. */
static const char comment_elements[] =
    " a abbr b bdi bdo blockquote br cite code dd del details dfn div dl dt "
    "em figcaption figure hr i ins kbd li mark ol p pre q rp rt ruby s samp "
    "section small span strong sub summary sup time u ul var wbr ";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
check(struct arena *a, struct str src,
    struct html (*clean)(struct arena *, struct str), const char *elements)
{
	struct html once = clean(a, src), twice;

	twice = clean(a, (struct str){ once.p, once.n });
	oracle_claim(once.n == twice.n && memcmp(once.p, twice.p, once.n) == 0,
	    "idempotent", src);
	oracle_claim(once.n <= src.n * 16 + 64 * 1024, "bounded", src);
	oracle_html(once, elements, src);
	oracle_claim(html_text(a, once, 50).n <= 53, "summary", src);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct str src = { (const char *)data, n };

	check(a, src, sanitize, NULL);
	check(a, src, sanitize_comment, comment_elements);
	arena_free(a);
	return 0;
}
