/* An article file is refused with a line and a sentence, or gives values
 * that keep their promises and survive being written down again. */
#include "config.h"

#include <assert.h>

#include "buf.h"
#include "frontmatter.h"
#include "slug.h"
#include "url.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static size_t
count_lines(struct str s)
{
	size_t n = 1;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

static void
check_list(const struct front_list *list)
{
	assert(list->n <= FRONT_LIST_MAX);
	for (size_t i = 0; i < list->n; i++)
		assert(list->p[i].n > 0 && utf8_ok(list->p[i]) &&
		    !utf8_has_control(list->p[i]));
}

static void
put_quoted(struct buf *b, const char *key, struct str s)
{
	buf_printf(b, "%s: \"", key);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_char(b, '\\');
		/* A title out of a heading may hold a tab. */
		buf_char(b, s.p[i] == '\t' ? ' ' : s.p[i]);
	}
	buf_cstr(b, "\"\n");
}

static void
check_again(struct arena *a, const struct front *f)
{
	struct buf b = buf_new(1 << 24);
	struct front again;
	struct front_error why;

	buf_cstr(&b, "---\n");
	put_quoted(&b, "title", f->title);
	put_quoted(&b, "summary", f->summary);
	put_quoted(&b, "credit_url", f->credit_url);
	buf_cstr(&b, "---\n");
	buf_str(&b, f->body);
	assert(!b.overflow);
	assert(frontmatter_parse(a, buf_view(&b), &why, &again) == OK);
	assert(again.title.n == f->title.n);
	assert(str_eq(again.summary, f->summary));
	assert(str_eq(again.credit_url, f->credit_url));
	assert(str_eq(again.body, f->body));
	assert(again.body_line == 6);
	buf_free(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = { (const char *)data, n };
	struct arena *a = arena_new();
	struct front f;
	struct front_error why = { 0, NULL };

	if (frontmatter_parse(a, s, &why, &f) != OK) {
		assert(why.line >= 1 && why.line <= count_lines(s));
		assert(utf8_ok(str_c(why.text)));
		assert(!utf8_has_control(str_c(why.text)));
		assert(str_find(str_c(why.text), '\n', 0) == strlen(why.text));
		arena_free(a);
		return 0;
	}
	assert(f.title.n > 0 && str_eq(f.title, str_trim(f.title)));
	assert(utf8_ok(f.title) && !utf8_has_control(f.title));
	assert(f.slug.n == 0 || slug_ok(f.slug));
	assert(url_scheme_ok(f.image) && url_scheme_ok(f.credit_url));
	assert(f.body_line >= 1 && f.body_line <= count_lines(s) + 1);
	assert(f.body.n <= n && utf8_ok(f.body));
	check_list(&f.tags);
	check_list(&f.categories);
	check_again(a, &f);
	arena_free(a);
	return 0;
}
