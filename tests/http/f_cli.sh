#!/bin/sh
# The commands: what they say, what they exit with (sysexits.h), and that a
# blog that is not as it should be is left as it is.
# shellcheck source=tests/http/lib.sh
. "${srcdir:-.}/tests/http/lib.sh"
# shellcheck source=tests/http/acts.sh
. "${srcdir:-.}/tests/http/acts.sh"

USAGE=64 DATAERR=65 NOINPUT=66 NOUSER=67 CANTCREAT=73 TEMPFAIL=75 CONFIG=78

# Runs a command; what it said is in $said and $complained, its exit in $code.
run() { # command
	timeout 60 "$@" </dev/null >"$tmp/said" 2>"$tmp/complained"
	code=$?
	said=$(cat "$tmp/said")
	complained=$(cat "$tmp/complained")
}

# One line on standard error, about this, and this exit.
fails() { # description, exit, what the line must hold, command
	fails_text=$1 fails_code=$2 fails_words=$3
	shift 3
	run "$@"
	is "$fails_text: exit" "$code" "$fails_code"
	is "$fails_text: one line" "$(wc -l <"$tmp/complained")" 1
	like "$fails_text: says" "$complained" "$fails_words"
}

# ---- help -------------------------------------------------------------------------

run "$balas"
is "no command" "$code" $USAGE
like "no command: usage" "$complained" '^usage: balas COMMAND'
is "no command: nothing on standard output" "$said" ''
for option in --help -h; do
	run "$balas" $option
	is "balas $option" "$code" 0
	like "balas $option: usage" "$said" '^usage: balas COMMAND'
	is "balas $option: no complaint" "$complained" ''
done
help=$said
run "$balas" --version
like "balas --version" "$code $said" '^0 balas [0-9.]+, SQLite 3\.'
fails "an unknown command" $USAGE "no command 'nonsense'.*--help" \
    "$balas" nonsense

for command in init migrate check user setting article comment render; do
	like "$command is in the list" "$help" "^  $command  +[a-z]"
	run "$balas" $command --help
	is "$command --help" "$code" 0
	like "$command --help: usage" "$said" "^usage: balas $command"
	is "$command --help: no complaint" "$complained" ''
	run "$balas" $command --nonsense
	is "$command --nonsense" "$code" $USAGE
	like "$command --nonsense: usage" "$complained" \
	    "usage: balas $command"
	is "$command --nonsense: nothing else" "$said" ''
done
is "the list has no other" "$(printf '%s\n' "$help" | grep -c '^  [a-z]')" 8
while read -r words; do
	# shellcheck disable=SC2086 # a list of words
	run "$balas" $words
	is "balas $words" "$code" $USAGE
	like "balas $words: says why" "$complained" '^(usage: )?balas'
	is "balas $words: nothing on standard output" "$said" ''
done <<'END'
init extra
init -d
init --url
check extra
migrate extra
user
user nonsense
user add
user add one two
user passwd
user passwd one two
user list extra
user add --role
setting
setting nonsense
setting set
setting set title
setting set title a b
setting list extra
article
article add
article publish
article publish a b
article unpublish
article list extra
comment
comment nonsense
comment approve
comment approve x
comment approve 1x
comment approve -1
comment undo
comment undo 1 2
comment list nonsense
comment list deleted
comment list pending extra
render
render nonsense
render markdown extra
render comment --plain
render markdown --inert
END
for option in --help -h; do
	run "$fcgi" $option
	like "balas.fcgi $option" "$code $said" '^0 usage: balas.fcgi'
done
run "$fcgi" --version
like "balas.fcgi --version" "$code $said" '^0 balas [0-9.]+, SQLite 3\.'
for words in --nonsense extra -d -s; do
	run "$fcgi" $words
	is "balas.fcgi $words" "$code" $USAGE
	like "balas.fcgi $words: usage" "$complained" 'usage: balas.fcgi'
done

# ---- init ---------------------------------------------------------------------------------

