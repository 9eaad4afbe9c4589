#!/bin/sh
# Pairs of source and page: markdown/article_*.md, comment_*.md and plain_*.md
# must become the .html beside them.  After a wanted change write them anew
# with `sh tests/golden/run.sh --write` and read the difference.
dir=${srcdir:-.}/tests/golden/markdown
balas=${builddir:-.}/balas
[ -x "$balas" ] || { echo "Bail out! $balas is not built"; exit 99; }

render() { # source
	case ${1##*/} in
	article_*) "$balas" render markdown <"$1" ;;
	comment_*) "$balas" render comment <"$1" ;;
	plain_*) "$balas" render markdown --plain <"$1" ;;
	*) return 1 ;;
	esac
}

set -- "$1" "$dir"/*.md
write=$1
shift
out=$(mktemp) || exit 99
trap 'rm -f "$out"' EXIT
echo "1..$#"
n=0
bad=0
for source; do
	n=$((n + 1))
	want=${source%.md}.html
	if [ "$write" = --write ]; then
		render "$source" >"$want"
	fi
	if render "$source" >"$out" && diff -u "$want" "$out" >&2; then
		echo "ok $n - ${source##*/}"
	else
		echo "not ok $n - ${source##*/}"
		bad=1
	fi
done
exit $bad
