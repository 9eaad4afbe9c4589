# For tests/http/*.sh: the real program on a Unix socket, asked by fcgiget.
# Each test points out what it found in TAP and ends with finish.
#
#	. "${srcdir:-.}/tests/http/lib.sh"
#	blog_new
#	program_start
#	is "the front page is there" "$(status /)" 200
#	finish
#
# What is here for the taking:
#	$tmp	a scratch folder, gone afterwards
#	$blog	the blog's folder	$sock	the program's socket
#	$url	its address		$admin $password  its first user
# shellcheck shell=sh

srcdir=${srcdir:-.}
builddir=${builddir:-.}
balas=$builddir/balas
fcgi=$builddir/balas.fcgi
fcgiget=$builddir/tests/http/fcgiget
url=${url:-http://127.0.0.1:8080/}
admin='admin'
password='correct horse battery staple'
points=0
program=
web_job=

bail() { # why
	echo "Bail out! $*"
	exit 99
}

diag() { # text
	printf '%s\n' "$*" | sed 's/^/# /'
}

# The result of a test, its number and its description.
point() { # 0 or not, description
	points=$((points + 1))
	if [ "$1" = 0 ]; then
		printf 'ok %d - %s\n' "$points" "$2"
	else
		printf 'not ok %d - %s\n' "$points" "$2"
	fi
}

ok() { # description, command
	ok_text=$1
	shift
	"$@" >"$tmp/ok.out" 2>&1
	ok_status=$?
	point $ok_status "$ok_text"
	[ $ok_status = 0 ] || diag "$*: $(head -c 2000 "$tmp/ok.out")"
}

is() { # description, got, want
	[ "$2" = "$3" ]
	is_status=$?
	point $is_status "$1"
	[ $is_status = 0 ] || diag "got:  $2
want: $3"
}

like() { # description, text, extended regular expression
	printf '%s\n' "$2" | grep -Eq -e "$3"
	like_status=$?
	point $like_status "$1"
	[ $like_status = 0 ] || diag "no /$3/ in:
$(printf '%s\n' "$2" | head -c 4000)"
}

unlike() { # description, text, extended regular expression
	printf '%s\n' "$2" | grep -E -e "$3" >"$tmp/unlike.out"
	[ $? = 1 ]
	unlike_status=$?
	point $unlike_status "$1"
	[ $unlike_status = 0 ] || diag "there is /$3/:
$(head -c 2000 "$tmp/unlike.out")"
}

skip() { # description, why
	points=$((points + 1))
	echo "ok $points - $1 # SKIP $2"
}

# A command that can fail only when the machine is broken.
must() { # command
	"$@" >"$tmp/must.out" 2>&1 && return
	diag "$(tail -n 20 "$tmp/must.out")"
	bail "failed: $*"
}

# A new blog with one user.  Arguments go to balas init.
blog_new() {
	must "$balas" init -d "$blog" --url "$url" "$@"
	printf '%s\n' "$password" >"$tmp/password"
	"$balas" user add -d "$blog" "$admin" --name Admin \
	    <"$tmp/password" >"$tmp/must.out" 2>&1 ||
	    bail "no first user: $(cat "$tmp/must.out")"
}

# Start balas.fcgi ($fcgi) and wait until it answers.  Arguments go to it.
program_start() {
	"$fcgi" -d "$blog" -s "$sock" "$@" \
	    </dev/null >>"$tmp/program.log" 2>&1 &
	program=$!
	program_tries=100
	until "$fcgiget" -t 5 -s "$sock" / >/dev/null 2>&1; do
		program_tries=$((program_tries - 1))
		if [ $program_tries = 0 ] || ! kill -0 "$program" 2>/dev/null
		then
			diag "$(tail -n 20 "$tmp/program.log")"
			bail "balas.fcgi does not answer"
		fi
		sleep 0.1
	done
}

# Stop it as a service manager does; its exit status is in program_status.
program_stop() {
	[ -n "$program" ] || return 0
	kill "$program" 2>/dev/null
	wait "$program"
	program_status=$?
	program=
}

# The whole answer; the last argument is the URI.
get() { # fcgiget's arguments
	get_uri=
	for get_uri; do :; done
	get_left=$#
	while [ $get_left -gt 1 ]; do
		set -- "$@" "$1"
		shift
		get_left=$((get_left - 1))
	done
	shift
	"$fcgiget" "$@" "$sock" "$get_uri"
}

body() { # as get
	get -o "$@"
}

status() { # as get
	get -s "$@"
}

# The value of a header in an answer: header "$answer" Content-Type
header() {
	printf '%s\n' "$1" | sed -n '/^$/q; p' | sed 's/\r$//' |
	    awk -v name="$2" '
		index(tolower($0), tolower(name) ":") == 1 {
			sub(/^[^:]*: */, "")
			print
		}'
}

first_line() { # text
	printf '%s\n' "$1" | sed 1q
}

# What the sanitizers say when they have something to say.
complaints() {
	grep -E 'Sanitizer|runtime error|Assertion' "$tmp/program.log" 2>&1
}

# The end of every test: the program must end well and have kept quiet.
finish() {
	if [ -n "$program" ]; then
		program_stop
		is "the program ends in good order" "$program_status" 0
		is "and had no accident" "$(complaints)" ""
	fi
	echo "1..$points"
	exit 0
}

# shellcheck disable=SC2317 # called by a trap
clean_up() {
	trap - EXIT
	for job in $web_job $program; do
		kill "$job" 2>/dev/null
	done
	wait
	rm -rf "$tmp" "$fast"
}

[ -x "$fcgiget" ] || bail "$fcgiget is not built"
[ -x "$builddir/balas.fcgi" ] || bail "$builddir/balas.fcgi is not built"
# A socket's path is short: not below the build folder.
tmp=$(mktemp -d /tmp/balas-test-XXXXXXXX) || bail "no scratch folder"
trap clean_up EXIT
trap 'exit 99' HUP INT TERM
# Nothing here outlives the test: where memory holds files, no disk has to.
fast=$(mktemp -d /dev/shm/balas-test-XXXXXXXX 2>/dev/null) || fast=$tmp
blog=$fast/blog
sock=$tmp/fcgi.sock
