#!/bin/sh
# Includes point one way: cgi -> src; <fcgiapp.h> only in cgi/fcgi.c,
# <sqlite3.h> only in src/db_sqlite.c, <fcgi_stdio.h> nowhere.
# Lists of words, and quotes that belong to the pattern:
# shellcheck disable=SC2086,SC2089,SC2090
n=0
bad=0
point() { # description, offending files
	n=$((n + 1))
	if [ -z "$2" ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1:" $2
		bad=1
	fi
}
cd "${srcdir:-.}" || exit 99
echo 1..4
for h in cgi/*.h; do
	[ -f "$h" ] && names="$names -e \"$(basename "$h")\""
done
point "src/ includes nothing of cgi/" \
    "$([ -z "$names" ] || grep -lF $names src/*.[ch])"
point "fcgiapp.h in cgi/fcgi.c only" \
    "$(grep -l 'include.*<fcgiapp.h>' cgi/*.[ch] src/*.[ch] |
	grep -vx cgi/fcgi.c)"
point "sqlite3.h in src/db_sqlite.c only" \
    "$(grep -l 'include.*<sqlite3.h>' cgi/*.[ch] src/*.[ch] |
	grep -vx src/db_sqlite.c)"
point "fcgi_stdio.h nowhere" "$(grep -l fcgi_stdio.h cgi/*.[ch] src/*.[ch])"
exit $bad
