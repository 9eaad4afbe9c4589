#!/bin/sh
# "Leave a Reply", as BEHAVIOUR's B-01 to B-12 and B-24 want it: the form, what
# is refused and how, and that no word is lost on the way.
# shellcheck source=tests/http/lib.sh
. "${srcdir:-.}/tests/http/lib.sh"
# shellcheck source=tests/http/acts.sh
. "${srcdir:-.}/tests/http/acts.sh"

blog_new
article kopi
article teh
article roti 'lang: id'
article tutup 'comments: closed'
article konsep 'status: draft'
article besok 'date: 2100-01-01 00:00'
clock_new
program_start

# The article that is written under from here on.
under() { # slug
	page=/2020/01/$1/
	action=/article/$(sql "SELECT id FROM article
	    WHERE slug = '$1'")/comments
}
under kopi

# A reply without a form: fields as name=value, the stamp of the page.
post() { # fields, as arguments of fcgiget; its other arguments before them
	post_stamp=$(field "$(body "$page")" stamp)
	get "$@" -F "stamp=$post_stamp" "$action"
}

# A complete one; more fields and options as arguments.
send() {
	post -F "comment=${words-A word.}" -F "author=${who-Wulan}" \
	    -F "email=${mail-wulan@example.org}" -F "url=${site-}" \
	    -F "parent=${answers-}" "$@"
}

code() { # answer
	first_line "$1" | cut -d ' ' -f 2
}

count() {
	sql 'SELECT count(*) FROM comment'
}

# The text of a page's textarea, as a browser shows it.
kept_text() { # page
	printf '%s\n' "$1" | sed -n '/<textarea/,/<\/textarea>/p' |
	    sed '1d; s/<\/textarea>.*//' |
	    sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#39;/'"'"'/g
		s/&amp;/\&/g'
}

# ---- the form (B-01, B-04) -----------------------------------------------------

plain=$(body "$page")
is "fields and their order" \
    "$(printf '%s\n' "$plain" | sed -n '/<form id="commentform"/,/<\/form>/p' |
	grep -oE ' name="[^"]*"' | tr -d '\n')" \
    ' name="parent" name="stamp" name="comment" name="author" name="email" name="url"'
for name in comment author email url; do
	like "$name has its id" "$plain" "id=\"$name\" name=\"$name\""
	like "$name has a label" "$plain" "<label for=\"$name\">"
done
for name in comment author email; do
	like "$name is required" "$plain" "id=\"$name\"[^>]* required"
done
unlike "url is not" "$plain" 'id="url"[^>]* required'
like "author completes" "$plain" 'id="author"[^>]* autocomplete="name"'
like "email completes" "$plain" 'id="email"[^>]* autocomplete="email"'
like "url completes" "$plain" 'id="url"[^>]* autocomplete="url"'
like "email is of its type" "$plain" 'id="email"[^>]* type="email"'
like "url is of its type" "$plain" 'id="url"[^>]* type="url"'
like "the note is the one everybody knows" "$(words_of "$plain")" \
    '^Your email address will not be published\. Required fields are marked \*$'
like "the note has its id" "$plain" \
    'id="email-notes"[^>]*>Your email address'
like "email leads to the note" "$plain" \
    'id="email"[^>]* aria-describedby="email-notes"'
like "the heading too" "$plain" \
    '<h2 id="reply-title"><span>Leave a Reply</span>'
like "the section has its id" "$plain" '<section id="respond"'
like "the button" "$plain" '<button>Post Comment</button>'
like "the same in Indonesian" "$(words_of "$(body /2020/01/roti/)")" \
    '^Alamat email Anda tidak akan dipublikasikan\. Ruas yang wajib ditandai \*$'
must "$balas" setting set -d "$blog" require_name_email 0
optional=$(body "$page")
unlike "without the rule no name is required" "$optional" \
    'id="(author|email)"[^>]* required'
is "and none is missed" "$(code "$(who='' mail='' words=Nameless send)")" 303
is "but an address that is there is checked" \
    "$(code "$(who='' mail=x words=Other send)")" 422
must "$balas" setting set -d "$blog" require_name_email 1

id=$(approved "$page" 'To be answered.' "Sri \"D'\" <b>")
answer=$(get "$page?reply=$id")
like "a comment has a reply link" "$(body "$page")" \
    "href=\"/2020/01/kopi/\?reply=$id#respond\" rel=\"nofollow\""
