#!/bin/sh
# Signing in, and what moderators do: everything without a script, nothing by
# a GET, nothing without the session's token, and all but one with an Undo.
# shellcheck source=tests/http/lib.sh
. "${srcdir:-.}/tests/http/lib.sh"
# shellcheck source=tests/http/acts.sh
. "${srcdir:-.}/tests/http/acts.sh"

blog_new
for user in tuti:moderator rini:editor; do
	"$balas" user add -d "$blog" --role "${user#*:}" "${user%:*}" \
	    <"$tmp/password" >/dev/null || bail "no user $user"
done
article kopi
article teh
clock_new
program_start

page=/2020/01/kopi/
jar=$tmp/jar

code() { # answer
	first_line "$1" | cut -d ' ' -f 2
}

location() { # answer
	header "$1" Location
}

status_of() { # comment
	sql "SELECT status FROM comment WHERE id = $1"
}

# Everything that is stored, but for what each request may note.
stored() {
	sqlite3 -batch "$blog/blog.db" .dump |
	    grep -vE '^INSERT INTO (session|bucket) '
}

# ---- signing in -----------------------------------------------------------------

try() { # name, password; fcgiget's arguments
	try_name=$1 try_password=$2
	shift 2
	get "$@" -f loginform -F "username=$try_name" \
	    -F "password=$try_password" /admin/login
}

# An answer without what must differ: the stamp and the name typed.
same() { # answer, name
	printf '%s\n' "$1" | sed "s/name=\"stamp\" value=\"[^\"]*\"//
	    s/value=\"$2\"/value=\"NAME\"/; s/^Content-Length: .*//"
}

wrong=$(try "$admin" 'not the password')
unknown=$(try nobody 'not the password')
is "a wrong password is refused" "$(code "$wrong")" 422
like "with words" "$wrong" 'The username or password is not correct'
is "an unknown user is refused the same way (S-9)" \
    "$(same "$unknown" nobody)" "$(same "$wrong" "$admin")"
like "the name is kept" "$wrong" "name=\"username\"[^>]* value=\"$admin\""
unlike "the password is not" "$wrong" 'not the password'
is "no session begins" "$(header "$wrong" Set-Cookie)" ''
for name in '' ' ' "$admin'--" 'admin%00' '<b>' "$(head -c 500 /dev/zero |
	tr '\0' a)"; do
	is "nobody is called '$name'" "$(code "$(try "$name" x \
	    -r 192.0.2.1)")" 422
done
is "an empty password is none" "$(code "$(try "$admin" '' -r 192.0.2.1)")" 422
is "nor is a very long one" \
    "$(code "$(try "$admin" "$(head -c 5000 /dev/zero | tr '\0' a)" \
	-r 192.0.2.1)")" 422
is "nor the hash" "$(code "$(try "$admin" "$(sql "SELECT password FROM user
	WHERE login = '$admin'")" -r 192.0.2.1)")" 422

# As much work for a name that is there as for one that is not.  Measured in
# the processor's time, by turns, because the machine may be busy.
work() { # name, network; adds to $spent, in hundredths of a second
	work_before=$(awk '{ print $14 + $15 }' "/proc/$program/stat")
	try "$1" 'not the password' -r "$2" >/dev/null
	work_after=$(awk '{ print $14 + $15 }' "/proc/$program/stat")
	spent=$((spent + work_after - work_before))
}
known=0 unknown=0
for n in 1 2 3 4 5 6; do
	spent=$known
	work "$admin" "203.0.$n.1"
	known=$spent spent=$unknown
	work nobody "203.0.$n.1"
	unknown=$spent
done
diag "six wrong passwords: ${known}0 ms, six unknown users: ${unknown}0 ms"
point "$([ "$known" -gt 6 ] && [ $((known * 100)) -le $((unknown * 120)) ] &&
    [ $((unknown * 100)) -le $((known * 120)) ]; echo $?)" \
    "both take the same time, within a fifth"

