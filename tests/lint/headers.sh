#!/bin/sh
# Every header compiles on its own and twice, and has a guard of its name.
# CC and the flags come from the Makefile.
here=${builddir:-.}
cd "$here" || exit 99
src=${srcdir:-.}
n=0
bad=0
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' 0

headers=$(cd "$src" && ls src/*.h cgi/*.h)
echo "1..$(echo "$headers" | wc -l)"
for h in $headers; do
	n=$((n + 1))
	guard=$(basename "$h" .h | tr '[:lower:]' '[:upper:]')_H
	printf '#include "%s"\n#include "%s"\n' "$(basename "$h")" \
	    "$(basename "$h")" >"$tmp/one.c"
	if ! grep -qx "#ifndef $guard" "$src/$h"; then
		echo "not ok $n - $h has no guard $guard"
		bad=1
	elif $CC $LINT_FLAGS -fsyntax-only -Wno-unused -x c "$tmp/one.c" \
	    2>"$tmp/said"; then
		echo "ok $n - $h"
	else
		echo "not ok $n - $h"
		sed 's/^/# /' "$tmp/said"
		bad=1
	fi
done
exit $bad
