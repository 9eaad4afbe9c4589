/* Pictures: what is one, what is left of it, and where it is put. */
#include "fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "date.h"
#include "media.h"

#define JPEG_HEAD "\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x02\0\0\x01\0\x01\0\0"
/* 4 by 3 pixels, one component */
#define JPEG_FRAME "\xFF\xC0\0\x0B\x08\0\x03\0\x04\x01\x01\x11\0"
#define JPEG_SCAN  "\xFF\xDA\0\x08\x01\x01\0\0\x3F\0z\xFF\0\xFF\xD0z"
#define JPEG_PLAIN JPEG_HEAD JPEG_FRAME JPEG_SCAN "\xFF\xD9"
/* Orientation n as cameras write it, with a place after it, and as we do. */
/* clang-format off */
#define EXIF_CAMERA(n)							\
	"\xFF\xE1\0\x2E" "Exif\0\0II*\0\x08\0\0\0\x02\0"		\
	"\x12\x01\x03\0\x01\0\0\0" n "\0\0\0"				\
	"\x25\x88\x04\0\x01\0\0\0\0\0\0\0" "\0\0\0\0"
#define EXIF_OURS(n)							\
	"\xFF\xE1\0\x22" "Exif\0\0MM\0*\0\0\0\x08\0\x01"		\
	"\x01\x12\0\x03\0\0\0\x01\0" n "\0\0\0\0\0\0"
/* clang-format on */

#define PNG_MARK "\x89PNG\r\n\x1A\n"
#define PNG_HEAD "\0\0\0\x0DIHDR\0\0\0\x04\0\0\0\x03\x08\0\0\0\0crc!"
#define PNG_DATA "\0\0\0\x02IDATxxcrc!"
#define PNG_END  "\0\0\0\0IENDcrc!"

/* 4 by 3, two colours; the frame */
#define GIF_HEAD  "GIF89a\x04\0\x03\0\x80\0\0abcdef"
#define GIF_FRAME ",\0\0\0\0\x04\0\x03\0\0\x02\x02xx\0"
#define GIF_LOOP  "!\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0"

#define WEBP_LOSSLESS "VP8L\x05\0\0\0\x2F\x03\x80\0\0"
#define WEBP_CANVAS   "VP8X\x0A\0\0\0"
#define WEBP_SIZE     "\0\0\0\x03\0\0\x02\0\0"

struct sample {
	const char *p;
	size_t n;
};
/* clang-format off */
#define SAMPLE(literal) { literal, sizeof(literal) - 1 }
/* clang-format on */

static void
test_sniff(void **state)
{
	/* clang-format off */
	static const struct {
		struct sample in;
		const char *extension;
		int width, height;
	} t[] = {
		{ SAMPLE(JPEG_PLAIN),				"jpg", 4, 3 },
		/* progressive */
		{ SAMPLE("\xFF\xD8\xFF\xC2\0\x0B\x08\0\x03\0\x04\x01\x01\x11\0"
		    JPEG_SCAN JPEG_SCAN "\xFF\xD9"),		"jpg", 4, 3 },
		/* to be turned by 90 degrees, and by 180 */
		{ SAMPLE("\xFF\xD8" EXIF_CAMERA("\x06")
		    JPEG_FRAME JPEG_SCAN "\xFF\xD9"),		"jpg", 3, 4 },
		{ SAMPLE("\xFF\xD8" EXIF_CAMERA("\x03")
		    JPEG_FRAME JPEG_SCAN "\xFF\xD9"),		"jpg", 4, 3 },
		{ SAMPLE(PNG_MARK PNG_HEAD PNG_DATA PNG_END),	"png", 4, 3 },
		{ SAMPLE(GIF_HEAD GIF_FRAME ";"),		"gif", 4, 3 },
		/* the first frame is larger than the screen */
		{ SAMPLE("GIF87a\x01\0\x01\0\0\0\0"
		    GIF_FRAME ";"),				"gif", 4, 3 },
		{ SAMPLE("RIFF\x16\0\0\0WEBPVP8 \x0A\0\0\0"
		    "\0\0\0\x9D\x01\x2A\x04\0\x03\0"),		"webp", 4, 3 },
		{ SAMPLE("RIFF\x12\0\0\0WEBP"
		    WEBP_LOSSLESS "\0"),			"webp", 4, 3 },
		{ SAMPLE("RIFF\x24\0\0\0WEBP" WEBP_CANVAS
		    "\0" WEBP_SIZE WEBP_LOSSLESS "\0"),		"webp", 4, 3 },
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct str in = { t[i].in.p, t[i].in.n };
		struct media_kind k;
		const char *why = "";

		if (media_sniff(in, &k, &why) != OK)
			fail_msg("%zu: %s", i, why);
		assert_string_equal(k.extension, t[i].extension);
		assert_int_equal(k.width, t[i].width);
		assert_int_equal(k.height, t[i].height);
	}
}