answer=$(try " $(printf '%s' "$admin" | tr '[:lower:]' '[:upper:]') " \
    "$password" -b "$jar")
is "the right password lets in, the name in any case" "$(code "$answer")" 303
is "to the administration" "$(location "$answer")" /admin/
cookie=$(header "$answer" Set-Cookie)
like "the session is a random token" "$cookie" '^balas=[A-Za-z0-9_-]{43};'
like "no script reads it" "$cookie" '; HttpOnly(;|$)'
like "no other site sends it" "$cookie" '; SameSite=(Lax|Strict)(;|$)'
like "it is for the whole host" "$cookie" '; Path=/(;|$)'
unlike "it is for one host" "$cookie" 'Domain='
like "it ends" "$cookie" '; Max-Age=[0-9]+(;|$)'
token=$(printf '%s\n' "$cookie" | sed 's/^balas=//; s/;.*//')
is "the token is not stored (S-20)" \
    "$(cat "$blog"/blog.db* | grep -acF "$token")" 0
is "nor logged" "$(grep -cF "$token" "$tmp/program.log")" 0
is "nor is the password" "$(grep -cF "$password" "$tmp/program.log")" 0
is "it lets in" "$(status -b "$jar" /admin/comments)" 200
is "the sign-in page is behind" \
    "$(location "$(get -b "$jar" /admin/login)")" /admin/
for other in "x$token" "${token%?}" "$token$token" '' '"'; do
	is "token '$other' lets nobody in" \
	    "$(status -H "Cookie: balas=$other" /admin/comments)" 403
done
is "another name's cookie is not it" \
    "$(status -H "Cookie: xbalas=$token; balasx=$token; Balas=$token" \
	/admin/comments)" 403
is "among others it is" \
    "$(status -H "Cookie: a=b; balas=$token; c=\"d;e\"" /admin/comments)" 200

# Where one wanted to go.
answer=$(get /admin/articles/new)
is "who is not signed in is asked to" "$(code "$answer")" 403
like "in words" "$answer" 'name="password"'
is "and led back" "$(field "$answer" next)" /admin/articles/new
is "there" "$(location "$(get -b "$tmp/next" -f loginform \
    -F "username=$admin" -F "password=$password" /admin/articles/new)")" \
    /admin/articles/new
for next in //evil.example /admin/../ 'https://evil.example/admin/' \
    '/\evil.example' /2020/01/kopi/ '/admin
X: y' '/admin//x' javascript:x; do
	is "never to $next (S-26)" "$(location "$(get -f loginform \
	    -F "username=$admin" -F "password=$password" -x "next=$next" \
	    -r 192.0.2.77 /admin/login)" | sed 's|^/admin/x$|/admin/|')" \
	    /admin/
done

# The form's own stamp.
for stamp in '' x "$(field "$(body $page)" stamp)" "$(csrf "$jar")"; do
	answer=$(get -f loginform -F "username=$admin" \
	    -F "password=$password" -x "stamp=$stamp" /admin/login)
	is "stamp '$stamp' does not sign in" "$(code "$answer")" 422
	is "stamp '$stamp' begins no session" \
	    "$(header "$answer" Set-Cookie)" ''
	like "stamp '$stamp': the name is kept" "$answer" "value=\"$admin\""
done
is "nor does a form of another site" \
    "$(code "$(get -F "username=$admin" -F "password=$password" \
	-F "stamp=$(field "$(body /admin/login)" stamp)" \
	-H 'Origin: http://evil.example' /admin/login)")" 422
is "nor a GET" "$(get -b "$tmp/byget" \
    "/admin/login?username=$admin&password=$password" |
    grep -ci '^set-cookie')" 0

# Nobody is signed in with a token that somebody else has chosen (fixation),
# and each sign-in has its own.
cp "$jar" "$tmp/fixed"
get -b "$tmp/fixed" -F username=rini -F "password=$password" \
    -F "stamp=$(field "$(body /admin/login)" stamp)" /admin/login >/dev/null
