#include "config.h"

#include <strings.h>

#include "link.h"

static bool
starts_nocase(struct str s, struct str prefix)
{
	return s.n >= prefix.n && strncasecmp(s.p, prefix.p, prefix.n) == 0;
}

static bool
is_slash(struct str s, size_t at)
{
	return at < s.n && (s.p[at] == '/' || s.p[at] == '\\');
}

bool
link_is_local(struct str url)
{
	return str_starts(url, STR("/")) && !is_slash(url, 1);
}

bool
link_is_external(struct str url)
{
	return (is_slash(url, 0) && is_slash(url, 1)) ||
	    starts_nocase(url, STR("http:")) ||
	    starts_nocase(url, STR("https:"));
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static size_t
url_end(struct str s, size_t host)
{
	size_t end = host, opened = 0, closed = 0;

	for (; end < s.n && (unsigned char)s.p[end] > ' ' &&
	     strchr("<>\"", s.p[end]) == NULL;
	     end++) {
		opened += s.p[end] == '(';
		closed += s.p[end] == ')';
	}
	for (; end > host; end--) {
		char c = s.p[end - 1];

		if (c == ')' && closed > opened)
			closed--;
		else if (c == ')' || strchr("?!.,:;*_~'", c) == NULL)
			break;
	}
	return end;
}

bool
link_find(struct str s, size_t *at, size_t *end)
{
	for (size_t i = *at; i < s.n; i++) {
		struct str rest;
		size_t host, stop;

		if (s.p[i] != 'h' && s.p[i] != 'H')
			continue;
		rest = str_sub(s, i, s.n);
		if ((!starts_nocase(rest, STR("http://")) &&
			!starts_nocase(rest, STR("https://"))) ||
		    (i > 0 && is_word(s.p[i - 1])))
			continue;
		host = str_find(s, '/', i) + 2;
		stop = url_end(s, host);
		if (stop > host && is_word(s.p[host])) {
			*at = i;
			*end = stop;
			return true;
		}
		/* Nothing of what was read can be one. */
		i = host - 1;
	}
	return false;
}
