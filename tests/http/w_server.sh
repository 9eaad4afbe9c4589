# What must hold behind every web server; sourced by w_<server>.sh, which has
# set the server's name and perhaps the path.
# shellcheck shell=sh
# shellcheck source=tests/http/lib.sh
. "${srcdir:-.}/tests/http/lib.sh"
# shellcheck source=tests/http/web.sh
. "$srcdir/tests/http/web.sh"

web_new "${server:?}" "${path:-/}"
blog_new
program_start
web_start

is "the front page is there" "$(web_status "$url")" 200
is "an unknown address is 404" "$(web_status "${url}nothing")" 404
is "HEAD works" "$(web_status -I "$url")" 200
is "POST to the front page is 405" "$(web_status -d a=b "$url")" 405
is "too long a body is refused" \
    "$(head -c 40000000 /dev/zero |
	web_status -H 'Expect:' --data-binary @- "$url")" 413

front=$(web_curl -i "$url" | tr -d '\r')
etag=$(header "$front" ETag)
is "what the reader has is not sent again" \
    "$(web_status -H "If-None-Match: $etag" "$url")" 304
like "the policy comes through" \
    "$(header "$front" Content-Security-Policy)" "default-src 'none'"
is "the program says what may be cached" \
    "$(header "$front" Cache-Control | grep -c .)" 1

# The address is the program's to judge, as the visitor sent it; what leaves
# the blog's path is the server's.
for uri in '//' '/%2e%2e/' '/a%2Fb' '/%00' '/%ff' '/../x' '/a/./b'; do
	like "$uri is answered, not served" \
	    "$(web_status "${url%/}$uri")" '^(200|301|308|400|403|404)$'
done
is "a Proxy header harms nobody" \
    "$(web_status -H 'Proxy: http://127.0.0.1:1/' "$url")" 200

# Twelve at once, more than there are threads in a small program.
web_many=$(printf "url = \"$url\"\noutput = /dev/null\n%.0s" \
    1 2 3 4 5 6 7 8 9 10 11 12 |
    web_curl -Z --parallel-immediate -w '%{http_code}\n' -K - | sort -u)
is "twelve readers at once" "$web_many" 200

# A program that went away is an error, its return is noticed.
program_stop
like "without the program the server says so" "$(web_status "$url")" '^50[0-9]$'
program_start
web_tries=50
until [ "$(web_status "$url")" = 200 ] || [ $web_tries = 0 ]; do
	web_tries=$((web_tries - 1))
	sleep 0.2
done
is "with the program it works again" "$(web_status "$url")" 200

finish
