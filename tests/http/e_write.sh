#!/bin/sh
# The editor: from an empty form to an article and back, and nothing typed is
# lost on the way.
# shellcheck source=tests/http/lib.sh
. "${srcdir:-.}/tests/http/lib.sh"
# shellcheck source=tests/http/acts.sh
. "${srcdir:-.}/tests/http/acts.sh"

blog_new --time-zone Asia/Jakarta
"$balas" user add -d "$blog" --role editor rini --name Rini <"$tmp/password" ||
    bail "no editor"
program_start
jar=$tmp/jar
sign_in "$jar" >/dev/null
sign_in "$tmp/rini" rini >/dev/null
new=/admin/articles/new

code() { # answer
	first_line "$1" | cut -d ' ' -f 2
}

location() { # answer
	header "$1" Location
}

# Fill in the editor's form at an address and press a button; prints the
# answer.
press() { # button, address, fcgiget's arguments
	press_do=$1 press_uri=$2
	shift 2
	get -b "$jar" -f editform -k "do=$press_do" "$@" "$press_uri"
}

# The notice on the page an answer leads to, in words.
notice() { # answer
	words_of "$(body -b "$jar" "$(location "$1")" |
	    sed -n 's/.*role="status">\([^<]*\).*/\1/p')" | sed 's/ *$//'
}

value() { # page, field
	printf '%s\n' "$1" |
	    sed -n "s/.* name=\"$2\"[^>]* value=\"\([^\"]*\)\".*/\1/p"
}

# The text of the textarea of that name.
text_of() { # page, name
	printf '%s\n' "$1" | sed -n "/<textarea[^>]* name=\"$2\"/,/<\/textarea>/p" |
	    sed '1d; s/<\/textarea>.*//'
}

stored() {
	sqlite3 -batch "$blog/blog.db" .dump | grep -v '^INSERT INTO session '
}

column() { # name, slug
	sql "SELECT $1 FROM article WHERE slug = '$2'"
}

# ---- a draft --------------------------------------------------------------------

like "an empty list invites" "$(body -b "$jar" /admin/articles)" \
    'Write your first post'
form=$(body -b "$jar" $new)
is "the form is empty" \
    "$(value "$form" title)$(text_of "$form" source)$(value "$form" slug)" ''
like "comments are open" "$form" 'name="open"[^>]* checked'
like "the site's language is chosen" "$form" 'value="en" selected'
is "the buttons of a draft" "$(printf '%s\n' "$form" |
    sed -n 's/.*<button[^>]* name="do" value="\([a-z]*\)".*/\1/p' |
    tr '\n' ' ')" 'publish save preview '

