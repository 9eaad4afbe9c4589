#!/bin/sh
# Records that no web server sends: the program may close the connection, it
# may not fall, hang or answer the next visitor with them.
# shellcheck source=tests/http/lib.sh
. "${srcdir:-.}/tests/http/lib.sh"

# One record: type, content as printf escapes, its length.
# shellcheck disable=SC2059 # escapes are the point
record() {
	printf "\\001\\$(printf %03o "$1")\\000\\001\\000\\$(printf %03o \
	    "$3")\\000\\000$2"
}

begin='\000\001\000\000\000\000\000\000'

raw() { # description; the bytes are in $tmp/raw
	"$fcgiget" -R "$tmp/raw" -t 3 "$sock" >"$tmp/raw.out" 2>&1
	is "after $1 it answers others" "$(status /)" 200
}

blog_new
program_start

{ record 1 "$begin" 8
record 4 '\016\003REQUEST_METHODGET' 19
record 4 '\013\001REQUEST_URI/' 14
record 4 '' 0; record 5 '' 0; } >"$tmp/raw"
raw "a proper request made by hand"
like "which is answered, too" "$(tr -d '\0' <"$tmp/raw.out")" '</html>'

: >"$tmp/raw"
raw "a connection without a word"
printf 'GET / HTTP/1.0\r\n\r\n' >"$tmp/raw"
raw "HTTP"
printf '\001' >"$tmp/raw"
raw "one byte"
head -c 100000 /dev/zero >"$tmp/raw"
raw "zeros"
head -c 100000 /dev/zero | tr '\0' '\377' >"$tmp/raw"
raw "all ones"
record 1 "$begin" 8 >"$tmp/raw"
raw "a request that never begins"
{ record 1 '\000\002\000\000\000\000\000\000' 8; record 4 '' 0; } >"$tmp/raw"
raw "a role that is none"
{ record 1 "$begin" 8; record 4 '\016\001SCRIPT' 8; record 4 '' 0
record 5 '' 0; } >"$tmp/raw"
raw "a name that ends early"
{ record 1 "$begin" 8; record 4 '' 0; record 5 '' 0; } >"$tmp/raw"
raw "a request without parameters"
{ record 1 "$begin" 8; record 4 '\013\003REQUEST_URI///' 16
record 4 '' 0; record 5 '' 0; } >"$tmp/raw"
raw "a request without a method"
{ record 1 "$begin" 8; record 2 '' 0; } >"$tmp/raw"
raw "a request taken back"
{ record 1 "$begin" 8; record 99 'what' 4; record 4 '' 0; record 5 '' 0; } >"$tmp/raw"
raw "a record of no known type"
{ record 1 "$begin" 8
record 4 '\016\004REQUEST_METHODPOST' 20
record 4 '\016\005CONTENT_LENGTH99999' 21
record 4 '\013\001REQUEST_URI/' 14
record 4 '' 0; record 5 'a=b' 3; record 5 '' 0; } >"$tmp/raw"
raw "a body that is shorter than it says"
{ record 1 "$begin" 8
record 4 '\016\004REQUEST_METHODPOST' 20
record 4 '\016\002CONTENT_LENGTH-1' 18
record 4 '\013\001REQUEST_URI/' 14
record 4 '' 0; record 5 'a=b' 3; record 5 '' 0; } >"$tmp/raw"
raw "a negative length"

{ record 1 "$begin" 8; record 4 '\377\377\377\377\377\377\377\377' 8
record 4 '' 0; record 5 '' 0; } >"$tmp/raw"
raw "lengths of two gigabytes"

# Bytes behind the body must not become the next request.
{ record 1 "$begin" 8
record 4 '\016\004REQUEST_METHODPOST' 20
record 4 '\016\001CONTENT_LENGTH1' 17
record 4 '\013\001REQUEST_URI/' 14
record 4 '' 0; record 5 'a' 1
record 1 "$begin" 8; record 4 '\013\010REQUEST_URI/nothing' 21
record 4 '' 0; record 5 '' 0; } >"$tmp/raw"
raw "a body that is longer than it says"
unlike "and does not answer what was in it" \
    "$(tr -d '\0' <"$tmp/raw.out")" '404'

finish