like "the heading says to whom" "$answer" \
    'Leave a Reply to Sri &quot;D&#39;&quot; &lt;b&gt;'
is "the form says to what" "$(field "$answer" parent)" "$id"
like "it can be cancelled" "$answer" \
    '<a class="cancel" href="/2020/01/kopi/#respond">Cancel reply'
is "it is made for one visitor" "$(header "$answer" Cache-Control)" \
    'private, no-store'

# ---- a comment comes in -----------------------------------------------------------

words='  First *line*
<script>alert(1)</script> & "q" '"'"'s'
answer=$(site='HTTP://Example.ORG/a?b' send)
is "a comment is accepted" "$(first_line "$answer")" 'HTTP/1.1 303 See Other'
is "nobody keeps the answer (B-03)" "$(header "$answer" Cache-Control)" \
    'private, no-store'
is "no cookie is set" "$(header "$answer" Set-Cookie)" ''
new=$(number "$answer")
is "it leads to the article" \
    "$(header "$answer" Location | sed 's/?.*//')" "$page"
is "the text is stored as typed" \
    "$(sql "SELECT replace(source, char(13), '') FROM comment
	WHERE id = $new")" "$words"
is "the website is tidied" "$(sql "SELECT url FROM comment WHERE id = $new")" \
    'http://example.org/a?b'
is "it is held" "$(sql "SELECT status FROM comment WHERE id = $new")" pending
is "it says why" \
    "$(sql "SELECT code FROM comment_reason WHERE comment = $new")" hold_all
unlike "nobody sees it" "$(body "$page")" 'First'
words='A word.'
is "redirect_to is no business of ours (S-26)" \
    "$(header "$(words=Elsewhere send -F redirect_to=http://evil.example/)" \
	Location | sed 's/?.*//')" "$page"
is "nor is WordPress's own address" "$(status -F a=b /wp-comments-post.php)" 405

# ---- what is refused (B-05, B-06, B-09, B-10) ----------------------------------------

before=$(count)
long() { # bytes
	head -c "$1" /dev/zero | tr '\0' a
}
refused() { # description, status, message, answer
	is "$1: $2" "$(code "$4")" "$2"
	like "$1: says so" "$4" "$3"
	is "$1: nobody keeps it" "$(header "$4" Cache-Control)" \
	    'private, no-store'
	like "$1: the title says so" "$4" '<title>Error: '
	is "$1: the text is kept" "$(kept_text "$4")" "${words:-}"
	like "$1: a stamp to go on with" "$(field "$4" stamp)" .
}
bad() { # description, field, message, answer
	refused "$1" 422 "<a href=\"#$2\">[^<]*$3" "$4"
	like "$1: the field is marked" "$4" \
	    "id=\"$2\"[^>]* aria-invalid=\"true\"[^>]* aria-describedby=\"$2-e"
	is "$1: only that one" \
	    "$(printf '%s\n' "$4" | grep -c 'aria-invalid')" 1
}

words='' bad "no text" comment 'Please write your comment' "$(words='' send)"
words=' ' bad "a blank" comment 'Please write' "$(words=' ' send)"
bad "no name" author 'Please tell us your name' "$(who='' send)"
bad "blank name" author 'Please tell us your name' "$(who='  ' send)"
bad "no address" email 'Please fill in your email' "$(mail='' send)"
for address in x x@ @x.y x@y a@b@c.de 'a b@c.de' a@c..de a@.de a@de. a@-c.de \
    'a@c.de,b@c.de' '<a@c.de>' "$(printf 'a\001@c.de')"; do
	bad "address $address" email 'Please enter a complete email' \
	    "$(mail=$address send)"
done
for site in javascript:alert\(1\) data:text/html,x ftp://x.example \
    http:// //x.example 'http://x y.example' http://nodot mailto:a@b.de \
    'http://x_y@z.example' \
    'http://x.example\@y.example'; do
	bad "website $site" url 'Please enter a complete web address' \
	    "$(site=$site send)"
done
unset site
bad "too long a name" author 'at most 245' "$(who=$(long 246) send)"
bad "too long an address" email 'at most 254' \
    "$(mail=$(long 250)@b.de send)"
bad "too long a website" url 'at most 200' \
    "$(site=http://x.example/$(long 184) send)"
