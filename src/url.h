/*
 * Links as data, and what is accepted as one.
 */
#ifndef URL_H
#define URL_H

#include "arena.h"
#include "base.h"

/*
 * Percent-decode s ("+" becomes a space when plus is true: form encoding).
 * A '%' without two hexadecimal digits stays as it is (WHATWG URL §1.3).
 * May hold any byte, NUL included.
 */
struct str url_decode(struct arena *a, struct str s, bool plus);

/* s with every byte outside unreserved (RFC 3986 §2.3) percent-encoded; '/'
 * is kept when slash is true. */
struct str url_encode(struct arena *a, struct str s, bool slash);

/*
 * Is s, as a browser would read it (leading C0 and space skipped, tab and
 * line ends inside removed, case ignored), a link that may stand in a page:
 * relative, or http:, https:, mailto:?  Everything else with a scheme is
 * refused, "//host/" (network-path) is accepted.
 */
bool url_scheme_ok(struct str s);

/*
 * The website a visitor typed (B-05 12): "" stays "".  "example.org" becomes
 * "https://example.org"; scheme and host become lower case.  Must be http or
 * https with a host that has a dot or is "localhost" or an IP literal, no
 * user part, no spaces, backslashes or controls.  False when it is no web
 * address.  *out lives in a; it is accepted again and stays as it is.
 */
bool url_website(struct arena *a, struct str s, struct str *out) MUST_CHECK;

/* The host of an absolute http(s) URL as a browser finds it, lower case,
 * without user part, port and "www."; empty when there is none.  Any bytes:
 * for comparing, not for printing unescaped. */
struct str url_host(struct arena *a, struct str s);

/*
 * The path of a request target (RFC 9112 §3.2), everything before '?', made
 * canonical: decoded once, then encoded again in one way, runs of '/' as one.
 * path: decoded; canon: encoded, for redirects and comparison.
 * False on NUL, controls, bad UTF-8, a backslash, a "." or ".." segment
 * (encoded or not), or a target that does not begin with '/'; an
 * absolute-form target ("http://host/path") is taken by its path.  The canonical form is
 * accepted and is its own canonical form.
 */
bool url_path(struct arena *a, struct str target, struct str *path,
    struct str *canon) MUST_CHECK;

/*
 * An e-mail address (B-05 10, after WHATWG's input type=email with at least
 * two labels): at most 254 bytes, ASCII local part, labels of letters, digits
 * and inner hyphens, at most 63 each.
 */
bool email_ok(struct str s);

#endif