answer=$(press save $new -F 'title=Kopi & Teh: "pagi"' \
    -F 'source=First *line*
and <b>second</b>.' -F 'tags=kopi, Teh Hijau ,kopi' -F 'categories=Minuman' \
    -F 'summary=Short & good.')
is "a draft is saved" "$(location "$answer" | sed 's/[0-9][0-9]*/N/')" \
    '/admin/articles/N?done=saved'
edit=$(location "$answer" | sed 's/?.*//')
is "which is said" "$(notice "$answer")" 'Draft saved.'
is "its slug is made from the title" "$(sql 'SELECT slug FROM article')" \
    kopi-teh-pagi
is "it has no address yet" "$(sql 'SELECT path IS NULL FROM article')" 1
is "nobody sees it" "$(body / | grep -c Kopi)" 0
form=$(body -b "$jar" "$edit")
is "the title is there again" "$(value "$form" title)" \
    'Kopi &amp; Teh: &quot;pagi&quot;'
is "the text" "$(text_of "$form" source | tr -d '\r')" 'First *line*
and &lt;b&gt;second&lt;/b&gt;.'
is "the summary" "$(text_of "$form" summary)" 'Short &amp; good.'
is "the tags, once" "$(value "$form" tags)" 'kopi, Teh Hijau'
is "the categories" "$(value "$form" categories)" Minuman
is "no date" "$(value "$form" when)" ''
is "its author wrote it" "$(sql 'SELECT author FROM article')" 1
is "the page is nobody else's" \
    "$(header "$(get -b "$jar" "$edit")" Cache-Control)" 'private, no-store'

# A preview stores nothing.
before=$(stored)
answer=$(press preview "$edit" -F 'title=Not stored' \
    -F 'source=*Preview* <script>x</script>' -F 'tags=other')
is "a preview is a page" "$(code "$answer")" 200
like "with the text as it will be" "$answer" '<em>Preview</em>'
unlike "and no script" "$answer" '<script>x'
is "the form keeps what was typed" "$(value "$answer" title)" 'Not stored'
is "tags too" "$(value "$answer" tags)" other
is "nothing was stored" "$(stored)" "$before"
answer=$(press preview $new -F title=New -F 'source=x')
is "a preview of a new one" "$(code "$answer")" 200
is "stores nothing" "$(stored)" "$before"

# ---- publishing --------------------------------------------------------------------

answer=$(press publish "$edit")
is "it can be published" "$(location "$answer")" "$edit?done=published"
is "which is said" "$(notice "$answer")" 'Post published.'
path=$(column path kopi-teh-pagi)
is "its address is made of date and slug" "$path" \
    "/$(TZ=Asia/Jakarta date +%Y/%m)/kopi-teh-pagi/"
like "the notice leads there" "$(body -b "$jar" "$(location "$answer")")" \
    "href=\"$path\">View Post"
page=$(body "$path")
like "everybody sees it" "$page" \
    '<h1 class="p-name">Kopi &amp; Teh: &quot;pagi&quot;</h1>'
like "the text" "$page" '<em>line</em>'
like "the tags" "$page" 'Teh Hijau'
like "the author" "$page" '>Admin</span>'
is "the buttons are those of an article" \
    "$(body -b "$jar" "$edit" |
	sed -n 's/.*<button[^>]* name="do" value="\([a-z]*\)".*/\1/p' |
	tr '\n' ' ')" 'save preview unpublish '
like "staff find the editor from the page" "$(body -b "$jar" "$path")" \
    "href=\"$edit\""
unlike "others do not" "$page" '/admin/articles'

answer=$(press publish $new -F 'title=Kopi & Teh: "pagi"' -F 'source=Second.')
is "the same title again has a number" \
    "$(sql 'SELECT path FROM article WHERE id = 2')" "${path%/}-2/"
is "and is there" "$(status "${path%/}-2/")" 200
answer=$(press publish $new -F 'title=早安' -F source=x)
is "a title without letters has its number" \
    "$(sql 'SELECT path FROM article WHERE id = 3' | sed 's|.*/\(.*\)/$|\1|')" 3
answer=$(press publish $new -F 'title=Åsa & Œuvre – ça va?' -F source=x)
like "letters of others become ours" \
    "$(sql 'SELECT slug FROM article WHERE id = 4')" '^asa-.*uvre-ca-va$'
answer=$(press publish $new -F title=Own -F slug=my-own-address -F source=x)
is "an address of one's own" "$(code "$answer")" 303
is "is taken" "$(sql 'SELECT path FROM article WHERE id = 5' |
    sed 's|.*/\(.*\)/$|\1|')" my-own-address

# ---- changing ----------------------------------------------------------------------------

tag=$(header "$(get "$path")" ETag)
answer=$(press save "$edit" -F 'title=Kopi saja' -F 'source=Changed.' \
    -F slug=another -F tags=)
