# For tests that need a real web server in front of the program: after lib.sh.
#
#	web_new nginx		a port and its address in $url; then blog_new
#	program_start
#	web_start
#	is "there" "$(curl -s -o /dev/null -w '%{http_code}' "$url")" 200
#	finish
# shellcheck shell=sh

: "${srcdir:?}" "${tmp:?}" "${sock:?}"
# shellcheck source=cgi/server/private.sh
. "$srcdir/cgi/server/private.sh"
PATH=$PATH:/usr/sbin:/sbin

web_taken() { # port
	web_curl "http://127.0.0.1:$1/" >/dev/null 2>&1
	[ $? != 7 ] # 7: could not connect
}

# curl, quiet, bounded, and past any proxy of the machine.
web_curl() {
	curl -s --no-progress-meter --noproxy '*' --max-time 20 --path-as-is "$@"
}

web_status() { # as curl
	web_curl -o /dev/null -w '%{http_code}' "$@"
}

# Choose a port, set url, and lay out the server's configuration.
web_new() { # nginx or lighttpd, path of the blog (/)
	command -v curl >/dev/null || bail "curl is missing"
	command -v "$1" >/dev/null || bail "$1 is missing"
	web_server=$1
	web_port=$((20000 + $$ % 10000))
	while web_taken $web_port; do
		web_port=$((web_port + 1))
	done
	# shellcheck disable=SC2034 # for the test
	url=http://127.0.0.1:$web_port${2:-/}
	must private_prepare "$1" "$srcdir/cgi/server" "$web_port" "$sock" \
	    "$tmp"
	# What the samples say about blogs under a path.
	must sed -i -e "s|location / |location ${2:-/} |" \
	    -e "s|\"/\" => ((|\"${2:-/}\" => ((|" "$tmp/$1.conf"
}

web_start() {
	(private_exec "$web_server" "$tmp") </dev/null \
	    >>"$tmp/web.log" 2>&1 &
	web_job=$!
	web_tries=100
	until web_taken "$web_port"; do
		web_tries=$((web_tries - 1))
		if [ $web_tries = 0 ] || ! kill -0 "$web_job" 2>/dev/null; then
			diag "$(tail -n 20 "$tmp/web.log")"
			bail "$web_server does not start"
		fi
		sleep 0.1
	done
}
