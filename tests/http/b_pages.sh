#!/bin/sh
# What readers see: every public address, and what it says to caches.
# shellcheck source=tests/http/lib.sh
. "${srcdir:-.}/tests/http/lib.sh"
# shellcheck source=tests/http/acts.sh
. "${srcdir:-.}/tests/http/acts.sh"

blog_new --title 'The Stall' --time-zone Asia/Jakarta
must "$balas" setting set -d "$blog" posts_per_page 2
for day in 1 2 3 4; do
	article "day-$day" "date: 2020-03-0$day 10:30"
done
article kopi 'lang: id' 'title: Kopi pagi' 'date: 2020-01-02 10:00'
article notes 'status: draft'
article ahead 'date: 2100-01-01 00:00'
program_start

page=/2020/03/day-1/

etag() { # as get
	header "$(get "$@")" ETag
}

location() { # as get
	header "$(get "$@")" Location
}

# ---- lists ------------------------------------------------------------------

home=$(body /)
like "home has the newest first" "$home" 'href="/2020/03/day-4/"'
unlike "home has as many as the setting says" "$home" 'day-2'
unlike "home has no draft" "$home" 'notes'
unlike "home has nothing of tomorrow" "$home" 'ahead'
like "home leads to older ones" "$home" 'rel="next"[^>]* href="/page/2/"'
unlike "home has nothing newer" "$home" 'rel="prev"'

second=$(body /page/2/)
like "page 2 goes on" "$second" 'href="/2020/03/day-2/"'
like "page 2 leads back" "$second" 'rel="prev"[^>]* href="/"'
like "page 2 leads on" "$second" 'rel="next"[^>]* href="/page/3/"'
like "page 2 says so in its title" "$second" '<title>Page 2 '
like "page 2 is its own canonical" "$second" \
    'rel="canonical" href="http://127.0.0.1:8080/page/2/"'
third=$(body /page/3/)
like "the last page has the rest" "$third" 'Kopi pagi'
unlike "the last page leads no further" "$third" 'rel="next"'
is "page 1 is home" "$(location /page/1/)" /
is "and says so for good" "$(status /page/1/)" 301
for uri in /page/99/ /page/0/ /page/01/ /page/%2B2/ /page/-1/ /page/2x/ \
    /page/%202/ /page/9223372036854775808/ /page/18446744073709551618/; do
	is "$uri is not there" "$(status $uri)" 404
done

# ---- an article ---------------------------------------------------------------

answer=$(get $page)
is "an article is there" "$(first_line "$answer")" "HTTP/1.1 200 OK"
like "with its title" "$answer" '<h1 class="p-name">About day-1</h1>'
like "its text" "$answer" '<p>A few words.</p>'
like "its author" "$answer" '<span class="p-author h-card">Admin</span>'
like "its date, with the zone" "$answer" \
    'datetime="2020-03-01T10:30:00\+07:00">March 1, 2020</time>'
like "its own address as canonical" "$answer" \
    "rel=\"canonical\" href=\"http://127.0.0.1:8080$page\""
like "the next one" "$answer" 'rel="next"[^>]* href="/2020/03/day-2/"'
like "the one before" "$answer" 'rel="prev"[^>]* href="/2020/01/kopi/"'
is "shared caches may keep it and ask" \
    "$(header "$answer" Cache-Control)" 'public, no-cache'
is "no cookie for readers" "$(header "$answer" Set-Cookie)" ''
unlike "and nothing of another site" "$answer" \
    '(src|href)="(https?:)?//(127\.0\.0\.1:8080)?[^/1]'

id=$(approved $page 'A comment to find.')
answer=$(get "/c/$id")
is "a permalink leads to the comment" "$(header "$answer" Location)" \
    "$page#comment-$id"
is "with See Other" "$(first_line "$answer")" 'HTTP/1.1 303 See Other'
held=$(number "$(comment $page 'A comment nobody may find.')")
for uri in "/c/$held" "/c/0$id" /c/0 /c/ /c/999 /c/x "/c/${id}x"; do
	is "$uri is not there" "$(status "$uri")" 404
done

# ---- what is not there ----------------------------------------------------------

missing=$(get /2020/01/nothing/)
is "a missing article is 404" "$(first_line "$missing")" \
    'HTTP/1.1 404 Not Found'