is "an article can be changed" "$(location "$answer")" "$edit?done=updated"
is "which is said" "$(notice "$answer")" 'Post updated.'
like "everybody sees the change" "$(body "$path")" 'Changed\.'
is "at once" "$(status -H "If-None-Match: $tag" "$path")" 200
is "its address stays" "$(sql 'SELECT path FROM article WHERE id = 1')" "$path"
unlike "a tag is gone" "$(body "$path")" 'Teh Hijau'
like "home has the new title" "$(body /)" 'Kopi saja'
like "its neighbour too" "$(body "${path%/}-2/")" 'Kopi saja'
answer=$(press save "$edit" -u open)
like "comments can be closed" "$(body "$path")" 'Comments are closed'
answer=$(press save "$edit" -F open=1 -F language=id)
like "and opened, in another language" "$(body "$path")" 'Tinggalkan Balasan'
answer=$(press save "$edit" -F when=2020-02-03T04:05)
is "its date can be another" \
    "$(sql 'SELECT published_at FROM article WHERE id = 1')" \
    "$(TZ=Asia/Jakarta date -d '2020-02-03 04:05' +%s)"
like "which is shown" "$(body "$path")" '3 Februari 2020'
is "its address stays then, too" \
    "$(sql 'SELECT path FROM article WHERE id = 1')" "$path"
answer=$(press save "$edit" -F when=)
is "without a date it keeps the one it has" \
    "$(sql 'SELECT published_at FROM article WHERE id = 1')" \
    "$(TZ=Asia/Jakarta date -d '2020-02-03 04:05' +%s)"

answer=$(press unpublish "$edit" -F 'source=Withdrawn.')
is "it can be withdrawn" "$(location "$answer")" "$edit?done=unpublished"
is "which is said" "$(notice "$answer")" \
    'Post unpublished. It is a draft again.'
is "nobody sees it" "$(status "$path")" 404
unlike "home neither" "$(body /)" 'Kopi saja'
is "what was typed is saved" \
    "$(sql 'SELECT source FROM article WHERE id = 1')" 'Withdrawn.'
answer=$(press publish "$edit" -F slug=third)
is "published again it has its address" \
    "$(sql 'SELECT path FROM article WHERE id = 1')" "$path"
is "and is there" "$(status "$path")" 200

# ---- later ----------------------------------------------------------------------------------

answer=$(press publish $new -F 'title=Later' -F source=x \
    -F when=2100-01-02T03:04)
is "a date to come" "$(notice "$answer")" \
    'Post scheduled for January 2, 2100 at 3:04 am.'
later=$(location "$answer" | sed 's/?.*//')
is "is part of the address" "$(column path later)" /2100/01/later/
is "until then it is not there" "$(status /2100/01/later/)" 404
unlike "nor in lists" "$(body /)" 'Later'
like "staff see what it is" "$(words_of "$(body -b "$jar" /admin/articles)")" \
    'Scheduled'
answer=$(press save "$later" -F when=2020-01-02T03:04)
is "an earlier date shows it" "$(status /2100/01/later/)" 200

# ---- what is wrong ----------------------------------------------------------------------------

long() { # bytes
	head -c "$1" /dev/zero | tr '\0' a
}
before=$(stored)
wrong() { # description, field, message, fcgiget's arguments
	wrong_text=$1 wrong_field=$2 wrong_words=$3
	shift 3
	for wrong_uri in $new "$edit"; do
		wrong_page=$(get -b "$jar" -F "csrf=$(csrf "$jar")" \
		    -F language=id "$@" -F revision=1 -F do=publish \
		    "$wrong_uri")
		is "$wrong_text: refused" "$(code "$wrong_page")" 422
		like "$wrong_text: says so" "$wrong_page" \
		    "<a href=\"#$wrong_field\">[^<]*$wrong_words"
		like "$wrong_text: the field is marked" "$wrong_page" \
		    "id=\"$wrong_field\"[^>]* aria-invalid=\"true\""
		like "$wrong_text: so is the title" "$wrong_page" \
		    '<title>Error:'
	done
}
wrong "no title" title 'give the post a title' -F title= -F source=x
wrong "a blank title" title 'give the post a title' -F 'title=  ' -F source=x
wrong "a long title" title 'at most 300' -F "title=$(long 301)" -F source=x
wrong "a title with a control character" title 'characters' \
    -F "title=$(printf 'a\001b')" -F source=x