for name in Admin ADMIN admin 'A d m i n' Ａｄｍｉｎ Аdmin "Adm\`in" 'Ádmin' \
    "$(printf 'Ad\342\200\213min')"; do
	bad "name $name belongs to staff" author \
	    'This name belongs to somebody' "$(who=$name send)"
done
bad "a name that shows nothing" author 'Please tell us' \
    "$(who=$(printf '\342\200\213\342\201\240') send)"
bad "a name with a control character" author 'cannot be shown' \
    "$(who=$(printf 'a\033b') send)"
bad "a name that is no UTF-8" author 'cannot be shown' \
    "$(who=$(printf 'a\377b') send)"
refused "a website of two lines" 422 '#url' \
    "$(site="http://x.example/$(printf 'a\nb')" send)"
is "nothing of it was stored" "$(count)" "$before"

all=$(who='' mail=no site=javascript:x words='' send)
is "all errors at once, in the fields' order (B-06)" \
    "$(printf '%s\n' "$all" | grep -oE '<li><a href="#[a-z]*"' |
	sed 's/.*#//' | tr -d '\n')" 'comment"author"email"url"'
like "under a heading" "$all" 'There is a problem'
like "that is read out" "$all" 'role="alert"'

# ---- everything typed is kept ----------------------------------------------------------

typed=$(who='Sri "x" <i>' mail="o'neil & co" site='java"script:' \
    words="$(printf '\n\n<b>"it'"'"'s"</b>\n&amp; \tdone')" send)
is "text with a line end in front" \
    "$(printf '%s\n' "$typed" | sed -n '/<textarea/,/<\/textarea>/p' |
	sed '1d; s/<\/textarea>.*//')" \
    "$(printf '\n\n&lt;b&gt;&quot;it&#39;s&quot;&lt;/b&gt;\n&amp;amp; \tdone')"
is "name" "$(field "$typed" author)" ''
like "the name" "$typed" \
    'name="author"[^>]* value="Sri &quot;x&quot; &lt;i&gt;"'
like "the address, to him who typed it" "$typed" \
    'name="email"[^>]* value="o&#39;neil &amp; co"'
like "the website" "$typed" 'name="url"[^>]* value="java&quot;script:"'

printf 'comment=a%%00b%%ff%%fec&author=Wulan&email=w@example.org&stamp=%s' \
    "$(field "$plain" stamp)" >"$tmp/nul"
answer=$(get -D "$tmp/nul" -T application/x-www-form-urlencoded "$action")
is "NUL and broken UTF-8 are refused (B-10)" "$(code "$answer")" 422
like "and explained" "$answer" 'contains control characters'
get -o -D "$tmp/nul" -T application/x-www-form-urlencoded "$action" \
    >"$tmp/nul.html"
ok "the page is still UTF-8" iconv -f UTF-8 -t UTF-16 "$tmp/nul.html" -o /dev/null
is "and has no NUL in it" "$(tr -d '\0' <"$tmp/nul.html" | wc -c)" \
    "$(wc -c <"$tmp/nul.html")"
like "what can be kept is" "$answer" '^a.*b.*c</textarea>'
for bytes in '\001' '\033[2J' '\177' '\302\200'; do
	words=$(printf "a%bb" "$(printf '%s' "$bytes" | sed 's/\\/\\0/')")
	like "control character $bytes is refused" "$(send)" \
	    '^HTTP/1.1 422 '
done
words='A word.'

# Sixteen KiB of text, 128 KiB of everything.
is "16 KiB of text are a comment" "$(code "$(words=$(long 16384) send)")" 303
answer=$(words=$(long 16385) send)
is "a byte more is not" "$(code "$answer")" 422
is "and is all there again" "$(kept_text "$answer" | wc -c)" 16386
like "with what to do" "$answer" 'at most 16,384 characters'
{
	printf 'author=Wulan&email=w@example.org&stamp=%s&comment=' \
	    "$(field "$plain" stamp)"
	long 131072
} | head -c 131072 >"$tmp/body"
answer=$(get -D "$tmp/body" -T application/x-www-form-urlencoded "$action")
is "128 KiB are read" "$(code "$answer")" 422
like "and kept" "$(kept_text "$answer" | wc -c)" '^130...$'
printf a >>"$tmp/body"
is "a byte more is not" \
    "$(status -D "$tmp/body" -T application/x-www-form-urlencoded "$action")" \
    413