empty=$tmp/empty
mkdir "$empty"
for words in '--url nonsense' '--url ftp://x.example/' \
    '--url https://x.example' '--url https://x.example/?a' \
    '--lang xx' '--time-zone Nowhere/Else' '--title '; do
	# shellcheck disable=SC2086 # a list of words
	set -- $words
	fails "init $words" $USAGE "${1#--}|${1#--}|language|time_zone" \
	    "$balas" init -d "$empty/blog" "$1" "${2-}"
done
is "nothing was made" "$(ls "$empty")" ''
echo >"$tmp/file"
fails "init below a file" $CANTCREAT "$tmp/file/blog: " \
    "$balas" init -d "$tmp/file/blog"
fails "init in a file" $CANTCREAT "$tmp/file" "$balas" init -d "$tmp/file"
run "$balas" init -d "$blog" --url "$url" --title Satu --lang id \
    --time-zone Asia/Jakarta
is "init" "$code$complained" 0
is "only its owner reads what is secret" \
    "$(cd "$blog" && stat -c '%a %n' key blog.db)" '600 key
600 blog.db'
is "others come as far as the pictures" \
    "$(cd "$blog" && stat -c '%a %n' . media)" '711 .
755 media'
sums() {
	(cd "$1" && find . -type f ! -name '*-wal' ! -name '*-shm' \
	    -exec sha256sum {} + | sort -k 2)
}
before=$(sums "$blog")
fails "init twice" $CANTCREAT "$blog: there is a blog already" \
    "$balas" init -d "$blog" --title Dua
is "changes nothing" "$(sums "$blog")" "$before"
run env BALAS_DIR="$blog" "$balas" setting list
like "the directory can come from BALAS_DIR" "$code $said" '^0 title = Satu'

# ---- user -----------------------------------------------------------------------------------

user() { # input, arguments
	user_input=$1
	shift
	printf '%s' "$user_input" >"$tmp/input"
	"$balas" user "$@" -d "$blog" <"$tmp/input" >"$tmp/said" \
	    2>"$tmp/complained"
	code=$?
	said=$(cat "$tmp/said")
	complained=$(cat "$tmp/complained")
}
user "$password
" add admin --name 'Bu Sari'
is "user add" "$code$said$complained" 0
user "$password
" add admin
is "twice" "$code" $CANTCREAT
like "twice: says what to do" "$complained" 'balas user passwd'
while read -r want login; do
	user "$password" add "$login"
	is "login '$login'" "$code" "$want"