must "$balas" article publish -d "$blog" notes
must "$balas" article unpublish -d "$blog" notes
for what in draft:notes scheduled:ahead; do
	path=$(sql "SELECT path FROM article WHERE slug = '${what#*:}'")
	is "a ${what%:*} article answers like a missing one" \
	    "$(get "$path")" "$missing"
	is "also without its slash" "$(get "${path%/}")" "$missing"
done
is "an address of its own has nothing hidden there" \
    "$(header "$missing" Cache-Control)" 'private, no-store'
is "nor anything to index" "$(header "$missing" X-Robots-Tag)" noindex

# ---- one address for each page ----------------------------------------------------

while read -r from to; do
	answer=$(get "$from")
	is "$from moves" "$(first_line "$answer")" \
	    'HTTP/1.1 301 Moved Permanently'
	is "$from moves to $to" "$(header "$answer" Location)" "$to"
	is "$to is not moved again" "$(status "$to")" 200
done <<'END'
/2020/03/day-1 /2020/03/day-1/
//2020/03/day-1?x=%2f /2020/03/day-1/?x=%2f
//2020///03//day-1// /2020/03/day-1/
/2020/03/%64ay-1/ /2020/03/day-1/
/2020%2f03%2Fday-1/ /2020/03/day-1/
//page/2/ /page/2/
/page/2 /page/2/
/%70age/2/ /page/2/
// /
///?a=1 /?a=1
//2020/03/day-1/?reply=1&x=%2f&x /2020/03/day-1/?reply=1&x=%2f&x
END
is "HEAD is moved too" "$(location -X HEAD //)" /
is "a POST is not" "$(status -X POST //)" 405

for uri in /.. /../ /a/../b /a/.. /./ /a/. /%2e%2e /%2e%2e/ /.%2e/x \
    '/%2E./x' /%00 '/a%00b' /%ff /%c3%28 /%ed%a0%80 /%c0%af '/a\b' /a%5cb \
    /%0a /%0d%0aX:y /%7f '' x '*' '/\\x'; do
	is "'$uri' makes no sense" "$(status "$uri")" 400
done
is "8 KiB of address are too much" \
    "$(status "/$(head -c 8192 /dev/zero | tr '\0' a)")" 400

# ---- parameters ---------------------------------------------------------------------

tag=$(etag $page)
for query in '?' '?x=1' '?utm_source=a&fbclid=b' '?x=1&x=2' '?reply=' \
    '?reply=999' '?reply=x' '?reply=1x' '?%00=%ff' '?=&&==' "?reply=$held" \
    '?comments' "?pending=$held" "?pending=$held-1.x" '?page=2'; do
	is "$query changes nothing" "$(etag "$page$query")" "$tag"
done
for query in 'reply=1&reply=1' 'reply=1&%72eply=2' 'pending=a&pending=b' \
    'received=1&received=1'; do
	is "?$query says two things" "$(status "$page?$query")" 400
done
is "too many parameters are refused" \
    "$(status "/?$(printf 'a&%.0s' $(seq 300))")" 400
answer=$(get "$page?reply=$id")
is "?reply= is made for one visitor" "$(header "$answer" Cache-Control)" \
    'private, no-store'
is "and for no search engine" "$(header "$answer" X-Robots-Tag)" noindex
like "its canonical is the article" "$answer" \
    "rel=\"canonical\" href=\"http://127.0.0.1:8080$page\""

# ---- methods ----------------------------------------------------------------------------

for uri in / /page/2/ $page "/c/$id" /nothing /admin/login /admin/comments; do
	full=$(get "$uri")
	head=$(get -X HEAD "$uri")
	is "HEAD $uri says what GET says" \
	    "$(printf '%s\n' "$head" | grep -vi '^set-cookie')" \
	    "$(printf '%s\n' "$full" | sed '/^$/,$d' |
		grep -vi '^set-cookie')"
	is "HEAD $uri has no body" "$(body -X HEAD "$uri" | wc -c)" 0
done
while read -r uri allow; do
	for method in GET HEAD POST PUT DELETE PATCH OPTIONS TRACE get; do
		case ", $allow," in
		*", $method,"*) continue ;;
		esac
		answer=$(get -X $method "$uri")
		is "$method $uri is 405" "$(first_line "$answer")" \
		    'HTTP/1.1 405 Method Not Allowed'
		is "$method $uri: what is allowed" \
		    "$(header "$answer" Allow)" "$allow"
	done