static void
test_refuse(void **state)
{
	/* clang-format off */
	static const struct {
		struct sample in;
		const char *says;
	} t[] = {
		{ SAMPLE(""),					"empty" },
		{ SAMPLE("hello"),				"not a JPEG" },
		{ SAMPLE("\xFF\xD8"),				"not a JPEG" },
		{ SAMPLE("BM\0\0\0\0"),				"not a JPEG" },
		{ SAMPLE("<svg xmlns='x'/>"),			"SVG" },
		{ SAMPLE("\xEF\xBB\xBF<?xml version='1.0'?>\n<SVG/>"), "SVG" },
		{ SAMPLE(" \n<!DOCTYPE html>"),			"web page" },
		{ SAMPLE("\0\0\0\x18" "ftypheic"),		"HEIC" },

		{ SAMPLE(JPEG_HEAD JPEG_FRAME JPEG_SCAN),	"cut off" },
		{ SAMPLE(JPEG_HEAD JPEG_FRAME "\xFF\xDA\0"),	"cut off" },
		{ SAMPLE(JPEG_HEAD JPEG_FRAME
		    "\xFF\xDA\0\x01xx"),			"damaged" },
		{ SAMPLE(JPEG_HEAD JPEG_FRAME "\xFF\xD9"),	"empty" },
		{ SAMPLE(JPEG_HEAD JPEG_SCAN "\xFF\xD9"),	"damaged" },
		{ SAMPLE(JPEG_HEAD "x" JPEG_FRAME JPEG_SCAN
		    "\xFF\xD9"),				"damaged" },
		{ SAMPLE(JPEG_HEAD JPEG_FRAME JPEG_FRAME JPEG_SCAN
		    "\xFF\xD9"),				"damaged" },
		{ SAMPLE(JPEG_HEAD
		    "\xFF\xC0\0\x0B\x08\0\0\0\x04\x01\x01\x11\0"
		    JPEG_SCAN "\xFF\xD9"),			"empty" },
		{ SAMPLE(JPEG_HEAD
		    "\xFF\xC0\0\x0B\x08\xFF\xFF\xFF\xFF\x01\x01\x11\0"
		    JPEG_SCAN "\xFF\xD9"),			"pixels" },
		/* lossless, arithmetic, twelve bits: no browser has them */
		{ SAMPLE(JPEG_HEAD "\xFF\xC3\0\x02"),		"browsers" },
		{ SAMPLE(JPEG_HEAD "\xFF\xC9\0\x02"),		"browsers" },
		{ SAMPLE(JPEG_HEAD
		    "\xFF\xC1\0\x0B\x0C\0\x01\0\x04\x01\x01\x11\0"),
								"browsers" },

		{ SAMPLE(PNG_MARK),				"cut off" },
		{ SAMPLE(PNG_MARK PNG_HEAD PNG_DATA),		"cut off" },
		{ SAMPLE(PNG_MARK PNG_HEAD
		    "\xFF\xFF\xFF\xFFIDATxxxx"),		"cut off" },
		{ SAMPLE(PNG_MARK PNG_HEAD PNG_END),		"empty" },
		{ SAMPLE(PNG_MARK PNG_DATA PNG_END),		"damaged" },
		{ SAMPLE(PNG_MARK PNG_HEAD PNG_HEAD PNG_DATA PNG_END),
								"damaged" },
		/* unknown, and a decoder must know it */
		{ SAMPLE(PNG_MARK PNG_HEAD "\0\0\0\0NEWScrc!" PNG_DATA
		    PNG_END),					"damaged" },
		/* a compression nobody has */
		{ SAMPLE(PNG_MARK "\0\0\0\x0DIHDR\0\0\0\x04\0\0\0\x03"
		    "\x08\0\x01\0\0crc!" PNG_DATA PNG_END),	"damaged" },
		/* three bits a sample */
		{ SAMPLE(PNG_MARK "\0\0\0\x0DIHDR\0\0\0\x04\0\0\0\x03"
		    "\x03\0\0\0\0crc!" PNG_DATA PNG_END),	"damaged" },
		{ SAMPLE(PNG_MARK "\0\0\0\x0DIHDR\xFF\xFF\xFF\xFF\xFF\xFF"
		    "\xFF\xFF\x08\0\0\0\0crc!" PNG_DATA PNG_END), "pixels" },

		{ SAMPLE("GIF89a"),				"cut off" },
		{ SAMPLE(GIF_HEAD ";"),				"empty" },
		{ SAMPLE(GIF_HEAD GIF_FRAME),			"cut off" },
		{ SAMPLE(GIF_HEAD "!\xFE\x05hi"),		"cut off" },
		{ SAMPLE(GIF_HEAD GIF_FRAME "\0;"),		"damaged" },

		{ SAMPLE("RIFF\x20\0\0\0WEBP" WEBP_LOSSLESS "\0"), "cut off" },
		{ SAMPLE("RIFX\x12\0\0\0WEBP" WEBP_LOSSLESS "\0"), "damaged" },
		{ SAMPLE("RIFF\x04\0\0\0WEBP"),			"damaged" },
		{ SAMPLE("RIFF\x0C\0\0\0WEBPEXIF\0\0\0\0"),	"damaged" },
		{ SAMPLE("RIFF\x16\0\0\0WEBP" WEBP_CANVAS "\0" WEBP_SIZE),
								"empty" },
		/* the canvas is not the picture's */
		{ SAMPLE("RIFF\x24\0\0\0WEBP" WEBP_CANVAS
		    "\0\0\0\0\x09\0\0\x02\0\0" WEBP_LOSSLESS "\0"), "damaged" },
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct str in = { t[i].in.p, t[i].in.n };
		struct media_kind k;
		const char *why = "";
		enum err e = media_sniff(in, &k, &why);

		if (e != ERR_INPUT || strstr(why, t[i].says) == NULL)
			fail_msg("%zu: %s, \"%s\", want \"%s\"", i, err_name(e),
			    why, t[i].says);
	}
}