done <<END
$USAGE Upper
$USAGE a@b
$USAGE a/b
$USAGE $(head -c 61 /dev/zero | tr '\0' a)
0 a.b_c-9
END
user "$password" add x --role author
is "a role that can do nothing yet" "$code" $USAGE
user "$password" add x --name "$(printf 'a\001b')"
is "a name that cannot be shown" "$code" $USAGE
user short add x
is "a short password" "$code" $DATAERR
user "$(head -c 5000 /dev/zero | tr '\0' a)" add x
is "a very long one" "$code" $DATAERR
user '' add x
is "none at all" "$code" $NOINPUT
user '' add x --generate --role moderator
like "one that is made" "$code $said" '^0 password: [a-z0-9-]{20,}$'
made=${said#password: }
user '' passwd x --generate
is "another each time" "$([ "${said#password: }" != "$made" ]; echo $?)" 0
user '' passwd nobody --generate
is "for nobody" "$code" $NOUSER
user '' list
like "user list" "$said" '^x +moderator +[0-9]{4}-[0-9]{2}-[0-9]{2} +x$'
unlike "shows no hash" "$said" 'argon2'

# ---- setting -------------------------------------------------------------------------------------

run "$balas" setting set -d "$blog" posts_per_page 7
is "setting set" "$code$said$complained" 0
run "$balas" setting list -d "$blog"
like "setting list" "$said" '^posts_per_page = 7$'
while read -r name value; do
	fails "setting $name = $value" $DATAERR "$name" \
	    "$balas" setting set -d "$blog" "$name" "$value"
done <<'END'
nonsense 1
posts_per_page 0
posts_per_page 101
posts_per_page 7x
posts_per_page 07
thread_depth 11
language xx
time_zone Nowhere/Else
time_zone ../etc/passwd
require_name_email yes
END

# ---- article ---------------------------------------------------------------------------------------

printf -- '---\ntitle: Kopi\nstatus: published\ndate: 2020-01-02 10:00\n---\nx\n' \
    >"$tmp/kopi.md"
run "$balas" article add -d "$blog" "$tmp/kopi.md"
is "article add" "$code $said$complained" "0 $tmp/kopi.md: article 1"
fails "a file that is not there" $NOINPUT "$tmp/none.md: " \
    "$balas" article add -d "$blog" "$tmp/none.md"
while IFS='|' read -r line head; do
	printf '%b' "$head" >"$tmp/bad.md"
	fails "head $head" $DATAERR "$tmp/bad.md:$line: " \
	    "$balas" article add -d "$blog" "$tmp/bad.md"
done <<'END'
1|no head
2|---\nx: y
2|---\nnonsense: x\n---\n
2|---\ntitle\n---\n
3|---\ntitle: A\ntitle: B\n---\n
3|---\ntitle: A\ndate: yesterday\n---\n
3|---\ntitle: A\nlang: xx\n---\n
1|---\ntitle: A\nauthor: Nobody\n---\n
1|---\ntitle: A\nimage: none.jpg\n---\n
END
is "nothing of it is there" "$(sql 'SELECT count(*) FROM article')" 1
run "$balas" article list -d "$blog"
like "article list" "$said" '^ +1  published +2020-01-02 +/2020/01/kopi/ +Kopi$'
run "$balas" article unpublish -d "$blog" kopi
is "article unpublish" "$code$complained" 0
fails "a draft cannot be unpublished" $DATAERR kopi \
    "$balas" article unpublish -d "$blog" kopi
run "$balas" article publish -d "$blog" /2020/01/kopi/
is "article publish" "$code $said" "0 ${url}2020/01/kopi/"
for act in publish unpublish; do
	fails "$act what is not there" $NOINPUT 'nothing' \
	    "$balas" article $act -d "$blog" nothing
done

# ---- comment ------------------------------------------------------------------------------------------

program_start
for n in 1 2 3; do
	comment /2020/01/kopi/ "Comment $n." "V$(printf '\302\205')$n" \
	    "v$n@example.org" >/dev/null
	comment /2020/01/kopi/ "Comment $n." "Visitor $n" "v$n@example.org" \
	    >/dev/null
done
program_stop
run "$balas" comment list -d "$blog"
like "comment list" "$said" \
    '^ +3  [0-9T:-]{16}  Visitor 3 <v3@example\.org>: Comment 3\.$'
run "$balas" comment approve -d "$blog" 1 2
like "comment approve" "$code $said" '^0 changed 2 of 2; undo with'
undo=$(printf '%s\n' "$said" | sed 's/.*undo \([0-9]*\).*/\1/')
run "$balas" comment undo -d "$blog" "$undo"
is "comment undo" "$code" 0
fails "comment undo twice" $NOINPUT "$undo: " \
    "$balas" comment undo -d "$blog" "$undo"
run "$balas" comment approve -d "$blog" 1 999
is "one that is not there" "$code" $NOINPUT
like "one that is not there: says so" "$said" 'changed 1 of 2'
for act in hold spam unspam trash restore trash delete; do
	run "$balas" comment $act -d "$blog" 1
	is "comment $act" "$code" 0
done
is "and it is gone" "$(sql 'SELECT count(*) FROM comment WHERE id = 1')" 0
sql "UPDATE comment SET name = char(27) || '[31m' WHERE id = 2"
run "$balas" comment list -d "$blog"
unlike "a list does nothing to a terminal" "$said" "$(printf '\033')"

# ---- render, check, migrate --------------------------------------------------------------------------------

for words in 'markdown:<p>a <em>b</em></p>' 'comment:<p>a <em>b</em></p>' \
    'html:a \*b\*'; do
	like "render ${words%%:*}" \
	    "$(echo 'a *b*' | "$balas" render "${words%%:*}")" "${words#*:}"
done
head -c 3000000 /dev/zero | tr '\0' a >"$tmp/long"
"$balas" render comment <"$tmp/long" >/dev/null 2>"$tmp/complained"
is "render too long a text" $? $DATAERR
is "render too long a text: one line" "$(wc -l <"$tmp/complained")" 1
run "$balas" check -d "$blog"
is "check" "$code$complained" 0
unlike "check finds nothing wrong" "$said" WRONG
chmod 644 "$blog/blog.db"
run "$balas" check -d "$blog"
is "check a database that others read" "$code" $CONFIG
like "says what to do" "$said" "^WRONG $blog/blog.db: .*chmod 600"
chmod 600 "$blog/blog.db"
before=$(sums "$blog")
run "$balas" migrate -d "$blog"
is "migrate what is up to date" "$code$complained" 0
is "changes nothing" "$(sums "$blog")" "$before"

# ---- a blog that is not as it should be --------------------------------------------------------------------------

# Each damage is done to a copy; then no program works on it, each says the
# same in one line and leaves every file as it is.
bad=$tmp/bad
damaged() { # description, exit, what the line must hold; damage on stdin
	damaged_text=$1 damaged_code=$2 damaged_words=$3
	rm -rf "$bad"
	cp -R "$blog" "$bad"
	sh -eu >"$tmp/damage" 2>&1 || bail "$1: $(cat "$tmp/damage")"
	damaged_before=$(sums "$bad")
	fails "$1: balas.fcgi" "$2" "$3" "$fcgi" -d "$bad" -s "$sock"
	for damaged_command in 'user list' 'setting list' 'article list' \
	    'comment list' 'article publish kopi' 'setting set title x' \
	    migrate; do
		# shellcheck disable=SC2086 # a list of words
		set -- $damaged_command
		damaged_first=$1
		shift
		# The command that puts it right is not stopped by it.
		[ "$damaged_first" != "${heals-}" ] || continue
		case $damaged_first in
		migrate) set -- -d "$bad" ;;
		*)
			damaged_second=$1
			shift
			set -- "$damaged_second" -d "$bad" "$@"
			;;
		esac
		fails "$damaged_text: $damaged_command" "$damaged_code" \
		    "$damaged_words" "$balas" "$damaged_first" "$@"
	done
	run "$balas" check -d "$bad"
	is "$damaged_text: check" "$code" $CONFIG
	like "$damaged_text: check finds it" "$said" '^WRONG '
	is "$damaged_text: nothing was changed" "$(sums "$bad")" \
	    "$damaged_before"
	is "$damaged_text: there is no socket" "$(ls "$sock" 2>/dev/null)" ''
}
export bad blog
other=$tmp/other
must "$balas" init -d "$other"
export other

