# The canary: markup in every text column and marked addresses, then every
# route asked by everybody, and nothing of either may come out.  After lib.sh
# and acts.sh.
#
#	canary_plant		into $blog
#	canary_check		runs $fcgi on $blog; false when something got out
#
# canary_check leaves what it found in $canary/found, a line each:
#	markup		a canary that is not escaped
#	address		a form of an address, where or how
#	private		a text that is not for everybody
#	route		a row of routes.c that was not reached
# shellcheck shell=sh

: "${srcdir:?}" "${tmp:?}" "${blog:?}" "${balas:?}" "${fcgiget:?}"
: "${sock:?}" "${fcgi:?}" "${admin:?}"
canary=$tmp/canary
fields=0
addresses=0

# ---- planting -----------------------------------------------------------------

# A canary for a column in $mark.  Who may see it: public, staff (with the
# writer of a comment), nobody.
mark() { # table.column, who
	fields=$((fields + 1))
	mark="\"><canary-$fields>'&"
	echo "$fields $2 $1" >>"$canary/fields"
}

# A marked address in $mail; both marks are found whatever is around them.
address() { # stored or typed
	addresses=$((addresses + 1))
	mail="Qzx${addresses}Kw.x+y@zq${addresses}Vw.example"
	printf '%s\n' "$mail" >>"$canary/addresses.$1"
}

quoted() { # text, for the head of an article
	printf '"%s"' "$(printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g')"
}

# An article whose every line is a canary.
plant_article() { # slug, who, lines of the head
	plant_slug=$1
	plant_who=$2
	shift 2
	for plant_key in title summary tags categories; do
		case $plant_key in
		title | summary) mark "article.$plant_key" "$plant_who" ;;
		*) mark term.name "$plant_who" ;;
		esac
		set -- "$@" "$plant_key: $(quoted "$mark")"
	done
	mark article.source "$plant_who"
	# In Markdown unknown tags go, and code stays as it is.
	text="$mark \`$mark\`" article "$plant_slug" "$@"
}

plant_picture() {
	cp "$srcdir/www/sample/pasar.jpg" "$tmp"
	set -- 'image: pasar.jpg'
	for plant_key in alt caption credit credit_url; do
		mark media.$plant_key public
		[ $plant_key != credit_url ] || mark="https://x.example/$mark"
		set -- "$@" "$plant_key: $(quoted "$mark")"
	done
	plant_article kenari public "$@" 'author: penulis'
}

# A comment of canaries with a marked address; its number in $planted.
plant_comment() { # who, fcgiget's arguments
	plant_who=$1
	shift
	mark comment.name "$plant_who"
	plant_name=$mark
	mark comment.url "$plant_who"
	plant_url="http://x.example/$mark"
	mark comment.source "$plant_who"
	address stored
	planted=$(number "$(get -f commentform -F "comment=$mark *x*" \
	    -F "author=$plant_name" -F "url=$plant_url" \
	    -F "email=${pad-}$mail${pad-}" "$@" "$canary_page")")
	[ -n "$planted" ] || bail "a comment was not taken"
}

plant_comments() {
	canary_page=/2020/01/kenari/
	plant_comment public
	must moderate approve "$planted"
	pad='  '
	canary_page="/2020/01/kenari/?reply=$planted"
	plant_comment public
	must moderate approve "$planted"
	pad=''
	plant_comment staff
	plant_comment staff
	must moderate spam "$planted"
	plant_comment staff
	must moderate trash "$planted"
	# Removed for good; once with its place kept for an answer.
	canary_page=/2020/01/kenari/
	plant_comment nobody
	must moderate trash "$planted"
	must moderate delete "$planted"
	plant_comment nobody
	plant_gone=$planted
	must moderate approve "$plant_gone"
	canary_page="/2020/01/kenari/?reply=$plant_gone"
	plant_comment public
	must moderate approve "$planted"
	must moderate trash "$plant_gone"
	must moderate delete "$plant_gone"
	# The same once more, with another address.
	address stored
	comment /2020/01/kenari/ 'Twice.' Dua "$mail" >/dev/null
	address stored
	comment /2020/01/kenari/ 'Twice.' Dua "$mail" >/dev/null
}