is "nor when it does not say how long it is" \
    "$(status -D "$tmp/body" -T application/x-www-form-urlencoded \
	-P CONTENT_LENGTH= "$action")" 413

# ---- what a request may be ---------------------------------------------------------------

before=$(count)
for type in 'multipart/form-data; boundary=x' text/plain application/json '' \
    application/x-www-form-urlencodedx; do
	is "type '$type' is none of ours" \
	    "$(status -d 'comment=a' -T "${type:-x}" -P CONTENT_TYPE="$type" \
		"$action")" 415
done
is "its own type may say more" \
    "$(status -d 'comment=' \
	-T 'Application/X-WWW-form-urlencoded; charset=UTF-8' "$action")" 422
for name in comment author email url parent stamp; do
	is "$name twice makes no sense" \
	    "$(status -F comment=a -F author=b -F email=c@d.ef -F url= \
		-F parent= -F stamp= -F $name= "$action" |
		sed 's/^422$/400 (stamp)/')" \
	    "400$([ $name != stamp ] || echo ' (stamp)')"
done
is "other fields are none of ours" \
    "$(code "$(words='With others' send -F x=1 -F x=2)")" 303
before=$((before + 1))
is "256 fields are read" \
    "$(status -d "$(printf 'a&%.0s' $(seq 255))b" "$action")" 422
is "257 are not" \
    "$(status -d "$(printf 'a&%.0s' $(seq 256))b" "$action")" 400
is "shorter than announced makes no sense" \
    "$(status -d comment=a -P CONTENT_LENGTH=99 "$action")" 400
for length in x -1 1x 99999999999999999999; do
	is "length $length makes no sense" \
	    "$(status -d comment=a -P CONTENT_LENGTH=$length "$action")" 400
done
is "nothing of it was stored" "$(count)" "$before"

# ---- where it may stand (B-05, B-07) --------------------------------------------------------

other=$(approved /2020/01/teh/ 'Under tea.')
held=$(number "$(comment "$page" 'A held one.')")
for parent in "$other" "$held" 999999 9223372036854775807; do
	answer=$(answers=$parent send)
	refused "an answer to $parent" 403 'cannot be answered' "$answer"
	is "which can stand alone" "$(field "$answer" parent)" ''
done
before=$(count)
for parent in x -1 "${id}x" "0$id" '1 ' 9223372036854775808 1.0 ''"$id,$id"; do
	is "parent '$parent' makes no sense (S-19)" \
	    "$(code "$(answers=$parent send)")" 400
done
is "a missing parent is none" \
    "$(code "$(post -F comment=Flat -F author=W -F email=w@x.org)")" 303
before=$((before + 1))

missing=$(get -F comment=a /article/999999/comments)
is "no article, no comment" "$(code "$missing")" 404
for slug in konsep besok; do
	hidden=$(sql "SELECT id FROM article WHERE slug = '$slug'")
	is "$slug answers like none (S-10)" \
	    "$(get -F comment=a "/article/$hidden/comments")" "$missing"
done
for number in 0 01 x 1x -1 9223372036854775808; do
	is "article $number is none" \
	    "$(status -F comment=a "/article/$number/comments" |
		sed 's/405/404/')" 404
done

closed=$(body /2020/01/tutup/)
like "closed is said" "$closed" 'Comments are closed\.'
unlike "and there is no form" "$closed" '<form'
under tutup
refused "a closed article" 403 'were closed while you were writing' "$(send)"
refused "closed comes before fields" 403 'were closed' "$(who='' send)"
refused "the parent before closed" 403 'cannot be answered' \
    "$(answers=$id send)"
under kopi
is "nothing of it was stored" "$(count)" "$before"

# The door closes while somebody writes.
answer=$(body "$page")
sql 'UPDATE article SET open = 0'
refused "closed meanwhile" 403 'were closed' "$(send)"
sql "UPDATE article SET open = 1 WHERE slug <> 'tutup'"

# ---- the stamp ---------------------------------------------------------------------------------

