#!/bin/sh
# www/lang/messages.awk refuses broken catalogues, naming file and line, and
# takes those of www/lang.
awk=${AWK:-awk}
src=$(cd "${srcdir:-.}" && pwd) || exit 99
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' 0
cd "$tmp" || exit 99
n=0
bad=0

run() {
	$awk -f "$src/www/lang/messages.awk" "$@" >out 2>err
}

point() { # status of the check, description
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		sed 's/^/# /' err
		bad=1
	fi
}

head='@locale = aa_AA
@name = A
@dir = ltr
@thousands = ,
@clock = 24'

# Both catalogues as they should be: six lines of messages from line 6 on.
good() {
	cat >en.txt <<END
$head
# a comment

title = One?? "word"\n for {1} and {2}
a.one = {1} thing
a.other = {1} things
END
	cat >id.txt <<END
$head
title = {2} {1}
   a.one   =   {1}
a.other = {1} = {1}
END
}

accepts() { # description
	run en.txt id.txt
	point $? "$1"
}

refuses() { # description, what the message must say
	if run en.txt id.txt || [ -s out ]; then
		point 1 "$1: accepted"
	else
		grep -qF "$2" err
		point $? "$1"
	fi
}

line() { # file, text: one line more
	printf '%s\n' "$2" >>"$1"
}

edit() { # sed script, file
	sed "$1" "$2" >new && mv new "$2"
}

echo 1..23
(cd "$src" && $awk -f www/lang/messages.awk www/lang/*.txt) >out 2>err
point $? "the catalogues of this tree"
good
accepts "a good pair"
grep -qF 'TEXT(en, title, "One\?\? \"word\"\n for {1} and {2}")' out
point $? "quotes and trigraphs are escaped"
grep -qx 'MESSAGE(a_one, "a.one")' out
point $? "a dot is '_' in C"

good; edit '/^title/d' id.txt
refuses "missing key" "id.txt:7: missing key 'title', see en.txt:8"
good; line id.txt "more = x"
refuses "unknown key" "id.txt:9: unknown key 'more'"
good; line en.txt "title = again {1} {2}"
refuses "duplicate key" "en.txt:11: duplicate key 'title', first at line 8"
good; line en.txt "a_one = {1}"
refuses "duplicate in C" "en.txt:11: duplicate key 'a_one'"
good; edit 's/{2} //' id.txt
refuses "placeholder mismatch" "id.txt:6: placeholders of 'title' are '{1}'"
good; line en.txt "b = {5}"
refuses "unknown placeholder" "en.txt:11: a brace"
good; line en.txt "b = {"
refuses "single brace" "en.txt:11: a brace"
good; line en.txt "B = x"
refuses "capital in a key" "en.txt:11: a key is"
good; line en.txt "b-c = x"
refuses "hyphen in a key" "en.txt:11: a key is"
good; line en.txt "b. = x"
refuses "dot at the end of a key" "en.txt:11: a key is"
good; line en.txt "b = "
refuses "no text" "en.txt:11: key 'b' has no text"
good; line en.txt 'b = \t'
refuses "unknown escape" "en.txt:11: '\\' is only"
good; line en.txt "b"
refuses "no equals sign" "en.txt:11: neither"
good; printf 'b = x\033y\n' >>en.txt
refuses "control character" "en.txt:11: a control"
good; line en.txt "b.one = {1}"
refuses "half a pair" "en.txt:11: 'b.one' has no counterpart"
good; line id.txt "@colour = red"
refuses "unknown attribute" "id.txt:9: unknown attribute"
good; edit '/^@dir/d' id.txt
refuses "missing attribute" "id.txt:1: @dir is missing"
good; edit 's/^@clock.*/@clock = 13/' id.txt
refuses "clock of 13 hours" "id.txt:5: @clock"
good; : >id.txt
refuses "empty catalogue" "id.txt:1: an empty"
exit $bad
