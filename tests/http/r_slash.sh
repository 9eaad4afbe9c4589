#!/bin/sh
# Addresses without their slash, or with one too many, were not there, lost
# their query, or were moved twice.
# shellcheck source=tests/http/lib.sh
. "${srcdir:-.}/tests/http/lib.sh"
# shellcheck source=tests/http/acts.sh
. "${srcdir:-.}/tests/http/acts.sh"

blog_new
must "$balas" setting set -d "$blog" posts_per_page 1
article kopi
article teh
program_start
id=$(approved /2020/01/kopi/ 'One.')

while read -r from to; do
	answer=$(get "$from")
	is "$from moves once" "$(header "$answer" Location)" "$to"
	is "$from moves for good" "$(first_line "$answer")" \
	    'HTTP/1.1 301 Moved Permanently'
done <<END
/2020/01/kopi?reply=1&x=%2f /2020/01/kopi/?reply=1&x=%2f
//2020/01//kopi /2020/01/kopi/
/2020/01/%6bopi /2020/01/kopi/
/2020//01/kopi/?a=1 /2020/01/kopi/?a=1
/page/2 /page/2/
//page/2?a=1 /page/2/?a=1
/c/$id/ /c/$id
/admin /admin/
//admin?a=1 /admin/?a=1
/admin/login/ /admin/login
/admin/comments/?tab=spam /admin/comments?tab=spam
END
for uri in //nothing /2020//01/nothing /article/1/comments/ /c/x/ \
    /static/style.css/ /static /page/x; do
	is "$uri is not there" "$(status "$uri")" 404
done
is "a form is not sent on" "$(status -F a=b /admin/login/)" 405

finish