unlike "a new session has a new token" "$(cat "$tmp/fixed")" "$token"
is "the one before has ended" "$(status -b "$jar" /admin/comments)" 403
printf 'balas=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\t/\n' >"$jar"
sign_in "$jar" >/dev/null
is "a chosen token is worth nothing" \
    "$(status -H 'Cookie: balas=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' \
	/admin/comments)" 403
is "the session works" "$(status -b "$jar" /admin/comments)" 200

# Signing out.
sign_in "$tmp/out" >/dev/null
cp "$tmp/out" "$tmp/kept"
answer=$(get -b "$tmp/out" -f /admin/logout /admin/comments)
is "one can sign out" "$(location "$answer")" '/admin/login?out=1'
like "the cookie goes" "$(header "$answer" Set-Cookie)" \
    '^balas=; .*Max-Age=0'
is "and the session with it" "$(status -b "$tmp/kept" /admin/comments)" 403
is "but not the others" "$(status -b "$jar" /admin/comments)" 200
like "it is said" "$(body '/admin/login?out=1')" 'You are now logged out'

# Sessions end by themselves.
sign_in "$tmp/idle" tuti >/dev/null
program_stop
sql "UPDATE session SET seen_at = seen_at - 3 * 86400 - 1
    WHERE user = (SELECT id FROM user WHERE login = 'tuti')"
program_start
is "a session that is not used ends" "$(status -b "$tmp/idle" /admin/)" 403
is "others go on after a restart" "$(status -b "$jar" /admin/)" 303
sign_in "$tmp/old" tuti >/dev/null
program_stop
sql "UPDATE session SET expires_at = unixepoch() - 1
    WHERE user = (SELECT id FROM user WHERE login = 'tuti')"
program_start
is "a session ends however much it is used" "$(status -b "$tmp/old" /admin/)" \
    403
sign_in "$tmp/tuti" tuti >/dev/null
printf 'another long password\n' |
    "$balas" user passwd -d "$blog" tuti >/dev/null
is "a new password ends sessions" "$(status -b "$tmp/tuti" /admin/)" 403
is "the old one is over" "$(code "$(sign_in "$tmp/tuti" tuti)")" 422
sign_in "$tmp/tuti" tuti 'another long password' >/dev/null
is "the new one works" "$(status -b "$tmp/tuti" /admin/)" 303

# ---- too many tries -------------------------------------------------------------------

# Too long for a hash, so that ten of them take no time.
long=$(head -c 2000 /dev/zero | tr '\0' a)
tries() { # how many, name, network
	for n in $(seq "$1"); do
		code "$(try "$2" "$long" -r "$3")"
	done | sort | uniq -c | tr -s ' ' | tr '\n' ';'
}
is "ten wrong passwords are a mistake" "$(tries 10 "$admin" 198.51.100.7)" \
    ' 10 422;'
answer=$(try "$admin" "$password" -r 198.51.100.9)
is "more are too many, even with the right one" "$(code "$answer")" 429
like "in words" "$answer" 'There were too many attempts'
wait_s=$(header "$answer" Retry-After)
like "and it is said how long" "$wait_s" '^([1-9]|[12][0-9]|30)$'
is "nobody is signed in" "$(header "$answer" Set-Cookie)" ''
is "a name that is not there is treated alike" \
    "$(tries 11 nobody 198.51.100.7)" ' 10 422; 1 429;'
is "another name is not locked out" \
    "$(code "$(try tuti 'another long password' -r 198.51.100.7)")" 303
is "nor the same one elsewhere" \
    "$(code "$(try "$admin" "$password" -r 203.0.113.200)")" 303
clock $((wait_s + 1))
is "after the time there is one more" \
    "$(code "$(try "$admin" "$password" -r 198.51.100.7)")" 303
clock 0
is "and a right one makes good" "$(tries 10 "$admin" 198.51.100.7)" \
    ' 10 422;'
