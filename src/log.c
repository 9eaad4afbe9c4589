#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "log.h"

#define LINE_BYTES 1024

void
log_line(enum log_level level, const char *fmt, ...)
{
	static const char *const word[] = {
		[LOG_ERROR] = "error: ",
		[LOG_WARN] = "warning: ",
		[LOG_INFO] = "",
	};
	int keep = errno;
	char line[LINE_BYTES];
	va_list ap;
	int head, n;

	head = snprintf(line, sizeof(line), "balas: %s", word[level]);
	va_start(ap, fmt);
	n = vsnprintf(line + head, sizeof(line) - (size_t)head - 1, fmt, ap);
	va_end(ap);
	if (n < 0)
		n = 0;
	n += head;
	if ((size_t)n > sizeof(line) - 2)
		n = (int)sizeof(line) - 2;
	line[n++] = '\n';
	/* Where the log cannot be written nothing can be said about it. */
	if (write(STDERR_FILENO, line, (size_t)n) < 0)
		errno = keep;
	errno = keep;
}

const char *
log_safe(struct arena *a, struct str s, size_t max)
{
	static const char hex[] = "0123456789abcdef";
	char *out, *o;

	if (s.n > max)
		s.n = max;
	out = o = arena_alloc(a, s.n * 4 + 1);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c >= 0x20 && c < 0x7f && c != '\\') {
			*o++ = (char)c;
			continue;
		}
		*o++ = '\\';
		*o++ = 'x';
		*o++ = hex[c >> 4];
		*o++ = hex[c & 15];
	}
	return out;
}
