#!/bin/sh
# Calls with no bound, with hidden state or with a shell; goto; work left for
# later.  Comments and strings may speak of them.
awk=${AWK:-awk}
cd "${srcdir:-.}" || exit 99
n=0
bad=0

point() { # description, offending lines
	n=$((n + 1))
	if [ -z "$2" ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		printf '%s\n' "$2" | sed 's/^/# /'
		bad=1
	fi
}

# The files without comments and strings, as "FILE:LINE: code".
code() {
	$awk '
	FNR == 1 { in_comment = 0 }
	{
		out = ""; quote = ""
		for (i = 1; i <= length($0); i++) {
			c = substr($0, i, 1); two = substr($0, i, 2)
			if (in_comment) {
				if (two == "*/") { in_comment = 0; i++ }
			} else if (quote != "") {
				if (c == "\\") i++
				else if (c == quote) { quote = ""; out = out c }
			} else if (two == "/*") {
				in_comment = 1; i++; out = out " "
			} else if (two == "//") {
				break
			} else {
				if (c == "\"" || c == "'\''") quote = c
				out = out c
			}
		}
		if (out ~ /[^ \t]/) print FILENAME ":" FNR ": " out
	}' src/*.[ch] cgi/*.[ch]
}

all=$(code)
calls() { # description, names with | between
	point "no $1" "$(printf '%s\n' "$all" |
	    grep -E "[^A-Za-z0-9_]($2) *\(")"
}

echo 1..8
calls "string call without a bound" \
    'strcpy|strcat|stpcpy|sprintf|vsprintf|gets|wcscpy|wcscat'
calls "number read without its errors" 'atoi|atol|atoll|atof|scanf|sscanf|fscanf'
calls "call with hidden state" \
    'strtok|gmtime|localtime|ctime|asctime|strerror_l|getpwnam|getpwuid|readdir_r'
calls "guessable random number" 'rand|srand|random|srandom|rand_r|drand48'
calls "shell" 'system|popen|execlp|execvp|execvpe|wordexp'
calls "memory of the stack, name in /tmp" 'alloca|mktemp|tmpnam|tempnam'
point "no goto" "$(printf '%s\n' "$all" |
    grep -E '[^A-Za-z0-9_]goto[^A-Za-z0-9_]')"
point "no work left for later" "$(grep -nE '(TODO|FIXME|(^|[^.X])XXX([^X]|$))' \
    src/*.[ch] cgi/*.[ch] sql/*.sql sql/sqlite/*.sql tests/*/*.[ch])"
exit $bad
