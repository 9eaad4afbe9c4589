/* Articles and comments: the first byte chooses which. */
#include "config.h"

#include "html.h"
#include "markdown.h"
#include "oracle.h"

static const char comment_elements[] =
    " a blockquote br code em hr li ol p pre strong ul ";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool
picture(void *arg, struct str src, struct md_image *out)
{
	(void)arg;
	*out = (struct md_image){ .width = 4,
		.height = 3,
		.caption = STR("A <caption>"),
		.credit = STR("B & C"),
		.credit_url = src,
		.credit_label = STR("Photo: ") };
	return src.n % 2 == 0;
}

static void
check_article(struct arena *a, struct str src, bool plain)
{
	struct md_opts opts = { .plain = plain, .image = picture };
	struct html out;

	if (markdown_article(a, src, &opts, &out) == OK)
		oracle_html(out, NULL, src);
}

static void
check_comment(struct arena *a, struct str src)
{
	struct html out, inert;

	out = markdown_comment(a, src);
	oracle_claim(out.n <= src.n * 8 + 4096, "bounded", src);
	oracle_html(out, comment_elements, src);
	inert = markdown_comment_inert(a, src);
	oracle_claim(memmem(inert.p, inert.n, "<a ", 3) == NULL, "inert", src);
	oracle_html(inert, comment_elements, src);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct str src = { (const char *)data + 1, n - 1 };

	if (n > 0 && data[0] % 3 == 0)
		check_comment(a, src);
	else if (n > 0)
		check_article(a, src, data[0] % 3 == 2);
	arena_free(a);
	return 0;
}
