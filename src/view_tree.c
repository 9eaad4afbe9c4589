/*
 * Values for templates.  Everything lies in the arena; arrays grow by
 * copying, and what is left behind goes with the request.
 */
#include "config.h"

#include "tmpl_int.h"

/* A view of a page holds a dozen names, a comment's about as many. */
#define FIRST_CAP 12

static struct value *
list_add(struct arena *a, struct list *l)
{
	if (l->n == l->cap) {
		size_t cap = l->cap == 0 ? FIRST_CAP : l->cap * 2;
		struct value *v = arena_array(a, cap, sizeof(*v));

		if (l->n > 0)
			memcpy(v, l->v, l->n * sizeof(*v));
		l->v = v;
		l->cap = cap;
	}
	return &l->v[l->n++];
}

static uint64_t
name_bit(int name)
{
	return UINT64_C(1) << ((unsigned)name % 64);
}

const struct value *
view_find(const struct view *v, int name)
{
	const struct value *e = v->values.v;

	if ((v->present & name_bit(name)) == 0)
		return NULL;
	for (size_t i = 0; i < v->values.n; i++)
		if (e[i].name == name)
			return &e[i];
	return NULL;
}

bool
value_true(const struct value *v)
{
	if (v == NULL)
		return false;
	switch (v->kind) {
	case KIND_BOOL:
	case KIND_INT:
		return v->i != 0;
	case KIND_TEXT:
	case KIND_HTML:
	case KIND_URL:
		return v->s.n > 0;
	case KIND_LIST:
		return v->list->n > 0;
	case KIND_OBJECT:
		break;
	}
	return true;
}

struct view *
view_new(struct arena *a)
{
	struct view *v = arena_alloc(a, sizeof(*v));

	v->a = a;
	return v;
}

/* The place of a name, new or found. */
static struct value *
slot(struct view *v, int name)
{
	struct value *e;

	for (size_t i = 0;
	     (v->present & name_bit(name)) != 0 && i < v->values.n; i++)
		if (v->values.v[i].name == name)
			return &v->values.v[i];
	v->present |= name_bit(name);
	e = list_add(v->a, &v->values);
	e->name = name;
	return e;
}

static void
set_str(struct view *v, int name, enum kind kind, struct str s)
{
	struct value *e = slot(v, name);

	e->kind = kind;
	e->s = s;
}

void
view_text(struct view *v, int name, struct str s)
{
	set_str(v, name, KIND_TEXT, s);
}

void
view_html(struct view *v, int name, struct html h)
{
	set_str(v, name, KIND_HTML, (struct str){ h.p, h.n });
}

void
view_url(struct view *v, int name, struct str url)
{
	set_str(v, name, KIND_URL, url);
}

void
view_int(struct view *v, int name, int64_t n)
{
	struct value *e = slot(v, name);

	e->kind = KIND_INT;
	e->i = n;
}

void
view_bool(struct view *v, int name, bool b)
{
	struct value *e = slot(v, name);

	e->kind = KIND_BOOL;
	e->i = b;
}

struct view *
view_object(struct view *v, int name)
{
	struct value *e = slot(v, name);

	e->kind = KIND_OBJECT;
	e->object = view_new(v->a);
	return e->object;
}

/* A new element of the list under a name, which becomes one if need be:
 * a list that just began has no kind of its own yet. */
static struct value *
item(struct view *v, int name)
{
	size_t before = v->values.n;
	struct value *e = slot(v, name);

	if (v->values.n > before || e->kind != KIND_LIST) {
		e->kind = KIND_LIST;
		e->list = arena_alloc(v->a, sizeof(*e->list));
	}
	return list_add(v->a, e->list);
}

struct view *
view_item(struct view *v, int name)
{
	struct value *e = item(v, name);

	e->kind = KIND_OBJECT;
	e->object = view_new(v->a);
	return e->object;
}

void
view_item_text(struct view *v, int name, struct str s)
{
	struct value *e = item(v, name);

	e->kind = KIND_TEXT;
	e->s = s;
}