good=$(field "$(body "$page")" stamp)
foreign=$(field "$(body /2020/01/teh/)" stamp)
login=$(field "$(body /admin/login)" stamp)
clock -172800
old=$(field "$(body "$page")" stamp)
clock 0
before=$(count)
n=0
for stamp in '' "$foreign" "$login" "$old" "${good%?}" "x$good" "${good}A" \
    "f${good#?}" "ffffffff.${good#*.}" . x "$good.$good"; do
	n=$((n + 1))
	words="Stamped $n"
	answer=$(get -F "comment=$words" -F author=Wulan \
	    -F email=wulan@example.org -F "stamp=$stamp" "$action")
	refused "stamp $n" 422 'This form was open for a very long time' \
	    "$answer"
	is "stamp $n: not stored" "$(count)" "$before"
	is "stamp $n: what is offered works" \
	    "$(status -F "comment=$words" -F author=Wulan \
		-F email=wulan@example.org \
		-F "stamp=$(field "$answer" stamp)" "$action")" 303
	before=$((before + 1))
done
words='No stamp at all'
answer=$(get -F "comment=$words" -F author=W -F email=w@x.org "$action")
refused "no stamp" 422 'This form was open' "$answer"
clock 86000
words='Next day'
is "a stamp is good for a day" \
    "$(status -F "comment=$words" -F author=W -F email=w@x.org \
	-F "stamp=$good" "$action")" 303
clock 0

for origin in http://evil.example https://127.0.0.1.evil.example \
    http://127.0.0.1.example:8080 evil file:// http:// \
    chrome-extension://x; do
	words="From $origin"
	refused "origin $origin" 422 'This form was open' \
	    "$(send -H "Origin: $origin")"
done
for origin in null http://127.0.0.1:8080 http://127.0.0.1 ''; do
	words="From $origin"
	is "origin $origin is welcome" \
	    "$(code "$(send -H "Origin: $origin")")" 303
done
words='A word.'

# ---- held: for the writer's eyes only (B-24) --------------------------------------------------

words='See [my](https://spam.example/) and https://spam.example/x page.'
answer=$(who=Hari site=https://spam.example/ send)
mine=$(number "$answer")
link=$(header "$answer" Location | sed 's/#.*//')
answer=$(get "$link")
like "the writer sees it" "$answer" "id=\"comment-$mine\""
like "and that it waits" "$answer" \
    'Your comment is awaiting moderation. What you see is a preview'
is "nobody keeps it" "$(header "$answer" Cache-Control)" 'private, no-store'
is "nobody finds it (S-5)" "$(header "$answer" X-Robots-Tag)" noindex
like "nobody finds it in the page either" "$answer" \
    '<meta name="robots" content="noindex">'
is "it has no tag" "$(header "$answer" ETag)" ''
unlike "its links do not work" "$answer" 'href="[^"]*spam\.example'
unlike "it cannot be answered" "$answer" "reply=$mine"
like "the page's own address stays plain" "$answer" \
    "rel=\"canonical\" href=\"http://127.0.0.1:8080$page\""
unlike "the address is not in it" "$answer" 'wulan@example\.org'
token=${link#*pending="$mine"-}
for other_link in "$page?pending=$held-$token" "$page?pending=$mine-" \
    "$page?pending=$mine" "$page?pending=$mine-x$token" \
    "$page?pending=$mine-${token%?}" "$page?pending=$mine-${token}A" \
    "$page?pending=$mine-f${token#?}" "$page?pending=0$mine-$token" \
    "$page?pending=$mine-$good" "$page?pending=-$token" \
    "/2020/01/teh/?pending=$mine-$token" "/?pending=$mine-$token"; do
	answer=$(get "$other_link")
	unlike "${other_link#*pending=} shows nothing" "$answer" \
	    'spam\.example|A held one'
	is "${other_link#*pending=} is the page for all" \
	    "$(header "$answer" Cache-Control)" 'public, no-cache'
done
clock 3700
unlike "after an hour it shows nothing" "$(get "$link")" 'spam\.example'
clock 0
moderate spam "$mine" >/dev/null
like "spammers see that it waits" "$(get "$link")" 'awaiting moderation'
moderate unspam "$mine" >/dev/null
moderate approve "$mine" >/dev/null
answer=$(get "$link")
unlike "approved it waits no more" "$answer" 'awaiting moderation'
is "it is there once" \
    "$(printf '%s\n' "$answer" | grep -c "id=\"comment-$mine\"")" 1
like "its links work" "$answer" 'href="https://spam.example/x"'
like "but not for search engines" "$answer" \
    'href="https://spam.example/" rel="nofollow ugc[^"]*"'
moderate trash "$mine" >/dev/null
moderate delete "$mine" >/dev/null
unlike "deleted it is gone" "$(get "$link")" 'spam\.example'
words='A word.'

# Where it will stand: below what it answers.
answer=$(who=Below answers=$id words='In its place.' send)
like "a held answer stands below" \
    "$(body "$(header "$answer" Location | sed 's/#.*//')" |
	sed -n "/id=\"comment-$id\"/,/<\/ol>/p")" 'In its place'

