#!/bin/sh
# The program behind nginx, the blog under a path.
# shellcheck disable=SC2034 # for the file below
server=nginx path=/blog/
# shellcheck source=tests/http/w_server.sh
. "${srcdir:-.}/tests/http/w_server.sh"