while read -r words; do
	run "$fcgi" -d "$words" -s "$sock"
	is "no blog in $words" "$code" $CONFIG
	like "no blog in $words: says" "$complained" \
	    "^balas: error: $words/balas.conf: "
done <<END
$tmp/nothing
$empty
$tmp/file
END
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	chmod 711 "$tmp" "$fast"
	chmod 700 "$blog"
	fails "a directory one may not read" $CONFIG \
	    "$blog/balas.conf: Permission denied" \
	    setpriv --reuid=65534 --clear-groups "$balas" setting list \
	    -d "$blog"
	chmod 711 "$blog"
else
	skip "a directory one may not read" "needs root and setpriv"
fi

conf=$bad/balas.conf
damaged "no configuration" $CONFIG "$conf: No such file" <<'END'
rm "$bad/balas.conf"
END
damaged "an unknown key" $CONFIG "$conf:[0-9]+: .*'colour'" <<'END'
echo 'colour = red' >>"$bad/balas.conf"
END
is "the line is that of the key" \
    "$("$balas" setting list -d "$bad" 2>&1 | cut -d : -f 3)" \
    "$(grep -n colour "$bad/balas.conf" | cut -d : -f 1)"
damaged "a section" $CONFIG "$conf:1: " <<'END'
sed -i '1i[blog]' "$bad/balas.conf"
END
damaged "no key" $CONFIG "$conf:1: not a 'key = value' line" <<'END'
sed -i '1inonsense' "$bad/balas.conf"
END
damaged "an address that is none" $CONFIG "$conf:[0-9]+: url must" <<'END'
sed -i 's/^url = .*/url = nonsense/' "$bad/balas.conf"
END
damaged "no address" $CONFIG "$conf: no url" <<'END'
sed -i '/^url/d' "$bad/balas.conf"
END
damaged "no number" $CONFIG "$conf:[0-9]+: threads" <<'END'
echo 'threads = many' >>"$bad/balas.conf"
END
damaged "a configuration that is a folder" $CONFIG "$conf: " <<'END'
rm "$bad/balas.conf" && mkdir "$bad/balas.conf"
END
damaged "a configuration of bytes" $CONFIG "$conf:[0-9]+: " <<'END'
head -c 10000 /dev/urandom >"$bad/balas.conf"
END

