/*
 * Runs a fuzzer's entry over its corpus when it is not linked with libFuzzer:
 * every file of tests/fuzz/corpus/<parser>/, <parser> taken from the
 * program's name (fuzz_<parser>), is one TAP point.  What a fuzzer asserts,
 * asserts here too.
 */
#include "config.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static char *
slurp(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	char *p;
	long size;

	if (f == NULL || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0)
		return NULL;
	rewind(f);
	/* No spare byte: an over-read shows under the sanitizers. */
	p = malloc(size == 0 ? 1 : (size_t)size);
	*n = p == NULL ? 0 : fread(p, 1, (size_t)size, f);
	fclose(f);
	return p;
}

static int
is_case(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

int
main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/');
	const char *src = getenv("srcdir");
	struct dirent **list;
	char dir[1024], path[2048];
	int n;

	(void)argc;
	name = strstr(name == NULL ? argv[0] : name, "fuzz_") + 5;
	snprintf(dir, sizeof(dir), "%s/tests/fuzz/corpus/%s",
	    src == NULL ? "." : src, name);
	n = scandir(dir, &list, is_case, alphasort);
	if (n <= 0)
		return printf("Bail out! no corpus in %s\n", dir), 99;
	printf("1..%d\n", n);
	for (int i = 0; i < n; i++) {
		size_t size = 0;
		char *p;

		snprintf(path, sizeof(path), "%s/%s", dir, list[i]->d_name);
		if ((p = slurp(path, &size)) == NULL)
			return printf("Bail out! %s\n", path), 99;
		LLVMFuzzerTestOneInput((const uint8_t *)p, size);
		printf("ok %d - %s\n", i + 1, list[i]->d_name);
		fflush(stdout);
		free(p);
		free(list[i]);
	}
	free(list);
	return 0;
}