n=$(for n in $(seq 60); do
	code "$(try "name$n" "$long" -r "2001:db8:1::$n")"
done | grep -c 429)
like "sixty names from one network are too many" "$n" "^([1-9]|10)\$"
is "other networks are not concerned" \
    "$(code "$(try rini "$password" -r 2001:db8:2::1)")" 303

# ---- the token: every row of staff (S-3, S-4) ---------------------------------------------

for n in 1 2 3 4 5 6; do
	comment $page "Comment $n." "Visitor $n" >/dev/null
done
answer=$(sign_in "$tmp/rini" rini)
sign_in "$tmp/gone" >/dev/null
gone=$(csrf "$tmp/gone")
get -b "$tmp/gone" -F "csrf=$gone" /admin/logout >/dev/null
token=$(csrf "$jar")

# What each form would do if it were let through.
row() { # address, fcgiget's arguments
	row_uri=$1
	shift
	case $row_uri in
	/admin/comments) get "$@" -F approve=1 "$row_uri" ;;
	/admin/articles/new) get "$@" -F title=New -F source=x \
	    -F language=en -F do=publish "$row_uri" ;;
	/admin/articles/:n) get "$@" -F title=Changed -F source=x -F slug=kopi \
	    -F open=1 -F language=en -F do=save -F revision=2 \
	    /admin/articles/1 ;;
	/admin/logout) get -X POST "$@" -F x=y "$row_uri" ;;
	*) bail "what does $row_uri take?" ;;
	esac
}
rows=$(sed -n 's/^{ METHOD_POST,[^"]*"\([^"]*\)",.*CAN_[^N].*/\1/p' \
    "$srcdir/cgi/routes.c")
like "there are such rows" "$rows" '^/admin/'
for uri in $rows; do
	before=$(stored)
	refused() { # description, status, fcgiget's arguments
		refused_text=$1 refused_want=$2
		shift 2
		is "$uri $refused_text" "$(code "$(row "$uri" "$@")")" \
		    "$refused_want"
	}
	refused "without a token" 403 -b "$jar"
	refused "with an empty one" 403 -b "$jar" -F csrf=
	refused "with another session's" 403 -b "$jar" \
	    -F "csrf=$(csrf "$tmp/rini")"
	refused "with an ended session's" 403 -b "$jar" -F "csrf=$gone"
	refused "with a form's stamp" 403 -b "$jar" \
	    -F "csrf=$(field "$(body $page)" stamp)"
	refused "with the sign-in form's" 403 -b "$jar" \
	    -F "csrf=$(field "$(body /admin/login)" stamp)"
	refused "with a longer life" 403 -b "$jar" -F "csrf=f${token#?}"
	refused "with the token twice" 400 -b "$jar" -F "csrf=$token" \
	    -F "csrf=$token"
	refused "with the token and no session" 403 -F "csrf=$token"
	refused "from another site" 403 -b "$jar" -F "csrf=$token" \
	    -H 'Origin: https://evil.example'
	refused "from nowhere" 403 -b "$jar" -F "csrf=$token" \
	    -H 'Origin: null'
	refused "from a host like ours" 403 -b "$jar" -F "csrf=$token" \
	    -H 'Origin: http://127.0.0.1:8080.evil.example'
	clock 90000
	refused "with yesterday's token" 403 -b "$jar" -F "csrf=$token"
	clock 0
	is "$uri: nothing was changed" "$(stored)" "$before"
	[ "$uri" = /admin/logout ] || {
		is "$uri with all in order" \
		    "$(code "$(row "$uri" -b "$jar" -F "csrf=$token" \
			-H 'Origin: http://127.0.0.1:8080')" |
			sed 's/200/303/')" 303
		point "$([ "$(stored)" != "$before" ]; echo $?)" \
		    "$uri: that changes something"
	}