key=$bad/key
damaged "no key file" $CONFIG "$key: No such file" <<'END'
rm "$bad/key"
END
damaged "an empty key" $CONFIG "$key: is not a key file" <<'END'
: >"$bad/key"
END
damaged "a key of bytes" $CONFIG "$key: is not a key file" <<'END'
head -c 77 /dev/urandom >"$bad/key"
END
damaged "half a key" $CONFIG "$key: is not a key file" <<'END'
head -c 40 "$blog/key" >"$bad/key"
END
damaged "a key that others read" $CONFIG "$key: .*chmod 600" <<'END'
chmod 644 "$bad/key"
END
damaged "a key that is a folder" $CONFIG "$key: is not a file" <<'END'
rm "$bad/key" && mkdir "$bad/key"
END
damaged "another blog's key" $CONFIG "blog.db: was made with another key" <<'END'
cp "$other/key" "$bad/key"
END

db=$bad/blog.db
damaged "no database" $CONFIG "$db: No such file" <<'END'
rm "$bad/blog.db"
END
damaged "an empty database" $CONFIG "$db: " <<'END'
: >"$bad/blog.db"
END
damaged "a database of bytes" $CONFIG "$db: file is not a database" <<'END'
head -c 100000 /dev/urandom >"$bad/blog.db"
END
damaged "another program's database" $CONFIG "$db: " <<'END'
rm "$bad/blog.db"
sqlite3 "$bad/blog.db" 'CREATE TABLE t (x); PRAGMA user_version = 0'
END
damaged "a newer schema" $CONFIG "$db: has schema 999, .*newer" <<'END'
sqlite3 "$bad/blog.db" 'PRAGMA user_version = 999'
END
damaged "a database that is a folder" $CONFIG "$db: " <<'END'
rm "$bad/blog.db" && mkdir "$bad/blog.db"
END
heals=setting
damaged "a zone that is not there" $CONFIG \
    "$db: time zone 'Nowhere/Else'" <<'END'
sqlite3 "$bad/blog.db" "UPDATE setting SET value = 'Nowhere/Else'
    WHERE name = 'time_zone'"
END

heals=
run "$balas" setting set -d "$bad" time_zone Asia/Jakarta
is "another zone can be set" "$code$complained" 0
run "$balas" check -d "$bad"
is "and all is well" "$code" 0

