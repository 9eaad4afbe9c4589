/*
 * One line to standard error.  Whoever logs text from outside passes it
 * through log_safe: control characters and bytes outside ASCII become \xNN,
 * so that a visitor cannot forge a line.  No e-mail address, no comment text
 * and no network address is ever logged.
 */
#ifndef LOG_H
#define LOG_H

#include "arena.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO };

/* Written with a single write(2), newline included; long lines are cut at
 * 1 KiB.  Keeps errno. */
void log_line(enum log_level level, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* s made harmless for a log, at most max bytes of it, terminated. */
const char *log_safe(struct arena *a, struct str s, size_t max);

#endif