done
is "we are still signed in" "$(status -b "$jar" /admin/comments)" 200
before=$(stored)
for uri in '/admin/comments?approve=2' '/admin/comments?op=spam&id=2' \
    '/admin/comments?undo=1' "/admin/comments?undo=1&csrf=$token" \
    "/admin/articles/1?do=unpublish&csrf=$token" \
    '/admin/comments?op=delete&confirm=1&id=2'; do
	get -b "$jar" "$uri" >/dev/null
done
is "a GET changes nothing" "$(stored)" "$before"
status -b "$jar" "/admin/logout?csrf=$token" >/dev/null
is "nor does it sign out" "$(status -b "$jar" /admin/comments)" 200

# ---- one comment -------------------------------------------------------------------------------

# Press a button on a row of a list; prints the answer.
press() { # tab, act, comment
	get -b "$jar" -f moderateform -k "$2=$3" "/admin/comments?tab=$1"
}

# And read what the next page says about it.
notice() { # answer
	words_of "$(body -b "$jar" "$(location "$1")" |
	    sed -n 's/.*role="status">//p')"
}

undo() { # answer of the action
	get -b "$jar" -f /admin/comments -k undo "$(location "$1")"
}

id=2
queue=$(body -b "$jar" /admin/comments)
like "the list shows who" "$queue" 'Visitor 2'
like "with the address" "$queue" 'mailto:wulan@example\.org'
like "what" "$queue" '<p>Comment 2\.</p>'
like "where" "$queue" "<a href=\"$page\">Changed</a>"
like "why it waits" "$queue" 'Every comment waits for approval'
is "the page is nobody else's" \
    "$(header "$(get -b "$jar" /admin/comments)" Cache-Control)" \
    'private, no-store'

while read -r tab act to back words; do
	answer=$(press "$tab" "$act" $id)
	is "$act leads back to the list" "$(location "$answer" |
	    sed 's/done=.*//')" "/admin/comments?tab=$tab&"
	is "$act makes it $to" "$(status_of $id)" "$to"
	is "$act says so" "$(notice "$answer")" "$words"
	is "$act shows it to everybody, or not" \
	    "$(body $page | grep -c "id=\"comment-$id\"")" \
	    "$([ "$to" = approved ] && echo 1 || echo 0)"
	is "$act: the count is right" \
	    "$(sql "SELECT comments FROM article WHERE slug = 'kopi'")" \
	    "$(sql "SELECT count(*) FROM comment WHERE status = 'approved'
		AND article = (SELECT id FROM article WHERE slug = 'kopi')")"
	again=$(undo "$answer")
	is "$act can be undone" "$(status_of $id)" "$back"
	is "which is said" "$(notice "$again")" \
	    'Undone: 1 comment is as it was before.'
	undo_again=$(get -b "$jar" -F "csrf=$token" \
	    -F "undo=$(location "$answer" | sed 's/.*done=//')" \
	    /admin/comments)
	is "$act can be undone once" "$(code "$undo_again")" 422
	like "which is said too" "$undo_again" 'can no longer be undone'
	unlike "and not offered" "$(body -b "$jar" "$(location "$answer")")" \
	    'name="undo"'
	is "the Undo can be undone" "$(code "$(undo "$again")")" 303
	is "$act stands" "$(status_of $id)" "$to"
done <<'END'
pending approve approved pending 1 comment approved.
approved unapprove pending approved 1 comment is pending again.
pending spam spam pending 1 comment marked as spam.
spam unspam pending spam 1 comment is no longer marked as spam.
pending trash trash pending 1 comment moved to the Trash.
trash restore pending trash 1 comment restored from the Trash.
pending approve approved pending 1 comment approved.
approved trash trash approved 1 comment moved to the Trash.
trash restore approved trash 1 comment restored from the Trash.
approved spam spam approved 1 comment marked as spam.
spam unspam approved spam 1 comment is no longer marked as spam.
approved spam spam approved 1 comment marked as spam.
spam trash trash spam 1 comment moved to the Trash.
END
is "who did it is noted" \
    "$(sql "SELECT count(*) FROM action WHERE user = 1 AND kind <> 'undo'")" \
    14