done <<'END'
/ GET, HEAD
/page/2/ GET, HEAD
/c/1 GET, HEAD
/article/1/comments POST
/static/style.css GET, HEAD
/media/x.png GET, HEAD
/admin/login GET, HEAD, POST
/admin/logout POST
/admin/ GET, HEAD
/admin/comments GET, HEAD, POST
/admin/articles GET, HEAD
/admin/articles/new GET, HEAD, POST
/admin/articles/1 GET, HEAD, POST
/2020/03/day-1/ GET, HEAD
END

# ---- files ---------------------------------------------------------------------------------

for file in $(printf '%s\n' "$home" "$(body $page)" |
    grep -oE '"/static/[^"]*"' | tr -d '"' | sort -u); do
	answer=$(get "$file")
	is "$file is there" "$(first_line "$answer")" 'HTTP/1.1 200 OK'
	is "$file never changes" "$(header "$answer" Cache-Control)" \
	    'public, max-age=31536000, immutable'
	like "$file has its type" "$(header "$answer" Content-Type)" \
	    '^(text/css|text/javascript|image/svg\+xml); charset=utf-8$'
	is "$file by another version is not there" \
	    "$(status "$(printf '%s\n' "$file" |
		sed 's/\.[0-9a-f]*\./.000000000000./')")" 404
done
for uri in /static/ /static/style.css /static/tmpl/base.html \
    /static//etc/passwd /media/ /media/nothing.png /media/.hidden; do
	is "$uri is not there" "$(status $uri | sed 's/^301$/404/')" 404
done

# ---- 304 ------------------------------------------------------------------------------------

# The stamp in the form belongs to an hour: wait for the next one when this
# one is all but over.
left=$((3600 - $(date +%s) % 3600))
[ $left -gt 20 ] || sleep $((left + 1))

changed() { # description, yes or no, command
	changed_page=$(etag $page) changed_home=$(etag /)
	changed_text=$1 changed_want=$2
	shift 2
	"$@" >/dev/null
	changed_got=$(status -H "If-None-Match: $changed_page" $page)
	is "$changed_text: the article" "$changed_got" \
	    "$([ "$changed_want" = yes ] && echo 200 || echo 304)"
	changed_got=$(status -H "If-None-Match: $changed_home" /)
	is "$changed_text: home" "$changed_got" \
	    "$([ "$changed_want" = yes ] && echo 200 || echo 304)"
}

changed "nothing happens" no true
changed "a comment is held" no comment $page 'Held.'
held=$(sql "SELECT max(id) FROM comment")
changed "it is approved" yes moderate approve "$held"
changed "it is approved again" no moderate approve "$held"
changed "it is held again" yes moderate hold "$held"
changed "it goes to spam" no moderate spam "$held"
changed "it is no spam" no moderate unspam "$held"
changed "it goes to the trash" no moderate trash "$held"
changed "it is deleted" no moderate delete "$held"
changed "a draft is written" no article draft2 'status: draft'
changed "an article is published" yes article day-5 'date: 2020-03-05 10:30'
changed "another is unpublished" yes "$balas" article unpublish -d "$blog" day-5
changed "a setting is set" yes "$balas" setting set -d "$blog" tagline Open

tag=$(etag $page)
for list in '*' "$tag" "W/$tag" "\"x\", $tag" "\"x\",W/$tag , \"y\""; do
	answer=$(get -H "If-None-Match: $list" $page)
	is "If-None-Match: $list" "$(first_line "$answer")" \
	    'HTTP/1.1 304 Not Modified'
done
is "a 304 repeats its tag" "$(header "$answer" ETag)" "$tag"
is "and who may keep the page" "$(header "$answer" Cache-Control)" \
    'public, no-cache'
is "a 304 has no body" "$(body -H "If-None-Match: $tag" $page | wc -c)" 0
for list in '"x"' "${tag%?}" '""' 'x' ','; do
	is "If-None-Match: $list gets the page" \
	    "$(status -H "If-None-Match: $list" $page)" 200
done
is "other pages have other tags" \
    "$(for uri in / /page/2/ $page /2020/03/day-2/; do etag "$uri"; done |
	sort -u | wc -l)" 4

# A scheduled article appears by itself, and pages change with it.
tag=$(etag /)
soon=$(($(date +%s) + 2))
article soon "date: $(TZ=Asia/Jakarta date -d "@$soon" '+%Y-%m-%d %H:%M')"
sql "UPDATE article SET published_at = $soon WHERE slug = 'soon'"
path=$(sql "SELECT path FROM article WHERE slug = 'soon'")
tag=$(etag /)
is "not yet there" "$(status "$path")" 404
sleep 3
is "there when its time has come" "$(status "$path")" 200
is "and home shows it" "$(status -H "If-None-Match: $tag" /)" 200