static void
test_strip(void **state)
{
	/* clang-format off */
	static const struct {
		struct sample in, want;
	} t[] = {
		{ SAMPLE(JPEG_PLAIN), SAMPLE(JPEG_PLAIN) },
		/* EXIF that says nothing, XMP, IPTC, a comment, more pictures,
		 * filling and what comes after the end */
		{ SAMPLE(JPEG_HEAD EXIF_CAMERA("\x01") "\xFF\xE1\0\x06http"
		    "\xFF\xED\0\x03x" "\xFF\xFE\0\x04hi" "\xFF\xE2\0\x06MPF\0"
		    "\xFF\xFF" JPEG_FRAME "\xFF\xFE\0\x04hi" JPEG_SCAN
		    "\xFF\xEF\0\x03x" "\xFF\xD9" "tail"),
		  SAMPLE(JPEG_PLAIN) },
		{ SAMPLE(JPEG_HEAD EXIF_CAMERA("\x08") EXIF_CAMERA("\x03")
		    JPEG_FRAME JPEG_SCAN "\xFF\xD9"),
		  SAMPLE(JPEG_HEAD EXIF_OURS("\x08")
		    JPEG_FRAME JPEG_SCAN "\xFF\xD9") },
		/* profile and colour transform stay, thumbnails go */
		{ SAMPLE("\xFF\xD8"
		    "\xFF\xE0\0\x13JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01rgb"
		    "\xFF\xE0\0\x0CJFXX\0\x10rgb\0"
		    "\xFF\xE2\0\x11ICC_PROFILE\0\x01\x01p"
		    "\xFF\xEE\0\x10" "Adobe\0d\0\0\0\0\x01xx"
		    JPEG_FRAME JPEG_SCAN "\xFF\xD9"),
		  SAMPLE(JPEG_HEAD
		    "\xFF\xE2\0\x11ICC_PROFILE\0\x01\x01p"
		    "\xFF\xEE\0\x0E" "Adobe\0d\0\0\0\0\x01"
		    JPEG_FRAME JPEG_SCAN "\xFF\xD9") },
		/* the last one is a gamma of the wrong size */
		{ SAMPLE(PNG_MARK PNG_HEAD "\0\0\0\x02tEXthicrc!"
		    "\0\0\0\x01sRGB\0crc!" "\0\0\0\x02" "eXIfhicrc!"
		    "\0\0\0\x02gAMAhicrc!"
		    PNG_DATA "\0\0\0\x02zTXthicrc!" PNG_END "<html>"),
		  SAMPLE(PNG_MARK PNG_HEAD "\0\0\0\x01sRGB\0crc!"
		    PNG_DATA PNG_END) },
		{ SAMPLE(GIF_HEAD GIF_LOOP "!\xFE\x02hi\0"
		    "!\xFF\x0BXMP DataXMP\x02hi\0" "!\xF9\x04\0\0\0\0\0"
		    GIF_FRAME "!\x01\x02hi\0;PK"),
		  SAMPLE(GIF_HEAD GIF_LOOP "!\xF9\x04\0\0\0\0\0"
		    GIF_FRAME ";") },
		/* of the repetition its number */
		{ SAMPLE(GIF_HEAD "!\xFF\x0BNETSCAPE2.0\x05\x02\0\0\0\0"
		    "\x03\x01\0\0\x02hi\0" GIF_FRAME ";"),
		  SAMPLE(GIF_HEAD GIF_LOOP GIF_FRAME ";") },
		{ SAMPLE("RIFF\x44\0\0\0WEBP"
		    WEBP_CANVAS "\xFC\1\2\3\x03\0\0\x02\0\0"
		    "ICCP\x01\0\0\0p\0" WEBP_LOSSLESS "\0"
		    "EXIF\x02\0\0\0hi" "XMP \x03\0\0\0hi!\0" "tail"),
		  SAMPLE("RIFF\x2E\0\0\0WEBP"
		    WEBP_CANVAS "\x30" WEBP_SIZE
		    "ICCP\x01\0\0\0p\0" WEBP_LOSSLESS "\0") },
		/* padding that was forgotten */
		{ SAMPLE("RIFF\x11\0\0\0WEBP" WEBP_LOSSLESS),
		  SAMPLE("RIFF\x12\0\0\0WEBP" WEBP_LOSSLESS "\0") },
	};
	/* clang-format on */
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct str in = { t[i].in.p, t[i].in.n }, got;
		struct str want = { t[i].want.p, t[i].want.n };
		struct media_kind k;
		const char *why = "";

		if (media_sniff(in, &k, &why) != OK)
			fail_msg("%zu: %s", i, why);
		got = media_strip(a, in, &k);
		if (!str_eq(got, want))
			fail_msg("%zu: %zu bytes, want %zu", i, got.n, want.n);
	}
	arena_free(a);
}