# What validation would not let through, straight into the table.
plant_row() { # table.column, who, statement with MARK in it
	mark "$1" "$2"
	plant_mark=$(printf '%s' "$mark" | sed "s/'/''/g; s/[&|\\]/\\\\&/g")
	sql "PRAGMA foreign_keys = ON;
	    $(printf '%s' "$3" | sed "s|MARK|'$plant_mark'|g")" ||
	    bail "cannot plant $1"
}

plant_rows() {
	plant_id=$(sql "SELECT id FROM article WHERE slug = 'lurus'")
	plant_row article.path public \
	    "UPDATE article SET path = '/2020/01/' || MARK WHERE id = $plant_id"
	plant_row article.slug staff \
	    "UPDATE article SET slug = MARK WHERE id = $plant_id"
	plant_row article.lang nobody \
	    "UPDATE article SET lang = MARK WHERE id = $plant_id"
	plant_row user.login nobody "UPDATE user SET login = MARK
	    WHERE login = 'penulis'"
	plant_row user.password nobody "UPDATE user SET password = MARK
	    WHERE password <> '' AND id = 2"
	plant_row user.lang nobody 'UPDATE user SET lang = MARK WHERE id = 2'
	plant_row term.slug nobody 'UPDATE term SET slug = MARK WHERE id = 1'
	plant_row setting.name nobody \
	    "INSERT INTO setting (name, value) VALUES (MARK, '')"
	plant_row setting.value nobody \
	    "INSERT INTO setting (name, value) VALUES ('kenari', MARK)"
	plant_row counter.name nobody \
	    "INSERT INTO counter (name, value) VALUES (MARK, 1)"
	plant_row secret_setting.name nobody \
	    "INSERT INTO secret_setting (name, value)
	    VALUES (MARK, zeroblob(1))"
	plant_row comment_reason.detail staff \
	    "UPDATE comment_reason SET code = 'word', detail = MARK"
	plant_row comment_reason.code nobody "INSERT INTO comment_reason
	    SELECT article, comment, 9, MARK, '' FROM comment_reason LIMIT 1"
	plant_row action.kind nobody \
	    'INSERT INTO action (id, kind, at) VALUES (99, MARK, 0)'
	for plant_column in old_status old_before new_status new_before; do
		plant_row action_item.$plant_column nobody \
		    "UPDATE action_item SET $plant_column = MARK
		    WHERE action = (SELECT max(id) FROM action WHERE id < 99)"
	done
	plant_row media.file public "INSERT INTO media (id, file, type, digest,
	    size, width, height, created_at)
	    VALUES (99, MARK, 'image/png', zeroblob(1), 1, 1, 1, 0)"
	plant_row media.type nobody 'UPDATE media SET type = MARK WHERE id = 99'
	sql "UPDATE article SET image = 99 WHERE id = $plant_id"
}

canary_plant() {
	mkdir "$canary"
	blog_new --time-zone Asia/Jakarta
	echo 'hosts = 127.0.0.1' >>"$blog/balas.conf"
	mark user.display public
	"$balas" user add -d "$blog" --role editor --name "$mark" penulis \
	    <"$tmp/password" || bail "no second user"
	"$balas" user add -d "$blog" --role moderator tuti \
	    <"$tmp/password" || bail "no third user"
	for plant_key in title tagline; do
		mark setting.value public
		must "$balas" setting set -d "$blog" $plant_key "$mark"
	done
	must "$balas" setting set -d "$blog" posts_per_page 2
	plant_picture
	plant_article lurus public
	plant_article draf staff 'status: draft'
	plant_article besok staff 'date: 2100-01-01 00:00'
	article tutup 'comments: closed'
	program_start
	plant_comments
	program_stop
	plant_rows
	address typed
	canary_typed=$mail
	canary_forms
}

# Text columns that hold no canary, and why not.
canary_fixed='
article.format	one of two words (CHECK)
article.html	markup that the renderer made
article.status	one of two words (CHECK)
comment.before	one of five words (CHECK)
comment.format	one of two words (CHECK)
comment.html	markup that the renderer made
comment.status	one of five words (CHECK)
term.kind	one of two words (CHECK)
user.role	one of five words (CHECK)'

