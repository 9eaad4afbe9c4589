/* Static files out of the program or theme, pictures out of media/. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "media.h"
#include "page.h"

static enum err
send_bytes(struct ctx *c, struct str bytes, const char *type)
{
	struct str *kept = arena_alloc(c->a, sizeof(*kept));

	*kept = bytes;
	c->res.bytes = kept;
	c->res.type = type;
	c->res.cache = CACHE_IMMUTABLE;
	return OK;
}

enum err
page_static(struct ctx *c)
{
	struct asset asset;
	enum err e = theme_asset(c->site->theme, c->rest, &asset);

	return e == OK ? send_bytes(c, asset.bytes, asset.type) : e;
}

static enum err
read_file(struct ctx *c, const char *path, struct str *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;
	size_t n = 0;
	char *p;

	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? ERR_NOTFOUND :
							     ERR_IO;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    st.st_size > MEDIA_MAX_BYTES) {
		close(fd);
		return ERR_NOTFOUND;
	}
	p = arena_alloc(c->a, (size_t)st.st_size + 1);
	while (n < (size_t)st.st_size) {
		ssize_t got = read(fd, p + n, (size_t)st.st_size - n);

		if (got <= 0)
			break;
		n += (size_t)got;
	}
	close(fd);
	*out = (struct str){ p, n };
	return OK;
}

/* The web server sends these itself where it is set up to; this is for the
 * quick start and for plain CGI. */
enum err
page_media(struct ctx *c)
{
	struct media m;
	struct str bytes;
	enum err e;

	if (!media_file_ok(c->rest))
		return ERR_NOTFOUND;
	if ((e = media_by_file(c->pub, c->a, c->rest, &m)) != OK)
		return e;
	e = read_file(c,
	    arena_printf(c->a, "%s/%.*s", c->site->conf.media, (int)m.file.n,
		m.file.p)
		.p,
	    &bytes);
	if (e != OK)
		return e;
	c->res.sandbox = true;
	return send_bytes(c, bytes, m.type.p);
}
