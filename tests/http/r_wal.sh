#!/bin/sh
# A second program that opened and closed the database took the write-ahead
# log away from the first: its commits were seen by nobody and died with it.
# shellcheck source=tests/http/lib.sh
. "${srcdir:-.}/tests/http/lib.sh"
# shellcheck source=tests/http/acts.sh
. "${srcdir:-.}/tests/http/acts.sh"

blog_new
article kopi
program_start
must "$balas" comment list -d "$blog"
ok "the log is still there" test -e "$blog/blog.db-wal"
id=$(number "$(comment /2020/01/kopi/ 'Acknowledged.')")
is "others see what the program commits" "$(sql 'SELECT id FROM comment')" \
    "$id"
kill -9 "$program"
wait "$program" 2>/dev/null
program=
is "and it outlives the program" "$(sql 'SELECT id FROM comment')" "$id"

finish
