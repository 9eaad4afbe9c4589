#!/bin/sh
# A redirect repeated the query as it came: a line break in it, which a web
# server should not let through, began a header of its own.
# shellcheck source=tests/http/lib.sh
. "${srcdir:-.}/tests/http/lib.sh"

blog_new
program_start
for byte in '\n' '\r' '\t' '\0001' '\0177'; do
	uri=$(printf '//?x=1%bSet-Cookie: a=b' "$byte")
	answer=$(get "$uri")
	is "a query with $byte makes no sense" "$(first_line "$answer")" \
	    'HTTP/1.1 400 Bad Request'
	is "and sets no header" "$(header "$answer" Set-Cookie)" ''
done
is "other bytes come through" "$(header "$(get '//?x="<ä>')" Location)" \
    '/?x="<ä>'

finish
