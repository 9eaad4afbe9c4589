#!/bin/sh
# None of our shell programs gives shellcheck anything to say.
cd "${srcdir:-.}" || exit 99
command -v shellcheck >/dev/null || {
	echo "Bail out! shellcheck is missing"
	exit 99
}
n=0
bad=0
for f in cgi/*.sh cgi/quickstart cgi/server/*.sh tests/*/*.sh tests/run \
    .ci/run; do
	[ -f "$f" ] || continue # .ci is not in a release
	n=$((n + 1))
	if out=$(shellcheck -S warning "$f" 2>&1); then
		echo "ok $n - $f"
	else
		echo "not ok $n - $f"
		printf '%s\n' "$out" | sed 's/^/# /'
		bad=1
	fi
done
echo "1..$n"
exit $bad
