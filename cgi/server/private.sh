# Private, unprivileged web servers made from the samples beside this file,
# for cgi/quickstart and the tests: what they run is what the samples say.
# shellcheck shell=sh

# The sample with this socket.  The paths here hold no blanks or quotes; the
# caller sees to that.
private_sample() { # folder of samples, name, socket
	sed -e "s|/run/balas/fcgi.sock|$3|" "$1/$2"
}

# Started as root, servers give up their rights; the socket's folder must
# then belong to this group.
private_group() {
	if [ "$(id -u)" = 0 ]; then
		echo www-data
	fi
}

private_lighttpd_conf() { # samples, port, socket, scratch folder
	cat <<-END
		server.port = $2
		server.bind = "127.0.0.1"
		server.document-root = "$4/empty"
		server.upload-dirs = ( "$4/tmp" )
		server.tag = "lighttpd"
	END
	if [ -n "$(private_group)" ]; then
		cat <<-END
			server.username = "www-data"
			server.groupname = "$(private_group)"
		END
	fi
	private_sample "$1" lighttpd.conf "$3"
}

private_nginx_conf() { # samples, port, socket, scratch folder
	if [ -n "$(private_group)" ]; then
		echo "user www-data $(private_group);"
	fi
	cat <<-END
		daemon off;
		pid $4/nginx.pid;
		error_log stderr;
		worker_processes 2;
		events { }
		http {
		access_log off;
	END
	for private_kind in client_body proxy fastcgi uwsgi scgi; do
		echo "${private_kind}_temp_path $4/tmp/$private_kind;"
	done
	private_sample "$1" nginx.conf "$3" |
	    sed -e "s|listen 80;|listen 127.0.0.1:$2;|" \
		-e "s|server_name .*;|server_name _;|" \
		-e "s|include fastcgi_params|include /etc/nginx/fastcgi_params|"
	echo "}"
}

# Make the folder ready and write the configuration into it.
private_prepare() { # server, samples, port, socket, scratch folder
	mkdir -p "$5/empty" "$5/tmp" &&
	    "private_$1_conf" "$2" "$3" "$4" "$5" >"$5/$1.conf" || return 1
	if [ -n "$(private_group)" ]; then
		# Sockets made here inherit the group (setgid).
		chgrp "$(private_group)" "$5" && chmod 2710 "$5" &&
		    chown www-data "$5/tmp"
	fi
}

# Become the server, in the foreground, complaints on standard error.
private_exec() { # server, scratch folder
	case $1 in
	lighttpd) exec lighttpd -D -f "$2/lighttpd.conf" ;;
	nginx) exec nginx -e stderr -p "$2" -c "$2/nginx.conf" ;;
	esac
}
