#!/bin/sh
# Run a browser test: sh node.sh FILE.mjs.  The packages of package-lock.json
# are in $NPM_DIR (tests/run puts them there).
PATH=$PATH:/usr/sbin:/sbin
CHROMIUM=${CHROMIUM:-$(command -v chromium)}
NPM_DIR=${NPM_DIR:-${builddir:-.}/npm}
export PATH CHROMIUM NPM_DIR

for program in node "${CHROMIUM:-chromium}"; do
	command -v "$program" >/dev/null || {
		echo "1..0 # SKIP $program is missing"
		exit 0
	}
done
[ -d "$NPM_DIR/node_modules" ] || {
	echo "Bail out! no packages in $NPM_DIR: copy package.json," \
	    "package-lock.json and .npmrc there and run npm ci"
	exit 99
}
exec node "$1"