# Text columns of the schema that were neither planted nor are fixed.
canary_missing() {
	sql "SELECT t.name || '.' || c.name
	    FROM sqlite_schema t, pragma_table_info(t.name) c
	    WHERE t.type = 'table' AND c.type = 'TEXT'" |
	    while read -r missing_column; do
		cut -d ' ' -f 3 "$canary/fields" |
		    grep -qxF "$missing_column" ||
		    printf '%s\n' "$canary_fixed" |
		    grep -q "^$missing_column	" || echo "$missing_column"
	    done
}

# ---- the forms of an address ------------------------------------------------------

# Bytes written in hexadecimal, in base64 and its form for addresses.  Twelve
# signs are enough to know them by, and find what was cut.
in_letters() { # hexadecimal numbers on standard input
	while read -r letters_hex; do
		printf '%.12s\n' "$letters_hex"
		letters=$(printf '%b' "$(printf '%s\n' "$letters_hex" | awk '
			BEGIN { d = "0123456789abcdef" }
			{
				for (i = 1; i < length($0); i += 2) {
					n = (index(d, substr($0, i, 1)) - 1) * 16
					n += index(d, substr($0, i + 1, 1)) - 1
					printf "\\0%o", n
				}
			}')" | base64 -w 0 | cut -c 1-12)
		printf '%s\n' "$letters"
		printf '%s\n' "$letters" | tr '+/' '-_'
	done
}

digests() { # text
	for digest in md5sum sha1sum sha256sum b2sum 'b2sum -l 256' \
	    'b2sum -l 128'; do
		# shellcheck disable=SC2086 # a command and its arguments
		printf '%s' "$1" | $digest | cut -d ' ' -f 1
	done
}

# Its marks, forwards and backwards, and the text in other letters, wherever
# in a group of three it begins.
plain_forms() { # address
	printf '%s\n' "${1%%.*}" "${1#*@}" | sed 's/\.example$//'
	printf '%s\n' "${1%%.*}" | rev
	for form_text in "$1" "${1#?}" "${1#??}"; do
		printf '%s' "$form_text" | od -An -v -tx1 | tr -d ' \n'
		echo
	done | in_letters
}

forms_of() { # addresses on standard input
	while read -r forms_mail; do
		forms_lower=$(printf '%s' "$forms_mail" |
		    tr '[:upper:]' '[:lower:]')
		plain_forms "$forms_mail"
		plain_forms "$forms_lower"
		{ digests "$forms_mail" && digests "$forms_lower"; } |
		    in_letters
	done | sort -u
}

canary_forms() {
	forms_of <"$canary/addresses.stored" >"$canary/forms.stored"
	forms_of <"$canary/addresses.typed" >"$canary/forms.typed"
	# What the database makes of them: the index, and the sealed bytes
	# from behind the random number in front.
	sql 'SELECT lower(hex(email_index)) FROM person
	    UNION SELECT lower(hex(substr(email_sealed, 25))) FROM person
	    UNION SELECT lower(hex(email_sealed)) FROM person' |
	    in_letters | sort -u >"$canary/forms.derived"
	cat "$canary/forms.stored" "$canary/forms.derived" \
	    >"$canary/forms.others"
	cat "$canary/forms.others" "$canary/forms.typed" >"$canary/forms.all"
}

# ---- asking everybody's questions ----------------------------------------------------

# One request; the answer goes to a file of its own, the rest to the list.
visit() { # who, method, URI, fcgiget's arguments
	visits=$((visits + 1))
	visit_file=$canary/answers/$1.$visits
	visit_who=$1 visit_method=$2 visit_uri=$3
	shift 3
	"$fcgiget" -t 20 -X "$visit_method" "$@" "$sock" "$visit_uri" \
	    >"$visit_file" 2>>"$canary/errors"
	read -r _ visit_status _ <"$visit_file"
	echo "$visit_who $visit_method ${visit_status:-000} $visit_uri" \
	    >>"$canary/visits"
}

# Where the pages on standard input lead, on this site.
links() {
	grep -aoE ' (href|src|action)="[^"]*"' | sed '
		s/^[^"]*"//; s/"$//; s/#.*//
		s/&amp;/\&/g; s/&#39;/'"'"'/g; s/&quot;/"/g
		s|^http://127\.0\.0\.1:8080/|/|' | grep '^/' | sort -u
}

# Get the pages in $canary/from, and all they lead to.
crawl() { # who, fcgiget's arguments
	crawl_who=$1
	shift
	sort -u "$canary/from" >"$canary/next"
	: >"$canary/seen"
	while [ -s "$canary/next" ]; do
		cp "$canary/next" "$canary/todo"
		sort -u -o "$canary/seen" "$canary/seen" "$canary/todo"
		: >"$canary/level"
		while read -r crawl_uri; do
			visit "$crawl_who" GET "$crawl_uri" "$@"
			cat "$visit_file" >>"$canary/level"
		done <"$canary/todo"
		links <"$canary/level" | comm -13 "$canary/seen" - \
		    >"$canary/next"
	done
}

# What a guest may try: what there is, what there is not, what is hidden.
guest_addresses() {
	sql 'SELECT path FROM article WHERE path IS NOT NULL' | sed '
		s/"/%22/g; s/</%3C/g; s/>/%3E/g; s/&/%26/g; s/'"'"'/%27/g'
	sql "SELECT '/c/' || id FROM comment"
	sql "SELECT '/2020/01/kenari/?reply=' || id FROM comment"
	sql "SELECT '/2020/01/kenari/?pending=' || id FROM comment"
	sql "SELECT '/media/' || file FROM media WHERE id <> 99"
	sql "SELECT '/admin/articles/' || id FROM article"
	printf '%s\n' / /page/1/ /page/2/ /page/9/ /nothing \
	    '/nothing?reply=1&reply=1' /admin/ /admin/login /admin/comments \
	    /admin/articles /admin/articles/new '/2020/01/kenari/?received=1' \
	    "/%22%3E%3Ccanary-0%3E'&" '/%00' '/2020/01/kenari/?reply=1&reply=2'
}

# Somebody who may do nothing.
check_guest() {
	guest_addresses >"$canary/from"
	crawl guest
	visit guest HEAD /2020/01/kenari/
	visit guest GET /2020/01/kenari/ -n evil.example
	visit guest BREW /2020/01/kenari/
	visit guest POST / -F a=b
	visit guest POST /admin/login -d '{}' -T application/json
	visit guest POST /admin/login -d "$(head -c 9000 /dev/zero |
	    tr '\0' a)" -T application/x-www-form-urlencoded
	for check_uri in /admin/logout /admin/comments /admin/articles/new \
	    /admin/articles/1; do
		visit guest POST "$check_uri" -F csrf=x
	done
}

# Two who write; each has a comment that waits.
check_writers() {
	for check_who in writer other; do
		visit "$check_who" GET /2020/01/kenari/ -r 198.51.100.7
		check_stamp=$(field "$(cat "$visit_file")" stamp)
		visit typed POST /article/1/comments \
		    -F "comment=Of $check_who." -F author=Dia \
		    -F "email=$canary_typed" \
		    -F "stamp=$check_stamp"
		header "$(cat "$visit_file")" Location | sed 's/#.*//' \
		    >"$canary/from"
		crawl "$check_who"
	done
	# Refused in every way: what was typed comes back, and only that.
	check_bad="\"><canary-0>'&"
	set -- -F "comment=$check_bad" -F "author=$check_bad" -F "url=$check_bad"
	visit writer POST /article/1/comments "$@" -F "email=$check_bad"
	visit typed POST /article/1/comments "$@" -F "email=$canary_typed"
	visit typed POST /article/1/comments -F comment=x -F author=Dia \
	    -F "email=$canary_typed"
	visit typed POST /article/1/comments -F comment=x -F author=Dia \
	    -F "email=$canary_typed" -F parent=999
	visit typed POST "/article/$(sql "SELECT id FROM article
	    WHERE slug = 'tutup'")/comments" -F comment=x -F author=Dia \
	    -F "email=$canary_typed"
	visit typed POST /article/999/comments -F "email=$canary_typed"
	visit typed POST /article/1/comments -F "email=$canary_typed" \
	    -F "email=$canary_typed"
	visit typed POST /admin/login -F "username=$canary_typed" \
	    -F password=wrong -F "stamp=$(field "$(body /admin/login)" stamp)"
	visit typed POST /admin/login -F "username=$check_bad" -F password=x
	visit typed GET "/2020/01/kenari/?email=$canary_typed"
	visit typed GET "//2020/01/kenari/?email=$canary_typed"
	visit typed GET "/$canary_typed"
	visit typed GET "//$(printf '%s' "$canary_typed" | sed 's/@/%40/')/"
	visit guest GET /2020/01/kenari/
}

# Everything staff see: all pages, all forms, with and without a mistake.
check_staff() { # login
	check_jar=$canary/jar.$1
	rm -f "$check_jar"
	sign_in "$check_jar" "$1" >/dev/null
	printf '%s\n' /admin/ /admin/comments /admin/articles \
	    '/admin/comments?done=1' '/admin/comments?done=99' \
	    '/admin/articles/1?done=saved' '/2020/01/kenari/?reply=1' / \
	    >"$canary/from"
	crawl "staff-$1" -b "$check_jar"
	check_csrf=$(csrf "$check_jar")
	set -- "staff-$1" POST
	visit "$@" /admin/comments -b "$check_jar" -F "csrf=$check_csrf"
	visit "$@" /admin/comments -b "$check_jar" -F "csrf=$check_csrf" \
	    -F op=delete -F tab=trash -F "id=$(sql "SELECT id FROM comment
		WHERE status = 'trash'")"
	visit "$@" /article/1/comments -b "$check_jar" \
	    -F "csrf=$check_csrf" -F comment= -F "email=$canary_typed" \
	    -F "author=$check_bad"
	for check_id in new 1; do
		for check_do in preview save; do
			visit "$@" /admin/articles/$check_id -b "$check_jar" \
			    -F "csrf=$check_csrf" -F language=en \
			    -F "title=$check_bad" -F "slug=$check_bad" \
			    -F "source=$check_bad" -F "summary=$check_bad" \
			    -F "tags=$check_bad" -F "when=$check_bad" \
			    -F "categories=$check_bad" -F revision=0 \
			    -F do=$check_do
		done
	done
	for check_do in preview save; do
		visit "$@" /admin/articles/1 -b "$check_jar" \
		    -F "csrf=$check_csrf" -F language=id \
		    -F "title=$check_bad" -F "source=$check_bad" \
		    -F "summary=$check_bad" -F revision=0 -F do=$check_do
	done
	visit "$@" /admin/logout -b "$check_jar" -F "csrf=$check_csrf"
	visit staff-out GET '/admin/login?out=1' -b "$check_jar"
}

# ---- finding -----------------------------------------------------------------------------

# "<" and quotes that stand for themselves, "&" that begins nothing.
find_markup() {
	grep -aEo "<canary-?[0-9]*|[\"']&gt;&lt;canary-[0-9]*|\
\">&lt;canary-[0-9]*|canary-[0-9]+(>|&gt;)('|&#39;)&([^a]|a[^m])" \
	    "$canary"/answers/* | sort -u | sed 's/^.*answers/markup	/'
}

# Text with percent encoding and character references read.
decoded() {
	awk '
		BEGIN {
			for (i = 33; i < 127; i++) {
				c = sprintf("%c", i)
				sign["&#" i ";"] = c
				sign["&#x" sprintf("%x", i) ";"] = c
				sign["%" sprintf("%x", i)] = c
			}
		}
		/%[2-7]|&#/ {
			out = ""
			while (match($0, /%[2-7][0-9a-fA-F]|&#[xX]?[0-9a-fA-F]+;/)) {
				c = tolower(substr($0, RSTART, RLENGTH))
				out = out substr($0, 1, RSTART - 1)
				out = out (c in sign ? sign[c] : c)
				$0 = substr($0, RSTART + RLENGTH)
			}
			$0 = out $0
		}
		{ print }'
}

# Forms of addresses in the files that are named.
find_in() { # what to say, patterns, files
	find_what=$1
	find_forms=$2
	shift 2
	grep -aioFf "$find_forms" "$@" /dev/null | sort -u |
	    sed "s/^.*answers/address	$find_what /; t
		s/^/address	$find_what /"
	cat "$@" | decoded | grep -aioFf "$find_forms" | sort -u |
	    sed "s/^/address	$find_what, decoded: /"
}

find_addresses() {
	find_in seen "$canary/forms.all" "$canary"/answers/guest.* \
	    "$canary"/answers/writer.* "$canary"/answers/other.*
	find_in "typed by another" "$canary/forms.others" \
	    "$canary"/answers/typed.*
	grep -aLE 'id="moderateform"|class="tabs"' \
	    "$canary"/answers/staff* >"$canary/staff"
	# shellcheck disable=SC2046 # a list of files without blanks
	find_in "in a page for other work" "$canary/forms.others" \
	    $(cat "$canary/staff")
	find_in "in the log" "$canary/forms.all" "$tmp/program.log"
}

# At rest: readable, or as the bytes of an unkeyed hash.
find_at_rest() {
	cat "$canary/forms.stored" "$canary/forms.typed" >"$canary/forms.rest"
	# shellcheck disable=SC2046 # a list of files without blanks
	find_in "in the blog's files" "$canary/forms.rest" \
	    $(find "$blog" -type f)
	for find_file in "$blog"/*; do
		[ -f "$find_file" ] || continue
		od -An -v -tx1 "$find_file" | tr -d ' \n' |
		    grep -aoFf "$canary/forms.rest" | sort -u |
		    sed "s|^|address	as bytes in ${find_file##*/} |"
	done
}