moderate trash 2 >/dev/null
moderate spam 3 >/dev/null
for tab in 'pending approve spam trash' 'approved unapprove spam trash' \
    'spam unspam trash delete' 'trash restore spam delete'; do
	is "what can be done: $tab" "${tab%% *}$(body -b "$jar" \
	    "/admin/comments?tab=${tab%% *}" |
	    sed -n 's/.*<option value="\([a-z]\{1,\}\)".*/ \1/p' |
	    tr -d '\n')" "$tab"
done
moderate unspam 3 >/dev/null

# For good: asked first, and no Undo.
moderate spam 3 >/dev/null
before=$(stored)
answer=$(press spam delete 3)
is "deleting asks first" "$(code "$answer")" 200
like "in words" "$answer" '1 comment will be deleted for good'
is "and has not done anything yet" "$(stored)" "$before"
like "one can say no" "$answer" 'href="/admin/comments\?tab=spam"'
answer=$(get -b "$jar" -F "csrf=$token" -F tab=spam -F op=delete \
    -F confirm=1 -F id=3 /admin/comments)
is "yes deletes" "$(status_of 3)" ''
is "which is said" "$(notice "$answer")" '1 comment deleted permanently.'
unlike "there is no Undo" "$(body -b "$jar" "$(location "$answer")")" \
    'name="undo"'
is "not even a forced one" "$(status -b "$jar" -F "csrf=$token" \
    -F "undo=$(location "$answer" | sed 's/.*done=//')" /admin/comments)" 422
is "its address goes with the last of its comments" \
    "$(sql 'SELECT count(*) FROM person WHERE id NOT IN
	(SELECT person FROM comment WHERE person IS NOT NULL)')" 0
moderate restore 2 >/dev/null
answer=$(get -b "$jar" -F "csrf=$token" -F op=delete -F confirm=1 -F id=4 \
    /admin/comments)
is "what is not in the spam or trash is not deleted" "$(status_of 4)" pending
is "which is said" "$(notice "$answer")" 'Nothing had to be changed.'

# ---- many --------------------------------------------------------------------------------------

bulk() { # tab, fcgiget's arguments
	bulk_tab=$1
	shift
	get -b "$jar" -F "csrf=$token" -F "tab=$bulk_tab" "$@" /admin/comments
}
queue=$(body -b "$jar" /admin/comments)
for id in 4 5 6; do
	like "there is a box for $id" "$queue" \
	    "type=\"checkbox\" name=\"id\" value=\"$id\""
done
answer=$(bulk pending -F op=approve -F id=4 -F id=5 -F id=6)
is "many at once" "$(status_of 4)$(status_of 5)$(status_of 6)" \
    approvedapprovedapproved
is "which is said" "$(notice "$answer")" '3 comments approved.'
undo "$answer" >/dev/null
is "are undone at once" "$(status_of 4)$(status_of 5)$(status_of 6)" \
    pendingpendingpending
answer=$(bulk pending -F op=approve)
is "nothing ticked" "$(code "$answer")" 422
like "is said" "$answer" 'Nothing is selected'
answer=$(bulk pending -F op= -F id=4)
is "nothing chosen" "$(code "$answer")" 422
like "is said" "$answer" 'Please choose what to do'
answer=$(get -b "$jar" -F "csrf=$token" -F op=undo -F id=4 /admin/comments)
is "nonsense is not done" "$(code "$answer")" 422
answer=$(get -b "$jar" -F "csrf=$token" -F op=approve -F id=x -F id=04 \
    -F id=-4 -F id=99999 -F id=9223372036854775808 /admin/comments)
is "numbers that are none" "$(notice "$answer")" 'Nothing had to be changed.'
is "change nothing" "$(status_of 4)" pending
is "as many as a form can hold" \
    "$(status -b "$jar" -d "csrf=$token&op=approve&tab=pending$(
	printf '&id=99%.0s' $(seq 253))" /admin/comments)" 303