wrong "a title that is no UTF-8" title 'characters' \
    -F "title=$(printf 'a\377b')" -F source=x
for slug in 'Not A Slug' UPPER a--b -a a- a/b ../x a.b ä "$(long 101)"; do
	wrong "address $slug" slug 'small letters, digits' -F title=T \
	    -F source=x -F "slug=$slug"
done
wrong "a long summary" summary 'at most 2,000' -F title=T -F source=x \
    -F "summary=$(long 2001)"
for when in yesterday 2020-13-01T10:00 2020-02-30T10:00 2020-01-01T25:00 \
    '2020-01-01T10:00x' 99999-01-01T00:00; do
	wrong "date $when" when 'year-month-day' -F title=T -F source=x \
	    -F "when=$when"
done
wrong "a control character in the text" source '“Text”|“Teks”' \
    -F title=T -F "source=$(printf 'a\033b')"
wrong "a tag that cannot have an address" tags '早安' -F title=T \
    -F source=x -F 'tags=kopi, 早安'
wrong "a tag with a control character" tags 'characters' -F title=T \
    -F source=x -F "tags=$(printf 'a\001b')"
wrong "a category that cannot have an address" categories '早安' \
    -F title=T -F source=x -F 'categories=早安'
wrong "too many of them" categories 'at most 32' -F title=T -F source=x \
    -F "tags=$(seq -s , 20)" -F "categories=$(seq -s , 13)"
is "nothing was stored" "$(stored)" "$before"

# Nothing typed is lost, in any field.
answer=$(get -b "$jar" -F "csrf=$(csrf "$jar")" -F language=id -F title= \
    -F 'slug=Not "a" slug' -F "summary=It's <short>" -F 'tags=a, <b>' \
    -F 'categories=C & D' -F when='not "a" date' -F revision=1 \
    -F "source=
  kept & <all>
" -F do=publish "$edit")
is "title, kept" "$(value "$answer" title)" ''
is "address, kept" "$(value "$answer" slug)" 'Not &quot;a&quot; slug'
is "summary, kept" "$(text_of "$answer" summary)" "It&#39;s &lt;short&gt;"
is "tags, kept" "$(value "$answer" tags)" 'a, &lt;b&gt;'
is "categories, kept" "$(value "$answer" categories)" 'C &amp; D'
is "date, kept" "$(value "$answer" when)" 'not &quot;a&quot; date'
is "text, kept" "$(text_of "$answer" source | tr -d '\r' | cat -A)" '$
  kept &amp; &lt;all&gt;$
$'
like "language, kept" "$answer" 'value="id" selected'
unlike "closed comments, kept" "$answer" 'name="open"[^>]* checked'
is "all errors at once" "$(printf '%s\n' "$answer" |
    grep -c '<li><a href="#')" 3

is "no language makes no sense" \
    "$(status -b "$jar" -F "csrf=$(csrf "$jar")" -F title=T -F source=x $new)" \
    400
is "a field twice makes no sense" \
    "$(status -b "$jar" -F "csrf=$(csrf "$jar")" -F title=T -F title=U \
	-F source=x -F language=en $new)" 400
is "an article that is not there" \
    "$(status -b "$jar" -F "csrf=$(csrf "$jar")" -F title=T -F language=en \
	/admin/articles/999)" 404
head -c 2000000 /dev/zero | tr '\0' a >"$tmp/text"
{
	printf 'csrf=%s&title=Long&language=en&do=save&source=' \
	    "$(csrf "$jar")"
	cat "$tmp/text"
} >"$tmp/body"
answer=$(get -b "$jar" -D "$tmp/body" $new)
is "two megabytes are an article" "$(code "$answer")" 303
head -c 9000000 /dev/zero | tr '\0' a >>"$tmp/body"
is "more than the form may hold are not" \
    "$(status -b "$jar" -D "$tmp/body" $new)" 413
