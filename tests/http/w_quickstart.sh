#!/bin/sh
# cgi/quickstart in a copy of the sources, in a folder with a blank, started
# from elsewhere and without standard input.
# shellcheck source=tests/http/lib.sh
. "${srcdir:-.}/tests/http/lib.sh"
# shellcheck source=tests/http/web.sh
. "$srcdir/tests/http/web.sh"

copy="$tmp/my sources"
quick="$copy/cgi/quickstart"
home="$tmp/my blog"
out=$tmp/out
mkdir "$copy"
(cd "$srcdir" && tar -cf - --exclude='./build*' --exclude=./run \
    --exclude=./.git --exclude=./autom4te.cache .) | (cd "$copy" && tar -xf -)
[ -d "$copy/build-aux" ] || mkdir "$copy/build-aux"
if [ -d "$srcdir/build-aux" ]; then
	cp -p "$srcdir"/build-aux/* "$copy/build-aux/"
fi

quickstart() { # arguments
	: >"$out"
	(cd / && exec sh "$quick" --no-install --dir "$home" "$@") \
	    <&- >"$out" 2>&1 &
	web_job=$!
	quick_tries=1500
	until grep -q ready "$out"; do
		quick_tries=$((quick_tries - 1))
		if [ $quick_tries = 0 ] || ! kill -0 "$web_job" 2>/dev/null
		then
			diag "$(cat "$out")"
			bail "quickstart does not get ready"
		fi
		sleep 0.2
	done
	url=$(sed -n 's/^ *Blog *//p' "$out")
}

# Everything that runs out of the copy or on the blog; grep is not asked for
# by name, so it does not find itself.
# shellcheck disable=SC2062 # the pattern comes from standard input
running() {
	printf '%s\n' "$copy/build/balas" "$home" |
	    grep -lFs --file=- -- /proc/[0-9]*/cmdline | tr -dc '0-9\n'
}

# How many processes are left, after a while for the slow ones.
left() {
	left_tries=30
	while [ -n "$(running)" ] && [ $left_tries -gt 0 ]; do
		left_tries=$((left_tries - 1))
		sleep 0.1
	done
	running | wc -l
}

end() { # signal
	kill "-$1" "$web_job"
	wait "$web_job" 2>"$tmp/noise"
	end_status=$?
	web_job=
}

like "--help helps" "$(sh "$quick" --help)" 'usage: .*quickstart'
ok "and asks for nothing" sh "$quick" --help
like "a wrong option is refused" "$(sh "$quick" --wrong 2>&1; echo $?)" '^1$'
like "a wrong port is refused" "$(sh "$quick" --port 70000 2>&1; echo $?)" \
    '^1$'

quickstart --server lighttpd
is "the blog answers" "$(web_status "$url")" 200
like "on this machine only" "$url" '^http://127\.0\.0\.1:[0-9]+/$'
like "the admin's address is there" "$(cat "$out")" "Admin +${url}admin/"
like "the user's name too" "$(cat "$out")" 'User +admin'
like "and a password" "$(cat "$out")" \
    'Password ([a-z0-9]{5}-){3}[a-z0-9]{5} '
unlike "which no file has" "$(grep -rF "$(sed -n \
    's/^ *Password \([^ ]*\).*/\1/p' "$out")" "$home" "$copy/build/"*.log)" .
is "balas.conf says where" "$(sed -n 's/^url = //p' "$home/balas.conf")" "$url"
like "a second one on this blog is refused" \
    "$(sh "$quick" --no-install --dir "$home" 2>&1)" "is being served: $url"

for pid in $(grep -lFs -- "$copy/build/balas.fcgi" /proc/[0-9]*/cmdline |
    tr -dc '0-9\n'); do
	kill -9 "$pid" 2>"$tmp/noise"
done
again=50
until [ "$(web_status "$url")" = 200 ] || [ $again = 0 ]; do
	again=$((again - 1))
	sleep 0.2
done
is "a program that died is started again" "$(web_status "$url")" 200

end TERM
is "TERM ends it in good order" "$end_status" 0
is "with all that it started" "$(left)" 0
is "and nobody listens" "$(web_status "$url")" 000

sum=$(cksum <"$home/key")
other=$((20000 + $$ % 10000))
while web_taken $other; do
	other=$((other + 1))
done
quickstart --server nginx --port $other
is "behind nginx, on a port of our choice" "$url" "http://127.0.0.1:$other/"
is "it answers as well" "$(web_status "$url")" 200
is "balas.conf follows" "$(sed -n 's/^url = //p' "$home/balas.conf")" "$url"
is "the blog is the same" "$(cksum <"$home/key")" "$sum"
unlike "the password is not shown again" "$(cat "$out")" \
    '([a-z0-9]{5}-){3}[a-z0-9]{5}'

end KILL
quickstart
like "after a hard end it keeps the address and answers" \
    "$url $(web_status "$url")" ":$other/ 200"
end TERM
is "and leaves nothing behind" "$(left)" 0
is "not even a folder" "$(find /tmp -maxdepth 1 -name 'balas-????????' \
    -user "$(id -u)" -newer "$out" | wc -l)" 0

finish