is "and no more" \
    "$(status -b "$jar" -d "csrf=$token&op=approve&tab=pending$(
	printf '&id=99%.0s' $(seq 254))" /admin/comments)" 400
is "nor a longer one" \
    "$(status -b "$jar" -d "csrf=$token&x=$(head -c 65536 /dev/zero |
	tr '\0' a)" /admin/comments)" 413

# Rows that somebody else has changed since the page was made.
moderate trash 4 >/dev/null
answer=$(get -b "$jar" -F "csrf=$token" -F tab=pending -F approve=4 \
    /admin/comments)
is "a row that is gone is left alone" "$(status_of 4)" trash
is "which is said" "$(notice "$answer")" 'Nothing had to be changed.'
unlike "there is nothing to undo" "$(body -b "$jar" "$(location "$answer")")" \
    'name="undo"'
answer=$(get -b "$jar" -F "csrf=$token" -F op=approve -F id=4 -F id=5 \
    -F id=6 /admin/comments)
is "the others are changed" "$(notice "$answer")" '2 comments approved.'
moderate spam 5 >/dev/null
again=$(undo "$answer")
is "Undo leaves alone what was changed since" \
    "$(status_of 5)$(status_of 6)" spampending
is "which is said" "$(notice "$again")" \
    'Undone: 1 comment is as it was before.'
answer=$(press pending approve 6)
clock $((31 * 86400))
# From elsewhere: limits of a later day would last when the clock goes back.
sign_in "$tmp/later" '' '' -r 192.0.2.99 >/dev/null
is "after a month there is no Undo" \
    "$(status -b "$tmp/later" -F "csrf=$(csrf "$tmp/later")" \
	-F "undo=$(location "$answer" | sed 's/.*done=//')" \
	/admin/comments)" 422
clock 0
sign_in "$jar" >/dev/null
token=$(csrf "$jar")
is "an action that never was" "$(status -b "$jar" -F "csrf=$token" \
    -F undo=999999 /admin/comments)" 422

# ---- the list ---------------------------------------------------------------------------------------

comment /2020/01/teh/ 'About tea.' >/dev/null
for n in $(seq 25); do
	comment $page "Many $n." >/dev/null
done
queue=$(body -b "$jar" /admin/comments)
is "twenty on a page" "$(printf '%s\n' "$queue" | grep -c '<tr id=')" 20
like "newest first" "$(printf '%s\n' "$queue" | grep -o 'Many [0-9]*' |
    sed 1q)" 'Many 25'
older=$(printf '%s\n' "$queue" |
    sed -n 's/.*rel="next"[^>]* href="\([^"]*\)".*/\1/p' | sed 's/&amp;/\&/g')
like "older ones are a page further" "$(body -b "$jar" "$older")" 'Many 5\.'
unlike "and those are not there again" "$(body -b "$jar" "$older")" 'Many 6\.'
teh=$(sql "SELECT id FROM article WHERE slug = 'teh'")
queue=$(body -b "$jar" "/admin/comments?tab=pending&article=$teh")
is "one article's alone" "$(printf '%s\n' "$queue" | grep -c '<tr id=')" 1
answer=$(get -b "$jar" -f moderateform -k trash \
    "/admin/comments?tab=pending&article=$teh")
like "stay alone after an action" "$(location "$answer")" \
    "^/admin/comments\?tab=pending&article=$teh&done="
like "an empty list says so" "$(body -b "$jar" "$(location "$answer")")" \
    'No comments awaiting moderation'
for query in tab=nonsense article=x before=x done=x done=999999 \
    article=999999 'before=0' 'tab=%00'; do
	is "?$query is a list" "$(status -b "$jar" "/admin/comments?$query")" \
	    200
done
is "?tab twice makes no sense" \
    "$(status -b "$jar" '/admin/comments?tab=spam&tab=trash')" 400