# ---- the host --------------------------------------------------------------------------------

for uri in / $page "$page?reply=$id" "/c/$id" /page/1/ //page/2/ /nothing \
    /admin/login /admin/comments /%00; do
	is "$uri does not depend on the host" \
	    "$(get -n evil.example -H 'X-Forwarded-Host: evil.example' \
		-H 'X-Forwarded-Proto: gopher' -H 'Forwarded: host=evil' "$uri" |
		sed 's/name="stamp" value="[^"]*"//')" \
	    "$(get "$uri" | sed 's/name="stamp" value="[^"]*"//')"
done
is "nor on the scheme" "$(body -S https $page)" "$(body $page)"

# ---- Indonesian --------------------------------------------------------------------------------

kopi=$(body /2020/01/kopi/)
like "the page speaks its article's language" "$kopi" '<html lang="id"'
like "its words" "$kopi" 'Tinggalkan Balasan'
like "its form" "$kopi" 'Alamat email Anda tidak akan dipublikasikan'
like "its dates" "$kopi" '>2 Januari 2020</time>'
id=$(approved /2020/01/kopi/ 'Enak.')
sql "UPDATE comment SET created_at = unixepoch('2020-08-17 03:00:00')
    WHERE id = $id"
"$balas" setting set -d "$blog" tagline Buka
like "its times" "$(body /2020/01/kopi/)" \
    '"2020-08-17T10:00:00\+07:00">17 Agustus 2020 pukul 10.00</time>'
like "home keeps its own language" "$third" '<html lang="en"'
like "and the article its own" "$third" 'lang="id"'
like "words around it too" "$third" 'menit baca'
must "$balas" setting set -d "$blog" language id
like "the site can speak it" "$(body /)" '<html lang="id"'
like "its errors too" "$(body /nothing)" 'Laman tidak ditemukan'
like "and the sign-in form" "$(body /admin/login)" 'Nama pengguna'
program_stop

# ---- a list of hosts -----------------------------------------------------------------------------

cp "$blog/balas.conf" "$tmp/conf"
echo 'hosts = 127.0.0.1, blog.example, [::1]' >>"$blog/balas.conf"
program_start
for host in 127.0.0.1 127.0.0.1:8080 blog.example blog.example:443 '[::1]' \
    '[::1]:8080'; do
	is "host $host is ours" "$(status -n "$host" /)" 200
done
for host in evil.example '' blog.example.evil '::1' 'evil blog.example' \
    '127.0.0.1@evil.example'; do
	is "host '$host' is not" "$(status -n "$host" $page)" 421
done
is "not for a POST either" \
    "$(status -n evil.example -F a=b /article/1/comments)" 421
program_stop
cp "$tmp/conf" "$blog/balas.conf"

# ---- under a path -----------------------------------------------------------------------------------

sed 's|^url = .*|url = https://example.org/blog/|' "$tmp/conf" \
    >"$blog/balas.conf"
program_start
is "the blog can lie under a path" "$(status /blog/)" 200
is "its door has a slash" "$(location /blog)" /blog/
is "with the query" "$(location '/blog?a=1')" '/blog/?a=1'
is "its pages move below it" "$(location /blog//page/1/)" /blog/page/1/
is "one step after the other" "$(location /blog/page/1/)" /blog/
is "an article is below it" "$(status "/blog$page")" 200
is "permalinks lead below it" "$(location /blog/c/1)" \
    "/blog$page#comment-1"
is "everything else is not ours" "$(status "$page")" 404
is "nor what only begins like it" "$(status /blogger/)" 404
is "nor what is above" "$(status /blog/../)" 400
for uri in /blog/ "/blog$page" /blog/page/2/ /blog/nothing /elsewhere \
    /blog/admin/login; do
	unlike "every link of $uri is below it" \
	    "$(body $uri | grep -oE '(href|src|action)="[^"]*"')" \
	    '="(/([^b]|b[^l])|/"|https?://([^e]|example\.org/[^b]))'
done
like "canonical too" "$(body "/blog$page")" \
    "rel=\"canonical\" href=\"https://example.org/blog$page\""
is "a comment comes home" \
    "$(header "$(comment "/blog$page" 'Below.' '' '' -n example.org \
	-S https)" Location | sed 's/?.*//')" "/blog$page"

finish
