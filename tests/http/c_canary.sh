#!/bin/sh
# The promises of a page: no byte of an address gets out, no text becomes
# markup, what is not published is not shown.  And that this test would notice.
# shellcheck source=tests/http/lib.sh
. "${srcdir:-.}/tests/http/lib.sh"
# shellcheck source=tests/http/acts.sh
. "${srcdir:-.}/tests/http/acts.sh"
# shellcheck source=tests/http/canary.sh
. "$srcdir/tests/http/canary.sh"

found() { # kind
	grep "^$1" "$canary/found"
}

canary_plant
is "every text column is planted" "$(canary_missing)" ''
cp -R "$blog" "$fast/planted"

canary_check
is "nothing became markup" "$(found markup)" ''
is "no address got out" "$(found address)" ''
is "nothing private was shown" "$(found private)" ''
is "every row of routes.c was reached" "$(cat "$canary/unreached")" ''
is "no answer failed" "$(awk '$3 ~ /^(000|5)/' "$canary/visits")" ''
echo "# $(wc -l <"$canary/routes") routes, $visits requests," \
    "$(wc -l <"$canary/fields") planted fields, $addresses addresses in" \
    "$(wc -l <"$canary/forms.all") forms"

# What should be seen is seen: the silence above is not that of an empty page.
while read -r n who _; do
	[ "$who" = public ] || continue
	grep -aqE "canary-$n(&gt;|%3E)" "$canary"/answers/guest.* ||
	    echo "$n"
done <"$canary/fields" >"$tmp/unseen"
is "every public canary was seen, escaped" \
    "$(grep -wFf "$tmp/unseen" "$canary/fields")" ''
like "staff see addresses" "$(cat "$canary"/answers/staff-admin.*)" \
    'Qzx1Kw\.x\+y@zq1Vw\.example'
like "moderators too" "$(cat "$canary"/answers/staff-tuti.*)" \
    'Qzx1Kw\.x\+y@zq1Vw\.example'
like "a writer gets back what he typed" "$(cat "$canary"/answers/typed.*)" \
    "$(printf '%s' "$canary_typed" | sed 's/[.+]/\\&/g')"

# ---- would it be noticed? -----------------------------------------------------

# A copy of a source, edited; an edit that changes nothing is a mistake here.
edit() { # name of the variant, file, sed script
	mkdir -p "$tmp/$1"
	sed "$3" "$2" >"$tmp/$1/${2##*/}"
	! cmp -s "$2" "$tmp/$1/${2##*/}" || bail "$2 was not changed"
}

fresh() {
	rm -rf "$blog"
	cp -R "$fast/planted" "$blog"
}

# The same check of another program: it must find something of this kind.
noticed() { # what is broken, name of the variant, kind
	variant "$tmp/$2"
	fcgi=$tmp/$2/balas.fcgi
	fresh
	canary_check
	noticed_first=$(found "$3" | head -n 1)
	point "$([ -n "$noticed_first" ]; echo $?)" \
	    "noticed: $1 ($noticed_first)"
}

sound=$fcgi
src=$srcdir/src
edit escape "$src/html.c" "/^	\['<'\] = /d"
noticed "'<' is not escaped" escape markup
edit quote "$src/html.c" "/^	\['\"'\] = /d"
noticed "'\"' is not escaped" quote markup

# A statement alone shows no address: the list of columns stands in the way.
edit statement "$builddir/sql/stmts.h" "/^STMT(COMMENT_THREAD,/s/ name,/ name ||\
 (SELECT lower(hex(email_index)) FROM person LIMIT 1),/"
cp "$src/db.c" "$tmp/statement"
variant "$tmp/statement"
fcgi=$tmp/statement/balas.fcgi
fresh
canary_check
is "a statement that asks for addresses gets none" "$(found address)" ''
like "it gets nothing at all" "$(complaints; cat "$tmp/program.log")" \
    'prohibited|not authorized'
cp -R "$tmp/statement" "$tmp/list"
edit list "$src/db_sqlite.c" '/"site",/i\
	{ NULL, "person", "*" },
s/"count", "max"/"hex", "lower", &/'
noticed "addresses are on the list" list 'address	seen /guest'

edit log "$srcdir/cgi/main.c" "/log_path/,/^}/s/'@'/'\\\\1'/"
noticed "the log says what was asked for" log 'address	in the log'
edit seal "$src/comment.c" 's/sealed = secret_email_seal(.*/sealed = email;/'
noticed "addresses are stored as they are" seal 'address	as bytes'

fcgi=$sound
fresh
view=$(sql "SELECT sql FROM sqlite_schema WHERE name = 'public_comment'" |
    sed "s/WHERE c.status = 'approved'/WHERE 1/")
sql "DROP VIEW public_comment; $view"
canary_check
found 'private	/guest' >"$tmp/first"
point "$([ -s "$tmp/first" ]; echo $?)" \
    "noticed: the view shows what is held ($(head -n 1 "$tmp/first"))"

fresh
canary_check
is "the sound program still passes" "$(cat "$canary/found")" ''

finish
