/*
 * Pictures in the store: rows, and files under media/ that are written once
 * and never changed.  A row never names a file that is not complete on the
 * disk; a file without a row can be left by a crash and does no harm.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "date.h"
#include "log.h"
#include "media_walk.h"
#include "slug.h"

/* Telephones call every picture "image", so the numbers of a month may grow,
 * but each one costs a look at the disk. */
#define NUMBER_MAX 9999
/* A slug leaves room for "-9999" and is a slug with it. */
#define STEM_MAX (SLUG_MAX - 5)

/* ---- rows ----------------------------------------------------------- */

static enum err
take_row(struct q *q, struct arena *a, struct media *out)
{
	struct media m = { 0 };
	enum err e;

	if (q_row(q)) {
		m.id = q_get_i64(q, 0);
		m.file = q_get_str(q, 1, a);
		m.type = q_get_str(q, 2, a);
		m.width = (int)q_get_i64(q, 3);
		m.height = (int)q_get_i64(q, 4);
		m.alt = q_get_str(q, 5, a);
		m.caption = q_get_str(q, 6, a);
		m.credit = q_get_str(q, 7, a);
		m.credit_url = q_get_str(q, 8, a);
	}
	if ((e = q_end(q)) != OK)
		return e;
	if (m.id == 0)
		return ERR_NOTFOUND;
	*out = m;
	return OK;
}

enum err
media_get(struct db *pub, struct arena *a, int64_t id, struct media *out)
{
	struct q q = q_begin(pub, STMT_MEDIA_GET);

	q_i64(&q, id);
	return take_row(&q, a, out);
}

enum err
media_by_file(struct db *pub, struct arena *a, struct str file,
    struct media *out)
{
	struct q q = q_begin(pub, STMT_MEDIA_BY_FILE);

	q_str(&q, file);
	return take_row(&q, a, out);
}

/* ---- names ---------------------------------------------------------- */

static bool
all_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

bool
media_file_ok(struct str file)
{
	struct str month = str_sub(file, 5, 7);
	size_t dot = str_find(file, '.', 8);

	return file.n > 8 && file.p[4] == '/' && file.p[7] == '/' &&
	    all_digits(str_sub(file, 0, 4)) && all_digits(month) &&
	    memcmp(month.p, "01", 2) >= 0 && memcmp(month.p, "12", 2) <= 0 &&
	    slug_ok(str_sub(file, 8, dot)) &&
	    media_extension_ok(str_sub(file, dot + 1, file.n));
}

/* The name without folders, of either kind of system, and extension. */
static struct str
stem_of(struct arena *a, struct str name)
{
	size_t from = 0, to;
	struct str s;

	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '/' || name.p[i] == '\\')
			from = i + 1;
	for (to = name.n; to > from && name.p[to - 1] != '.'; to--)
		;
	s = slug_make(a, str_sub(name, from, to > from + 1 ? to - 1 : name.n));
	if (s.n > STEM_MAX)
		s.n = STEM_MAX;
	while (s.n > 0 && s.p[s.n - 1] == '-')
		s.n--;
	return s.n > 0 ? s : STR("picture");
}

/* ---- files ---------------------------------------------------------- */

static enum err
disk_failed(const char *what, const char *name)
{
	log_line(LOG_ERROR, "media: cannot %s %s: %s", what, name,
	    strerror(errno));
	return ERR_IO;
}

/* Mode and entry of a new folder.  The mode does not depend on the umask,
 * because the web server may be the one to read it. */
