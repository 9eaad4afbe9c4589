# Debian packages for cgi/quickstart and tests/run, which source this file.
# Needs from the caller: die MESSAGE.
# shellcheck shell=sh

DEB_POLICY=/usr/sbin/policy-rc.d
DEB_MARK='made by Balas while it installs packages'

# The packages of these kinds in the list that are not there.
deb_missing() { # list, kinds
	deb_list=$1
	shift
	for deb_kind; do
		awk -v kind="$deb_kind" \
		    '$1 == kind { print $2, $3 }' "$deb_list"
	done | while read -r deb_name deb_command; do
		if [ -n "$deb_command" ]; then
			command -v "$deb_command" >/dev/null && continue
		elif ! command -v dpkg-query >/dev/null; then
			continue # not Debian: configure will tell
		fi
		deb_installed "$deb_name" || echo "$deb_name"
	done | sort -u
}

deb_installed() { # name
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = \
	    installed ]
}

deb_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		return 126
	fi
}

# Packages of servers start them when they are installed, unless a policy
# says no.  Somebody else's policy is left as it is.
deb_hold() {
	if [ -e "$DEB_POLICY" ] && ! grep -qs "$DEB_MARK" "$DEB_POLICY"; then
		return 0
	fi
	printf '#!/bin/sh\n# %s\nexit 101\n' "$DEB_MARK" |
	    deb_root tee "$DEB_POLICY" >/dev/null &&
	    deb_root chmod 755 "$DEB_POLICY"
}

deb_release() {
	if grep -qs "$DEB_MARK" "$DEB_POLICY"; then
		deb_root rm -f "$DEB_POLICY"
	fi
}

# A server we brought here must neither run nor come with the next boot.
deb_quiet() { # names
	for deb_name; do
		[ -e "/lib/systemd/system/$deb_name.service" ] || continue
		deb_root service "$deb_name" stop
		deb_root update-rc.d "$deb_name" disable
	done
}

deb_apt() {
	deb_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
	    -o DPkg::Lock::Timeout=300 "$@"
}

deb_try() { # names
	deb_apt install --no-install-recommends "$@" && return 0
	# A new machine has no package lists yet, an old one stale ones.
	deb_apt update && deb_apt install --no-install-recommends "$@"
}

# Say what will be installed and do it; what apt says goes to the log.
deb_install() { # log, names
	deb_log=$1
	shift
	if ! command -v apt-get >/dev/null; then
		die "missing, and there is no apt-get here: $*"
	fi
	if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
		die "as root, please: apt-get install $*"
	fi
	echo "Installing Debian packages: $*"
	trap 'deb_release; exit 1' HUP INT TERM
	deb_hold >>"$deb_log" 2>&1
	deb_try "$@" >>"$deb_log" 2>&1
	deb_status=$?
	deb_release
	trap - HUP INT TERM
	[ $deb_status = 0 ] || return 1
	deb_quiet "$@" >>"$deb_log" 2>&1
	return 0
}