find_private() {
	awk '$2 != "public" { print "canary-" $1 ">"; print "canary-" $1 "&" }
	    $2 != "public" { print "canary-" $1 "%" }' \
	    "$canary/fields" >"$canary/private"
	awk '$2 == "nobody" { print "canary-" $1 ">"; print "canary-" $1 "&" }
	    $2 == "nobody" { print "canary-" $1 "%" }' \
	    "$canary/fields" >"$canary/nobody"
	{
		grep -aoFf "$canary/private" "$canary"/answers/guest.* \
		    "$canary"/answers/writer.* "$canary"/answers/other.* \
		    "$canary"/answers/typed.*
		grep -aoFf "$canary/nobody" "$canary"/answers/staff*
	} | sort -u | sed 's/^.*answers/private	/'
}

# Rows of routes.c that no visit reached: by a guest, and as far as it goes.
find_routes() {
	sed -n 's/^{ METHOD_\([A-Z]*\),[^"]*"\([^"]*\)",[^C]*\(CAN_[A-Z_]*\).*/\1 \2 \3/p' \
	    "$srcdir/cgi/routes.c" >"$canary/routes"
	awk '
		function known(method, uri,   i) {
			sub(/\?.*/, "", uri)
			for (i = 1; i <= n; i++)
				if (uri ~ like[i] && (row[i] ~ "^" method " "))
					return i
			return 0
		}
		NR == FNR {
			row[++n] = $0
			like[n] = $2
			gsub(/:n/, "[0-9]+", like[n])
			gsub(/\*/, ".*", like[n])
			like[n] = "^" like[n] "$"
			next
		}
		(i = known($2, $4)) {
			if ($1 == "guest")
				guest[i] = 1
			if ($3 ~ /^(200|303|422)$/)
				reached[i] = 1
		}
		END {
			for (i = 1; i <= n; i++) {
				if (!reached[i])
					print "route\t" row[i] ": not reached"
				if (!guest[i] && row[i] ~ /^GET|CAN_[^N]/)
					print "route\t" row[i] ": not as a guest"
			}
		}' "$canary/routes" "$canary/visits"
}

# Who asked what; what was found is in $canary/found.
canary_check() {
	visits=0
	rm -rf "$canary/answers" "$canary/visits" "$canary/errors"
	mkdir "$canary/answers"
	: >"$tmp/program.log"
	program_start
	check_guest
	check_writers
	check_staff "$admin"
	check_staff tuti
	# With the write-ahead log, and without.
	find_at_rest >"$canary/found"
	program_stop
	{
		find_at_rest
		find_addresses
		find_markup
		find_private
	} >>"$canary/found"
	find_routes >"$canary/unreached"
	sort -u -o "$canary/found" "$canary/found"
	[ ! -s "$canary/found" ]
}
