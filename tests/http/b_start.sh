#!/bin/sh
# The ways to start the program: a socket of its own, a socket it is given,
# plain CGI; and what it says when it cannot.
# shellcheck source=tests/http/lib.sh
. "${srcdir:-.}/tests/http/lib.sh"

fcgi=$builddir/balas.fcgi

cgi() { # method, URI
	env -i GATEWAY_INTERFACE=CGI/1.1 SERVER_PROTOCOL=HTTP/1.1 \
	    REQUEST_METHOD="$1" REQUEST_URI="$2" SCRIPT_NAME= QUERY_STRING= \
	    REMOTE_ADDR=127.0.0.1 SERVER_NAME=127.0.0.1 SERVER_PORT=8080 \
	    HTTP_HOST=127.0.0.1:8080 "$fcgi" -d "$blog" </dev/null \
	    2>"$tmp/cgi.log" | tr -d '\r'
}

like "without a blog it says what to do" \
    "$("$fcgi" -d "$blog" -s "$sock" 2>&1; echo "status $?")" 'balas init'
ok "and makes no socket" test ! -e "$sock"

blog_new
program_start
is "the socket is for owner and group" "$(stat -c %a "$sock")" 660
like "a second program does not take its socket" \
    "$(timeout 5 "$fcgi" -d "$blog" -s "$sock" 2>&1; echo "status $?")" \
    'status [1-9]'
is "the first one still answers" "$(status /)" 200
program_stop
is "TERM ends it in good order" "$program_status" 0

# A socket that somebody left behind stands in nobody's way.
program_start
kill -9 "$program"
wait "$program" 2>"$tmp/noise"
program=
ok "killed hard, it leaves its socket" test -S "$sock"
program_start
is "which the next one takes over" "$(status /)" 200

page=$(cgi GET /)
like "as plain CGI it answers" "$page" '^Content-Type: text/html'
like "with the page" "$page" '</html>'
is "HEAD has no body" "$(cgi HEAD / | sed '1,/^$/d' | wc -c)" 0
like "404 is a status" "$(cgi GET /nothing)" '^Status: 404'

finish
