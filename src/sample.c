#include "config.h"

#include "article.h"
#include "comment.h"
#include "publish.h"
#include "sample.h"
#include "theme.h"

/* Samples are built in, under www/sample/. */
static enum err
read_sample(void *arg, struct str name, struct str *bytes, const char **why)
{
	struct arena *a = arg;
	struct str path = arena_printf(a, "sample/%.*s", (int)name.n, name.p);

	*why = "is not in the program";
	return builtin_file(path, bytes) ? OK : ERR_NOTFOUND;
}

/* clang-format off */
static const struct sample_comment {
	int article;	/* in the order of files[] */
	int parent;	/* row of this table, or -1 */
	bool approve;
	int64_t hours_ago;
	const char *name, *email, *url, *text;
} comments[] = {
	{ 0, -1, true, 30, "Wulan Pertiwi", "wulan@example.org", "",
	    "Saya jadi ingat pasar di kampung nenek. Kopinya memang lain "
	    "kalau diminum sambil berdiri di antara keranjang sayur.\n\n"
	    "Apakah Pak Darmo masih berjualan setiap hari?" },
	{ 0, 0, true, 26, "Bima", "bima@example.org", "https://example.org/",
	    "Masih, kecuali hari *pasaran Pon*. Datanglah sebelum pukul enam, "
	    "selagi lampunya belum dimatikan." },
	{ 0, 1, true, 25, "Wulan Pertiwi", "wulan@example.org", "",
	    "Terima kasih! Minggu depan saya ke sana, tanpa daftar belanja." },
	{ 0, -1, false, 2, "Sekar", "sekar@example.org", "",
	    "Gambar pembukanya indah sekali. Di dekat rumah saya juga ada "
	    "pasar seperti ini, di bawah jembatan." },
	{ 1, -1, true, 20, "Anne Whitfield", "anne@example.org", "",
	    "The part about the sentence one is proudest of stayed with me. "
	    "I wrote a reply, slept on it, and sent a better one." },
};
/* clang-format on */

static const char *const files[] = { "pasar.md", "reply.md" };

static enum err
add_comment(struct blog *b, const struct sample_comment *s, int64_t article,
    int64_t parent, int64_t *id)
{
	static const struct user nobody = { 0 };
	struct comment_form form = { .text = str_c(s->text),
		.name = str_c(s->name),
		.email = str_c(s->email),
		.url = str_c(s->url) };
	struct comment_new n = { .article = article,
		.parent = parent,
		.form = &form,
		.user = &nobody,
		.now = b->now - s->hours_ago * 3600 };
	struct comment_stored stored;
	struct act_done done;
	enum err e = comment_form_check(&form, b->a, b->staff, &b->set,
	    &nobody);

	if (e == OK && form.nerrors > 0)
		return ERR_INPUT;
	if (e == OK)
		e = comment_add(b->store, b->secret, b->a, &n, &stored);
	if (e != OK)
		return e;
	*id = stored.id;
	if (!s->approve)
		return OK;
	return comment_act(b->store, 0, ACT_APPROVE, id, 1, b->now, &done);
}

enum err
sample_add(struct blog *b)
{
	int64_t articles[ARRAY_LEN(files)], ids[ARRAY_LEN(comments)];
	struct user author = { .login = STR("sample"),
		.display = STR("Ratna Dewi"),
		.role = ROLE_EDITOR };
	const char *why = "";
	struct str text;
	enum err e;

	/* Nobody can sign in as the author of the samples: no hash fits. */
	e = user_add(b->store, &author, STR("*"), b->now);
	for (size_t i = 0; e == OK && i < ARRAY_LEN(files); i++) {
		e = read_sample(b->a, str_c(files[i]), &text, &why);
		if (e == OK)
			e = publish_file(b, text, read_sample, b->a,
			    &articles[i], &why);
	}
	if (e == ERR_INPUT)
		complain("sample: %s", why);
	for (size_t i = 0; e == OK && i < ARRAY_LEN(comments); i++) {
		const struct sample_comment *s = &comments[i];

		e = add_comment(b, s, articles[s->article],
		    s->parent < 0 ? 0 : ids[s->parent], &ids[i]);
	}
	return e;
}