static bool
settle_folder(int fd)
{
	int up = openat(fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = up >= 0 && fchmod(fd, 0755) == 0 && fsync(up) == 0;

	if (up >= 0)
		close(up);
	return ok;
}

/* The folder name in the one of at, made when missing. */
static enum err
open_folder(int at, const char *name, int *out)
{
	bool made = mkdirat(at, name, 0755) == 0;
	int fd;

	if (!made && errno != EEXIST)
		return disk_failed("make", name);
	fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return disk_failed("open", name);
	if (made && !settle_folder(fd)) {
		enum err e = disk_failed("make", name);

		close(fd);
		return e;
	}
	*out = fd;
	return OK;
}

/* dir/YYYY/MM. */
static enum err
open_month(const char *dir, const char *year, const char *month, int *out)
{
	int top = -1, middle = -1;
	enum err e = open_folder(AT_FDCWD, dir, &top);

	if (e == OK)
		e = open_folder(top, year, &middle);
	if (e == OK)
		e = open_folder(middle, month, out);
	if (middle >= 0)
		close(middle);
	if (top >= 0)
		close(top);
	return e;
}

static bool
write_all(int fd, struct str bytes)
{
	while (bytes.n > 0) {
		ssize_t n = write(fd, bytes.p, bytes.n);

		if (n < 0 && errno != EINTR)
			return false;
		bytes = str_sub(bytes, n < 0 ? 0 : (size_t)n, bytes.n);
	}
	return true;
}

static enum err
write_file(int folder, const char *name, struct str bytes)
{
	int fd = openat(folder, name,
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	enum err e = OK;

	if (fd < 0)
		return disk_failed("make", name);
	if (!write_all(fd, bytes) || fchmod(fd, 0644) != 0 || fsync(fd) != 0)
		e = disk_failed("write", name);
	if (close(fd) != 0 && e == OK)
		e = disk_failed("write", name);
	if (e != OK)
		unlinkat(folder, name, 0);
	return e;
}

/* ---- adding --------------------------------------------------------- */

struct add {
	struct arena *a;
	struct media *m;
	struct str bytes;
	unsigned char digest[crypto_generichash_BYTES];
	int64_t now;
	struct str stem;
	const char *extension;
	/* the file that was written for it; empty when only looking */
	struct str file;
	/* was it there already? */
	bool known;
};

static enum err
find_same(struct db *db, struct add *add)
{
	struct q q = q_begin(db, STMT_MEDIA_BY_DIGEST);

	q_blob(&q, add->digest, sizeof(add->digest));
	if (q_row(&q)) {
		add->m->id = q_get_i64(&q, 0);
		add->m->file = q_get_str(&q, 1, add->a);
		add->known = true;
	}
	return q_end(&q);
}

static enum err
insert_row(struct db *db, struct add *add)
{
	struct q q = q_begin(db, STMT_MEDIA_INSERT);
	struct media *m = add->m;

	q_str(&q, add->file);
	q_str(&q, m->type);
	q_blob(&q, add->digest, sizeof(add->digest));
	q_i64(&q, (int64_t)add->bytes.n);
	q_i64(&q, m->width);
	q_i64(&q, m->height);
	q_str(&q, m->alt);
	q_str(&q, m->caption);
	q_str(&q, m->credit);
	q_str(&q, m->credit_url);
	q_i64(&q, add->now);
	if (q_row(&q)) {
		m->id = q_get_i64(&q, 0);
		m->file = add->file;
	}
	return q_end(&q);
}

/* Looks again before it inserts: the same picture may have come in twice
 * while the file was being written. */
static enum err
find_or_insert(struct db *db, void *arg)
{
	struct add *add = arg;
	enum err e = find_same(db, add);

	if (e != OK || add->known || add->file.n == 0)
		return e;
	return insert_row(db, add);
}

/* Give the finished file the first free name.  A link, unlike a rename, never
 * takes a name that another upload has just got. */
static enum err
link_file(struct add *add, int folder, const char *temporary,
    const char **out)
{
	int n = (int)add->stem.n;
	const char *name = "";

	for (int i = 1; i <= NUMBER_MAX; i++) {
		const char *number = i == 1 ? "" :
		    arena_printf(add->a, "-%d", i).p;

		name = arena_printf(add->a, "%.*s%s.%s", n, add->stem.p,
		    number, add->extension).p;
		if (linkat(folder, temporary, folder, name, 0) == 0) {
			*out = name;
			return OK;
		}
		if (errno != EEXIST)
			break;
	}
	return disk_failed("make", name);
}

/* The file is complete under its name, durably, before the row names it. */
static enum err
add_in(struct store *s, struct add *add, int folder, const char *path)
{
	const char *name, *temporary = arena_printf(add->a, ".new-%08x%08x",
	    randombytes_random(), randombytes_random()).p;
	enum err e = write_file(folder, temporary, add->bytes);

	if (e != OK)
		return e;
	e = link_file(add, folder, temporary, &name);
	unlinkat(folder, temporary, 0);
	if (e != OK)
		return e;
	add->file = arena_printf(add->a, "%s/%s", path, name);
	if (fsync(folder) != 0)
		e = disk_failed("write", add->file.p);
	if (e == OK)
		e = store_write(s, find_or_insert, add);
	if (e != OK || add->known)
		unlinkat(folder, name, 0);
	return e;
}

static enum err
add_new(struct store *s, struct add *add, const char *dir)
{
	const char *year, *month, *path;
	int y, m, day, folder;
	enum err e;

	date_civil(add->now, &y, &m, &day);
	year = arena_printf(add->a, "%04d", y).p;
	month = arena_printf(add->a, "%02d", m).p;
	path = arena_printf(add->a, "%s/%s", year, month).p;
	if ((e = open_month(dir, year, month, &folder)) != OK)
		return e;
	e = add_in(s, add, folder, path);
	close(folder);
	return e;
}

enum err
media_add(struct store *s, struct arena *a, const char *dir, struct str name,
    struct str bytes, int64_t now, struct media *m, const char **why)
{
	struct media made = *m;
	struct add add = { .a = a, .m = &made, .now = now };
	struct media_kind kind;
	enum err e;

	if ((e = media_sniff(bytes, &kind, why)) != OK)
		return e;
	if (sodium_init() < 0)
		return ERR_IO;
	add.stem = stem_of(a, name);
	add.extension = kind.extension;
	made.type = str_c(kind.type);
	made.width = kind.width;
	made.height = kind.height;
	add.bytes = media_strip(a, bytes, &kind);
	crypto_generichash(add.digest, sizeof(add.digest),
	    (const unsigned char *)add.bytes.p, add.bytes.n, NULL, 0);
	e = store_write(s, find_or_insert, &add);
	if (e == OK && !add.known)
		e = add_new(s, &add, dir);
	if (e == OK)
		*m = made;
	return e;
}
