#!/bin/sh
# Statements that a second engine can run, too: parameters $1 to $n numbered
# in the order in which they first appear (SQLite binds them so), and nothing
# that only SQLite or only PostgreSQL understands.  sql/sqlite/ is SQLite's own.
awk=${AWK:-awk}
cd "${srcdir:-.}" || exit 99
n=0
bad=0

point() { # description, offending lines
	n=$((n + 1))
	if [ -z "$2" ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		printf '%s\n' "$2" | sed 's/^/# /'
		bad=1
	fi
}

# Strings are emptied and comments dropped, so that words in them are nobody's
# business; "FILE:LINE: " stays in front.
code() {
	$awk '{
		sub(/--.*/, ""); gsub(/'\''[^'\'']*'\''/, "'\'''\''")
		if ($0 ~ /[^ \t]/) print FILENAME ":" FNR ": " $0
	}' sql/*.sql
}

without() { # description, extended regular expression
	point "no $1" "$(code | grep -iE ":[0-9]+: .*($2)")"
}

echo 1..21
# FNR == 1 ends a file as a name ends a statement.
point "parameters in order of first appearance" "$($awk '
FNR == 1 || /^-- name: / { next_one = 1; name = $3 }
{
	line = $0; sub(/--.*/, "", line)
	while (match(line, /\$[0-9]+/)) {
		p = substr(line, RSTART + 1, RLENGTH - 1) + 0
		line = substr(line, RSTART + RLENGTH)
		if (p > next_one || p == 0)
			print FILENAME ":" FNR ": " name ": $" p \
			    " where $" next_one " is next"
		else if (p == next_one)
			next_one++
	}
}' sql/*.sql)"
without "parameter without a number" '\?|[:@][a-z]'
without "group_concat" 'group_concat'
without "INSERT OR, REPLACE INTO" 'insert +or|update +or|replace +into'
without "datetime() and its kin" '(date|time|datetime|julianday|strftime|unixepoch) *\('
without "x'' literal" "(^|[^a-z0-9_])x''"
without "COLLATE" 'collate'
without "rowid" '(^|[^a-z])(rowid|oid|_rowid_)([^a-z]|$)'
without "ILIKE" 'ilike'
without "GLOB, MATCH, REGEXP" '(^|[^a-z])(glob|match|regexp)([^a-z_]|$)'
without "double-quoted string or name" '"'
without "backquoted or bracketed name" '`|\['
without "cast with ::" '::'
without "NOW(), CURRENT_" 'now *\(|current_(date|time)'
without "IFNULL, IIF, NVL" '(^|[^a-z])(ifnull|iif|nvl) *\('
without "LIMIT with a comma" 'limit +[^ ]+ *,'
without "PRAGMA, ATTACH, VACUUM" '(^|[^a-z])(pragma|attach|vacuum)([^a-z]|$)'
without "BEGIN, COMMIT: db_begin does that" '(^|[^a-z])(begin|commit|rollback)([^a-z]|$)'
without "SELECT *" 'select +([a-z]+\.)?\*'
without "+= or ==" '[+]=|=='
# It would pass for the view (src/db_sqlite.c).
without "common table expression named like a view" 'public_[a-z_]+ *(\([^)]*\))? *as +(not +)?(materialized +)?\('
exit $bad
