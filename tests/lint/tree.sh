#!/bin/sh
# The top level is fixed: what is not on the list belongs into a folder.
cd "${srcdir:-.}" || exit 99
if ! [ -e .git ] || ! files=$(git ls-files 2>/dev/null) || [ -z "$files" ]; then
	echo "1..0 # SKIP not in a checkout"
	exit 0
fi
bad=0
echo 1..2
other=$(printf '%s\n' "$files" | sed 's,/.*,,' | sort -u | grep -vxE \
    'cgi|src|sql|www|tests|configure\.ac|Makefile\.am|README|LICENSE|\..*')
if [ -z "$other" ]; then
	echo "ok 1 - the top level"
else
	echo "not ok 1 - the top level:" $other
	bad=1
fi
# Names that every file system and every shell takes as they are.
odd=$(printf '%s\n' "$files" | grep -v '^tests/fuzz/corpus/' |
    grep -vxE '[A-Za-z0-9._/-]+')
if [ -z "$odd" ]; then
	echo "ok 2 - plain file names"
else
	echo "not ok 2 - plain file names:" $odd
	bad=1
fi
exit $bad