/* Wherever an upload breaks off, it is refused. */
static void
test_every_cut(void **state)
{
	static const struct sample t[] = {
		SAMPLE(JPEG_HEAD EXIF_CAMERA("\x08") JPEG_FRAME JPEG_SCAN
		    "\xFF\xD9"),
		SAMPLE(PNG_MARK PNG_HEAD PNG_DATA PNG_END),
		SAMPLE(GIF_HEAD GIF_LOOP GIF_FRAME ";"),
		SAMPLE("RIFF\x24\0\0\0WEBP" WEBP_CANVAS
		       "\0" WEBP_SIZE WEBP_LOSSLESS "\0"),
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		for (size_t n = 0; n < t[i].n; n++) {
			/* exactly n bytes, for the sanitizers to see */
			char *p = xmalloc(n);
			struct media_kind k;
			const char *why;

			memcpy(p, t[i].p, n);
			if (media_sniff((struct str){ p, n }, &k, &why) == OK)
				fail_msg("%zu: %zu bytes are taken", i, n);
			free(p);
		}
}

static void
test_file_ok(void **state)
{
	static const struct {
		const char *in;
		bool ok;
	} t[] = {
		{ "2026/11/kopi.jpg", true },
		{ "2026/01/kopi-2.png", true },
		{ "2026/12/9.webp", true },
		{ "2026/10/a.gif", true },
		{ "", false },
		{ "2026/11/", false },
		{ "2026/11/.jpg", false },
		{ "2026/11/kopi", false },
		{ "2026/11/kopi.", false },
		{ "2026/11/kopi.svg", false },
		{ "2026/11/kopi.JPG", false },
		{ "2026/11/Kopi.jpg", false },
		{ "2026/11/kopi.html.jpg", false },
		{ "2026/11/kopi.jpg.html", false },
		{ "2026/11/-kopi.jpg", false },
		{ "2026/11/.new-12.jpg", false },
		{ "2026/11/a/b.jpg", false },
		{ "2026/00/a.jpg", false },
		{ "2026/13/a.jpg", false },
		{ "2026/1/a.jpg", false },
		{ "026/11/a.jpg", false },
		{ "../../etc/passwd", false },
		{ "2026/../a.jpg", false },
		{ "/2026/11/a.jpg", false },
		{ "2026\\11\\a.jpg", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		if (media_file_ok(str_c(t[i].in)) != t[i].ok)
			fail_msg("%s", t[i].in);
	assert_false(media_file_ok((struct str){ "2026/11/a\0.jpg", 14 }));
}

/* ---- a store in a folder of its own --------------------------------- */

static int
set_up(void **state)
{
	if (fixture_open(state) != 0)
		return -1;
	assert_int_equal(date_set_zone("Asia/Jakarta"), OK);
	/* The modes of what is made must not come from here. */
	umask(077);
	return 0;
}

static void
remove_tree(struct arena *a, const char *path)
{
	DIR *d = opendir(path);
	struct dirent *e;

	while (d != NULL && (e = readdir(d)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			remove_tree(a,
			    arena_printf(a, "%s/%s", path, e->d_name).p);
	if (d != NULL)
		closedir(d);
	remove(path);
}

/* 2026-10-31 18:00 UTC: in Jakarta it is November. */
#define NOVEMBER 1793469600

/* Different pixels make different pictures. */
static enum err
add(struct fixture *p, const char *name, char pixel, struct media *m)
{
	char png[] = PNG_MARK PNG_HEAD "\0\0\0\x02tEXthicrc!" PNG_DATA PNG_END;
	const char *why = "";

	png[sizeof(png) - 1 - 12 - 5] = pixel;
	return media_add(p->store, p->a, p->media, str_c(name),
	    (struct str){ png, sizeof(png) - 1 }, NOVEMBER, m, &why);
}

static int
count_files(struct fixture *p, const char *folder)
{
	DIR *d = opendir(arena_printf(p->a, "%s/%s", p->media, folder).p);
	int n = 0;

	if (d == NULL)
		return 0;
	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n - 2;
}

static mode_t
mode_of(struct fixture *p, const char *file)
{
	const char *path = arena_printf(p->a, "%s/%s", p->media, file).p;
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

static void
test_add(void **state)
{
	struct fixture *p = *state;
	struct media m = { .alt = STR("a cup"), .credit = STR("me") }, got;
	int64_t id;

	assert_int_equal(add(p, "C:\\Foto\\Secangkir Kopi.JPEG", 'a', &m), OK);
	assert_str(m.file, "2026/11/secangkir-kopi.png");
	assert_str(m.type, "image/png");
	assert_int_equal(m.width, 4);
	assert_true(media_file_ok(m.file));
	assert_int_equal(mode_of(p, "2026"), 0755);
	assert_int_equal(mode_of(p, "2026/11"), 0755);
	assert_int_equal(mode_of(p, m.file.p), 0644);

	assert_int_equal(media_get(p->pub, p->a, m.id, &got), OK);
	assert_str(got.file, m.file.p);
	assert_str(got.alt, "a cup");
	assert_str(got.credit, "me");
	assert_str(got.caption, "");
	assert_int_equal(got.height, 3);
	id = m.id;
	assert_int_equal(media_by_file(p->pub, p->a, m.file, &got), OK);
	assert_int_equal(got.id, id);
	assert_int_equal(media_get(p->pub, p->a, id + 1, &got), ERR_NOTFOUND);
	assert_int_equal(media_by_file(p->pub, p->a, STR("x"), &got),
	    ERR_NOTFOUND);

	/* The same bytes under another name. */
	m = (struct media){ .alt = STR("other") };
	assert_int_equal(add(p, "other.png", 'a', &m), OK);
	assert_int_equal(m.id, id);
	assert_str(m.file, "2026/11/secangkir-kopi.png");
	assert_int_equal(media_get(p->pub, p->a, id, &got), OK);
	assert_str(got.alt, "a cup");
	assert_int_equal(count_files(p, "2026/11"), 1);
}

static void
test_names(void **state)
{
	static const struct {
		const char *in, *want;
	} t[] = {
		{ "kopi.png", "2026/11/kopi.png" },
		{ "kopi.gif", "2026/11/kopi-2.png" },
		{ "../../KOPI", "2026/11/kopi-3.png" },
		{ "kopi-2.png", "2026/11/kopi-2-2.png" },
		{ "a.tar.gz", "2026/11/a-tar.png" },
		{ "", "2026/11/picture.png" },
		{ "日本.jpg", "2026/11/picture-2.png" },
		{ ".htaccess", "2026/11/htaccess.png" },
		{ "x/", "2026/11/picture-3.png" },
	};
	struct fixture *p = *state;
	char longest[300];
	struct media m;

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		m = (struct media){ 0 };
		assert_int_equal(add(p, t[i].in, (char)('a' + i), &m), OK);
		assert_str(m.file, t[i].want);
		assert_true(media_file_ok(m.file));
	}
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	for (char c = 'A'; c < 'D'; c++) {
		assert_int_equal(add(p, longest, c, &m), OK);
		assert_true(media_file_ok(m.file));
	}
}

static void
test_add_fails(void **state)
{
	struct fixture *p = *state;
	struct media m = { .id = 77 };
	const char *why = "";
	int fd;

	assert_int_equal(media_add(p->store, p->a, p->media, STR("a.png"),
			     STR("<svg/>"), NOVEMBER, &m, &why),
	    ERR_INPUT);
	assert_non_null(strstr(why, "SVG"));
	assert_int_equal(count_files(p, "2026/11"), 0);

	/* A row that is refused leaves no file. */
	assert_int_equal(add(p, "a.png", 'a', &m), OK);
	m = (struct media){ .id = 77 };
	remove_tree(p->a, arena_printf(p->a, "%s/2026", p->media).p);
	assert_int_equal(add(p, "a.png", 'b', &m), ERR_CONFLICT);
	assert_int_equal(m.id, 77);
	assert_int_equal(count_files(p, "2026/11"), 0);

	/* A file where the folder should be. */
	remove_tree(p->a, p->media);
	fd = open(p->media, O_CREAT | O_WRONLY, 0600);
	close(fd);
	assert_int_equal(add(p, "c.png", 'c', &m), ERR_IO);
	assert_int_equal(m.id, 77);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sniff),
		cmocka_unit_test(test_refuse),
		cmocka_unit_test(test_strip),
		cmocka_unit_test(test_every_cut),
		cmocka_unit_test(test_file_ok),
		cmocka_unit_test_setup_teardown(test_add, set_up, fixture_close),
		cmocka_unit_test_setup_teardown(test_names, set_up, fixture_close),
		cmocka_unit_test_setup_teardown(test_add_fails, set_up,
		    fixture_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