# ---- twice the same (B-11) --------------------------------------------------------------------------

words='Said twice.'
first=$(send)
before=$(count)
answer=$(send)
is "the same again is welcome" "$(code "$answer")" 303
is "but not stored" "$(count)" "$before"
is "and shows nobody's preview" "$(header "$answer" Location)" \
    "$page?received=1#respond"
like "it is said that it waits" "$(body "$page?received=1")" \
    'Your comment is awaiting moderation\.'
is "with another address it is the same" \
    "$(header "$(mail=other@example.org send)" Location)" \
    "$page?received=1#respond"
is "with other white space too" \
    "$(header "$(words='  Said   twice. ' send)" Location)" \
    "$page?received=1#respond"
before=$(count)
under teh
is "under another article it is new" "$(code "$(send)")" 303
under kopi
is "as an answer it is new" "$(code "$(answers=$id send)")" 303
is "by another name it is new" "$(code "$(who=Bima send)")" 303
is "which makes three" "$(($(count) - before))" 3
again=$(number "$first")
moderate approve "$again" >/dev/null
is "approved, it leads there" "$(header "$(send)" Location)" \
    "$page#comment-$again"
moderate trash "$again" >/dev/null
before=$(count)
is "from the trash it may come back" "$(code "$(send)")" 303
is "as a new one" "$(count)" $((before + 1))

words='Clicked often.'
before=$(count)
stamp=$(field "$(body "$page")" stamp)
for n in 1 2 3 4 5 6 7 8; do
	status -F "comment=$words" -F author=Eight -F email=e@x.org \
	    -F "stamp=$stamp" "$action" >"$tmp/click.$n" &
	clicks="${clicks-} $!"
done
# shellcheck disable=SC2086 # a list of numbers
wait $clicks
is "eight clicks at once are all welcome" \
    "$(cat "$tmp"/click.? | sort -u)" 303
is "and one comment" "$(count)" $((before + 1))
words='A word.'

# ---- depth (B-08) ----------------------------------------------------------------------------------------

under roti
parent=''
chain=''
for n in 1 2 3 4 5 6 7 8 9 10 11 12 13; do
	parent=$(number "$(answers=$parent words="Level $n." who="P$n" send)")
	moderate approve "$parent" >/dev/null
	chain="$chain $parent"
