#!/bin/sh
# The program behind lighttpd, configured by our own sample.
# shellcheck disable=SC2034 # for the file below
server=lighttpd
# shellcheck source=tests/http/w_server.sh
. "${srcdir:-.}/tests/http/w_server.sh"