head -c 3000000 "$tmp/body" >"$tmp/body3"
answer=$(get -b "$jar" -D "$tmp/body3" $new)
is "three are too long" "$(code "$answer")" 422
is "but not lost" \
    "$(text_of "$answer" source | wc -c)" \
    "$(($(wc -c <"$tmp/body3") - $(head -c 200 "$tmp/body3" |
	sed 's/source=.*/source=/' | wc -c) + 1))"

# ---- two at a time ------------------------------------------------------------------------------

form=$(body -b "$jar" "$edit")
revision=$(field "$form" revision)
get -b "$tmp/rini" -f editform -k do=save -F 'source=What Rini wrote.' \
    "$edit" >/dev/null
before=$(stored)
answer=$(get -b "$jar" -F "csrf=$(csrf "$jar")" -F title=Mine -F language=en \
    -F 'source=What I wrote.' -F tags=mine -F "revision=$revision" \
    -F do=save "$edit")
is "who comes second is told" "$(code "$answer")" 409
like "in words" "$answer" 'Somebody else changed this post'
is "and has his text" "$(text_of "$answer" source)" 'What I wrote.'
is "his title" "$(value "$answer" title)" Mine
is "his tags" "$(value "$answer" tags)" mine
like "and the other" "$answer" '^What Rini wrote\.</textarea>'
is "nothing was overwritten" "$(stored)" "$before"
again=$(field "$answer" revision)
answer=$(get -b "$jar" -F "csrf=$(csrf "$jar")" -F title=Mine -F language=en \
    -F 'source=Both.' -F "revision=$again" -F do=save "$edit")
is "then he decides" "$(code "$answer")" 303
is "and it is stored" "$(sql 'SELECT source FROM article WHERE id = 1')" Both.
for revision in 0 999 x ''; do
	is "revision '$revision' is not the one" \
	    "$(status -b "$jar" -F "csrf=$(csrf "$jar")" -F title=T \
		-F language=en -F source=x -F "revision=$revision" \
		-F do=save "$edit")" 409
done
revision=$(field "$(body -b "$jar" "$edit")" revision)
"$balas" article unpublish -d "$blog" "$path" >/dev/null
is "withdrawing is a change, too" \
    "$(status -b "$jar" -F "csrf=$(csrf "$jar")" -F title=T -F language=en \
	-F source=x -F "revision=$revision" -F do=save "$edit")" 409

# ---- the list --------------------------------------------------------------------------------------

for n in $(seq 35); do
	printf -- '---\ntitle: Row %s\n---\nx\n' "$n" >"$tmp/row$n.md"
done
"$balas" article add -d "$blog" "$tmp"/row*.md >/dev/null
list=$(body -b "$jar" /admin/articles)
is "thirty on a page" "$(printf '%s\n' "$list" | grep -c '<tr>')" 31
older=$(printf '%s\n' "$list" |
    sed -n 's/.*rel="next"[^>]* href="\([^"]*\)".*/\1/p' | sed 's/&amp;/\&/g')
is "older ones are a page further" \
    "$(body -b "$jar" "$older" | grep -c '<tr>')" \
    "$(($(sql 'SELECT count(*) FROM article') - 30 + 1))"
for tab in draft:draft published:published; do
	is "the list of ${tab%:*}" \
	    "$(body -b "$jar" "/admin/articles?tab=${tab%:*}" |
		grep -c '<tr>')" \
	    "$(sql "SELECT min(count(*), 30) + 1 FROM article
		WHERE status = '${tab#*:}'")"
done
for query in tab=x after=x after=1 after=1.x after=.. "after=1.1.1"; do
	is "?$query is a list" "$(status -b "$jar" "/admin/articles?$query")" \
	    200
done
is "?tab twice makes no sense" \
    "$(status -b "$jar" '/admin/articles?tab=draft&tab=all')" 400

finish
