#!/bin/sh
# The program is there and speaks HTTP as everybody expects.
# shellcheck source=tests/http/lib.sh
. "${srcdir:-.}/tests/http/lib.sh"

blog_new
program_start

page=$(get /)
is "the front page is there" "$(first_line "$page")" "HTTP/1.1 200 OK"
like "as HTML in UTF-8" "$(header "$page" Content-Type)" \
    '^text/html; charset=utf-8$'
like "with a page in it" "$page" '<!DOCTYPE html>|<!doctype html>'

head=$(get -X HEAD /)
is "HEAD has the same status" "$(first_line "$head")" "HTTP/1.1 200 OK"
is "HEAD has the same ETag" "$(header "$head" ETag)" \
    "$(header "$page" ETag)"
is "HEAD has no body" "$(body -X HEAD / | wc -c)" 0

etag=$(header "$page" ETag)
like "the page has an ETag" "$etag" '^(W/)?".+"$'
again=$(get -H "If-None-Match: $etag" /)
like "what the reader has is not sent again" "$(first_line "$again")" \
    '^HTTP/1.1 304 '

is "an unknown address is 404" "$(status /nothing)" 404
like "404 is a page as well" "$(get /nothing)" '^Content-Type: text/html'

post=$(get -X POST -F a=b /)
is "POST to the front page is 405" \
    "$(first_line "$post" | cut -d ' ' -f 2)" 405
like "405 says what is allowed" "$(header "$post" Allow)" 'GET'
unlike "and POST is not" "$(header "$post" Allow)" 'POST'
is "nonsense methods are refused" \
    "$(status -X BREW / | grep -cE '^(405|501)$')" 1

for uri in / /nothing; do
	page=$(get $uri)
	csp=$(header "$page" Content-Security-Policy)
	like "$uri: nothing is allowed by default" "$csp" "default-src 'none'"
	unlike "$uri: nothing inline" "$csp" 'unsafe'
	like "$uri: in nobody's frame" "$csp" "frame-ancestors 'none'"
	is "$uri: types are not guessed" \
	    "$(header "$page" X-Content-Type-Options)" nosniff
	is "$uri: addresses stay here" \
	    "$(header "$page" Referrer-Policy)" same-origin
	is "$uri: no other window's business" \
	    "$(header "$page" Cross-Origin-Opener-Policy)" same-origin
	is "$uri: no other site's parts" \
	    "$(header "$page" Cross-Origin-Resource-Policy)" same-origin
	like "$uri: no sensors" "$(header "$page" Permissions-Policy)" '\(\)'
done

finish