done
deep=$(body "$page")
is "thirteen levels are all there, in order" \
    "$(printf '%s\n' "$deep" | grep -oE 'id="comment-[0-9]+"' |
	tr -dc '0-9\n' | tr '\n' ' ')" "${chain# } "
levels() { # page: how deep its lists are nested
	printf '%s\n' "$1" | grep -oE '</?ol' | awk '
		/<ol/ { if (++d > max) max = d }
		/<\/ol/ { d-- }
		END { print max + 0 }'
}
is "drawn five deep" "$(levels "$deep")" 5
for n in 2 6 12 13; do
	like "level $n says whom it answers" "$deep" \
	    "sebagai balasan untuk P$((n - 1))<|membalas P$((n - 1))<|P$((n - 1))</a>"
done
must "$balas" setting set -d "$blog" thread_depth 10
is "ten when the setting says so" "$(levels "$(body "$page")")" 10
must "$balas" setting set -d "$blog" thread_depth 1
flat=$(body "$page")
is "flat when the setting says so" "$(levels "$flat")" 1
is "and complete" "$(printf '%s\n' "$flat" | grep -c 'id="comment-[0-9]')" 13
must "$balas" setting set -d "$blog" thread_depth 5
# shellcheck disable=SC2086 # a list of numbers
set -- $chain
moderate trash "$6" >/dev/null
gone=$(body "$page")
unlike "one in the middle can go" "$gone" 'Level 6\.'
like "the others stay" "$gone" 'Level 13\.'
moderate delete "$6" >/dev/null
is "for good" "$(printf '%s\n' "$(body "$page")" | grep -c 'id="comment-[0-9]')" 12
under kopi

# ---- staff (B-05 7, S-3) ---------------------------------------------------------------------------------------

printf '%s\n' "$password" |
    "$balas" user add -d "$blog" tuti --name 'Tuti' --role moderator
sign_in "$tmp/tuti" tuti >/dev/null
sign_in "$tmp/admin" >/dev/null
answer=$(get -b "$tmp/tuti" "$page")
is "a page for staff is private (S-16)" "$(header "$answer" Cache-Control)" \
    'private, no-store'
is "and not for the next visitor" "$(header "$(get "$page")" Cache-Control)" \
    'public, no-cache'
unlike "staff type no name" "$answer" 'name="(author|email|url)"'
unlike "and need no note" "$answer" 'email-notes'
is "staff fill in the form" \
    "$(code "$(get -b "$tmp/tuti" -f commentform \
	-F 'comment=From *staff* <b>x</b>' "$page")")" 303
last=$(sql 'SELECT max(id) FROM comment')
like "it is there at once" "$(body "$page")" '<p>From <em>staff</em> '
is "under the display name" \
    "$(sql "SELECT name || user || coalesce(person, 'nobody')
	FROM comment WHERE id = $last")" Tuti2nobody
unlike "staff write no HTML either" "$(body "$page")" '<b>x</b>'
stamp=$(field "$answer" stamp)
before=$(count)
words='Without the token'
refused "staff without the token" 422 'This form was open' \
    "$(get -b "$tmp/tuti" -F "comment=$words" -F "stamp=$stamp" "$action")"
refused "with another's token" 422 'This form was open' \
    "$(get -b "$tmp/tuti" -F "comment=$words" -F "stamp=$stamp" \
	-F "csrf=$(csrf "$tmp/admin")" "$action")"
refused "from another site" 422 'This form was open' \
    "$(get -b "$tmp/tuti" -F "comment=$words" -F "stamp=$stamp" \
	-F "csrf=$(csrf "$tmp/tuti")" -H 'Origin: http://evil.example' \
	"$action")"
is "nothing of it was stored" "$(count)" "$before"
answer=$(get -b "$tmp/admin" -F comment=Forced -F author=Evil \
    -F email=evil@example.org -F url=http://evil.example/ -F "stamp=$stamp" \
    -F "csrf=$(csrf "$tmp/admin")" "$action")
is "a forced name" "$(code "$answer")" 303
is "is not taken" \
    "$(sql 'SELECT name || url || coalesce(person, 0) FROM comment
	ORDER BY id DESC LIMIT 1')" Admin0
like "the article's author has a badge" "$(body "$page")" \
    'Admin</span> <span class="badge">'
unlike "others have none" "$(body "$page")" 'Tuti</span> <span class="badge">'

# ---- what others tripped over ------------------------------------------------------------------------------------

shown() { # text, name, website: as everybody sees it
	shown_id=$(number "$(words=$1 who=${2:-Wulan} site=${3-} send)")
	moderate approve "$shown_id" >/dev/null
	body "$page" | sed -n "/id=\"comment-$shown_id\"/,/<\/article>/p"
}
unlike "a quote in the website (S-2)" \
    "$(shown 'Quote' '' "https://x.example/'onmouseover='alert(1)\"><i>")" \
    "<i>|href='|[^;]onmouseover=[^&]*\"[^<]*[^>]*onm"
long_text="<i title='$(long 16000)"
unlike "an open tag at the border (S-1)" "$(shown "$long_text")" '<i '
like "bidi is taken out of names (S-28)" \
    "$(shown 'Bidi' "$(printf 'a\342\200\256b')")" '>ab</span>'
like "names are composed" "$(shown 'NFC' "$(printf 'Jose\314\201')")" \
    "$(printf '>Jos\303\251</span>')"
unlike "links have no script" \
    "$(shown '[x](javascript:alert(1)) <javascript:alert(1)> [y](&#x6a;avascript:a)')" \
    'href="[^"]*script'
like "twenty-one links are plain text" \
    "$(shown "$(for n in $(seq 21); do echo "http://l$n.example/"; done)")" \
    'http://l21\.example/'
must "$balas" article unpublish -d "$blog" kopi
is "comments of a hidden article are hidden (S-10)" "$(status "/c/$id")" 404
is "and cannot be answered" "$(status -F comment=a "$action")" 404

finish