# A place is kept for the answers of what is deleted.
parent=$(approved $page 'The one that goes.')
child=$(approved "$page?reply=$parent" 'The one that stays.')
moderate trash "$parent" >/dev/null
moderate delete "$parent" >/dev/null
like "its place is kept" "$(body $page)" 'This comment was removed'
like "the answer stays" "$(body $page)" "id=\"comment-$child\""
is "nothing of it is stored" \
    "$(sql "SELECT name || url || source || html || coalesce(person, '') ||
	coalesce(network, '') || coalesce(digest, '') FROM comment
	WHERE id = $parent")" ''

# ---- roles -----------------------------------------------------------------------------------------------

sign_in "$tmp/tuti" tuti 'another long password' >/dev/null
token=$(csrf "$tmp/tuti")
is "a moderator moderates" "$(status -b "$tmp/tuti" /admin/comments)" 200
article rahasia 'status: draft' 'title: Top secret'
draft=$(sql "SELECT id FROM article WHERE slug = 'rahasia'")
before=$(stored)
for uri in /admin/articles /admin/articles/new "/admin/articles/$draft" \
    "/admin/articles/$draft?done=saved" /admin/articles/999; do
	answer=$(get -b "$tmp/tuti" "$uri")
	is "GET $uri is not a moderator's" "$(code "$answer")" 403
	unlike "GET $uri shows nothing" "$answer" 'Top secret'
done
for uri in /admin/articles/new "/admin/articles/$draft"; do
	for act in save publish preview; do
		answer=$(get -b "$tmp/tuti" -F "csrf=$token" -F title=T \
		    -F source=x -F language=en -F revision=1 -F do=$act "$uri")
		is "$act at $uri is not a moderator's" "$(code "$answer")" 403
	done
done
is "nothing was changed" "$(stored)" "$before"
unlike "there is no way there" "$(body -b "$tmp/tuti" /admin/comments)" \
    '/admin/articles'
unlike "nor from an article" "$(body -b "$tmp/tuti" $page)" \
    '/admin/articles'
sign_in "$tmp/rini" rini >/dev/null
is "an editor may" "$(status -b "$tmp/rini" "/admin/articles/$draft")" 200
sql "UPDATE user SET role = 'moderator' WHERE login = 'rini'"
is "until the role is another" \
    "$(status -b "$tmp/rini" "/admin/articles/$draft")" 403
sql "UPDATE user SET role = 'contributor' WHERE login = 'rini'"
is "who may do nothing may not moderate" \
    "$(status -b "$tmp/rini" /admin/comments)" 403
is "and is led to the blog" \
    "$(location "$(get -b "$tmp/rini" /admin/)")" /
sql "UPDATE user SET role = 'administrator' WHERE login = 'rini'"

# ---- https ---------------------------------------------------------------------------------------------------

program_stop
sed 's|^url = .*|url = https://example.org/blog/|' "$blog/balas.conf" \
    >"$tmp/conf"
cp "$tmp/conf" "$blog/balas.conf"
program_start
answer=$(get -S https -n example.org -f loginform -F "username=$admin" \
    -F "password=$password" -b "$tmp/https" /blog/admin/login)
cookie=$(header "$answer" Set-Cookie)
like "on https the cookie is bound to the host" "$cookie" \
    '^__Host-balas=[^;]*; (.*; )?Path=/(;|$)'
like "and to https" "$cookie" '; Secure(;|$)'
like "and still hidden from scripts" "$cookie" '; HttpOnly(;|$)'
is "and lets in" \
    "$(status -S https -n example.org -b "$tmp/https" /blog/admin/comments)" \
    200
token=$(sed -n 's/^__Host-balas=\([^	]*\).*/\1/p' "$tmp/https")
is "without its prefix it does not" \
    "$(status -n example.org -H "Cookie: balas=$token" /blog/admin/comments)" \
    403

finish