# A theme concerns balas.fcgi alone.
theme() { # description, what the line must hold; damage on stdin
	rm -rf "$bad"
	cp -R "$blog" "$bad"
	echo 'theme = theme' >>"$bad/balas.conf"
	mkdir -p "$bad/theme/tmpl" "$bad/theme/static"
	cp "$srcdir"/www/tmpl/*.html "$bad/theme/tmpl"
	theme_text=$1 theme_words=$2
	(cd "$bad/theme" && sh -eu) >"$tmp/damage" 2>&1 ||
	    bail "$1: $(cat "$tmp/damage")"
	theme_before=$(sums "$bad")
	fails "$theme_text" $CONFIG "$bad/theme$theme_words" \
	    "$fcgi" -d "$bad" -s "$sock"
	run "$balas" check -d "$bad"
	is "$theme_text: check" "$code" $CONFIG
	like "$theme_text: check finds it" "$said" \
	    "^WRONG .*$bad/theme$theme_words"
	is "$theme_text: nothing was changed" "$(sums "$bad")" "$theme_before"
}
export srcdir
theme "no theme" ': ' <<'END'
rm -r "$bad/theme"
END
theme "an open section" '/tmpl/home.html:[0-9]+: ' <<'END'
echo '{{#articles}}' >>tmpl/home.html
END
theme "an unknown name" '/tmpl/comment.html:1: .*nonsense' <<'END'
sed -i '1i{{nonsense}}' tmpl/comment.html
END
theme "a value without quotes" '/tmpl/comment.html:1: ' <<'END'
sed -i '1i<a href={{url}}>' tmpl/comment.html
END
theme "a value in a script" '/tmpl/base.html:[0-9]+: ' <<'END'
sed -i 's|^</head>|<script>var a = "{{home}}"</script>\n&|' tmpl/base.html
END
theme "raw markup" '/tmpl/comment.html:1: ' <<'END'
sed -i '1i{{{name}}}' tmpl/comment.html
END
theme "an unknown partial" '/tmpl/comment.html:1: ' <<'END'
sed -i '1i{{>nonsense}}' tmpl/comment.html
END
theme "a template that is a folder" '/tmpl/home.html: ' <<'END'
rm tmpl/home.html && mkdir tmpl/home.html
END
theme "too large a file" '/static/style.css: ' <<'END'
head -c 2000000 /dev/zero >static/style.css
END

# ---- the socket -----------------------------------------------------------------------------------------------------

program_start
fails "a socket in use" $TEMPFAIL "$sock: another program" \
    "$fcgi" -d "$blog" -s "$sock"
is "the other goes on" "$(status /)" 200
kill -9 "$program"
wait "$program" 2>/dev/null
program=
point "$([ -S "$sock" ]; echo $?)" "a dead program leaves its socket"
program_start
is "which the next one replaces" "$(status /)" 200
is "for itself and its group alone" "$(stat -c %a "$sock")" 660
program_stop
is "who ends takes it away" "$(ls "$sock" 2>/dev/null)" ''
fails "a file in its place" $CONFIG "$tmp/file: " \
    "$fcgi" -d "$blog" -s "$tmp/file"
is "is left alone" "$(wc -c <"$tmp/file")" 1
fails "no such folder" $CONFIG "$tmp/nothing/s: No such file" \
    "$fcgi" -d "$blog" -s "$tmp/nothing/s"
long=$tmp/$(head -c 120 /dev/zero | tr '\0' s)
fails "a long path" $CONFIG "longer than 107 bytes" \
    "$fcgi" -d "$blog" -s "$long"
fails "no socket at all" $CONFIG 'descriptor 0 is no listening socket' \
    env -u REQUEST_METHOD "$fcgi" -d "$blog"

# Plain CGI: one request in the environment.
run env REQUEST_METHOD=GET REQUEST_URI=/2020/01/kopi/ \
    REMOTE_ADDR=127.0.0.1 HTTP_HOST=127.0.0.1 "$fcgi" -d "$blog"
is "plain CGI" "$code" 0
like "plain CGI: an answer" "$said" '^Status: 200 OK'
like "plain CGI: a page" "$said" '<h1 class="p-name">Kopi</h1>'

finish
