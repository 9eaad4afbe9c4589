#include "config.h"

#include <sodium.h>

#include "anchor.h"
#include "slug.h"

struct slot {
	struct str id; /* p NULL: free */
	uint64_t next; /* the number to try behind it next time */
};

struct anchors {
	struct arena *a;
	struct slot *slot;
	size_t cap, n; /* cap is a power of two, at most half full */
	unsigned char key[crypto_shorthash_KEYBYTES];
};

struct anchors *
anchors_new(struct arena *a)
{
	struct anchors *s = arena_alloc(a, sizeof(*s));

	s->a = a;
	s->cap = 64;
	s->slot = arena_array(a, s->cap, sizeof(*s->slot));
	/* Keyed: headings chosen to collide would cost their square. */
	crypto_shorthash_keygen(s->key);
	return s;
}

/* Ids of our own templates, and the beginnings of numbered ones. */
static bool
is_the_pages(struct str id)
{
	static const char *const whole[] = { "author", "body", "comment",
		"comments", "content", "email", "hp", "main", "parent", "posts",
		"q", "reply", "reply-title", "respond", "save", "search",
		"skip", "slug", "submit", "sum", "summary", "tags", "title",
		"token", "top", "url", "website", "when" };
	static const char *const start[] = { "author-", "comment-", "email-",
		"form-", "reply-", "url-" };

	for (size_t i = 0; i < ARRAY_LEN(whole); i++)
		if (str_eq(id, str_c(whole[i])))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(start); i++)
		if (str_starts(id, str_c(start[i])))
			return true;
	return false;
}

static struct slot *
find(struct anchors *s, struct str id)
{
	unsigned char hash[crypto_shorthash_BYTES];
	uint64_t h;

	crypto_shorthash(hash, (const unsigned char *)id.p, id.n, s->key);
	memcpy(&h, hash, sizeof(h));
	for (size_t i = h & (s->cap - 1);; i = (i + 1) & (s->cap - 1))
		if (s->slot[i].id.p == NULL || str_eq(s->slot[i].id, id))
			return &s->slot[i];
}

static void
grow(struct anchors *s)
{
	struct slot *old = s->slot;
	size_t n = s->cap;

	s->cap *= 2;
	s->slot = arena_array(s->a, s->cap, sizeof(*s->slot));
	for (size_t i = 0; i < n; i++)
		if (old[i].id.p != NULL)
			*find(s, old[i].id) = old[i];
}

/* False when it is there already. */
static bool
add(struct anchors *s, struct str id)
{
	struct slot *t = find(s, id);

	if (t->id.p != NULL)
		return false;
	t->id = arena_str(s->a, id);
	t->next = 2;
	if (++s->n * 2 > s->cap)
		grow(s);
	return true;
}

struct str
anchor_heading(struct anchors *s, struct str text)
{
	struct str base = slug_make(s->a, text), id;

	if (base.n == 0)
		base = STR("section");
	if (is_the_pages(base))
		base = arena_printf(s->a, "h-%.*s", (int)base.n, base.p);
	id = base;
	/* The number is kept with the base: each is tried once. */
	while (!add(s, id))
		id = arena_printf(s->a, "%.*s-%llu", (int)base.n, base.p,
		    (unsigned long long)find(s, base)->next++);
	return id;
}

bool
anchor_claim(struct anchors *s, struct str id)
{
	return id.n > 0 && str_eq(anchor_name(s->a, id), id) &&
	    !is_the_pages(id) && add(s, id);
}

struct str
anchor_name(struct arena *a, struct str id)
{
	char *to = arena_alloc(a, SLUG_MAX + 1);
	size_t n = 0;

	for (size_t i = 0; i < id.n && n < SLUG_MAX; i++) {
		char c = id.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			to[n++] = c;
		else if (n > 0 && to[n - 1] != '-')
			to[n++] = '-';
	}
	if (n > 0 && to[n - 1] == '-')
		n--;
	return (struct str){ to, n };
}
