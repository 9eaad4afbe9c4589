# What people do, for tests that need articles, comments and sessions; after
# lib.sh.
#
#	blog_new
#	program_start
#	article kopi 'lang: id'		published at /2020/01/kopi/
#	id=$(number "$(comment /2020/01/kopi/ 'Good coffee.')")
#	sign_in "$tmp/jar"
#	moderate approve "$id"
# shellcheck shell=sh

: "${srcdir:?}" "${builddir:?}" "${tmp:?}" "${blog:?}" "${balas:?}"
: "${admin:?}" "${password:?}"

# Publish an article.  What its head does not say is: title "About SLUG",
# date 2020-01-02 10:00, status published.  Its text is $text.
article() { # slug, lines of its head
	article_file=$tmp/$1.md
	article_slug=$1
	shift
	{
		echo ---
		echo "slug: $article_slug"
		for article_line in "title: About $article_slug" \
		    'date: 2020-01-02 10:00' 'status: published'; do
			case "
$(printf '%s\n' "$@")" in
			*"
${article_line%%:*}:"*) ;;
			*) printf '%s\n' "$article_line" ;;
			esac
		done
		[ $# = 0 ] || printf '%s\n' "$@"
		echo ---
		printf '%s\n' "${text:-A few words.}"
	} >"$article_file"
	must "$balas" article add -d "$blog" "$article_file"
}

# The id that balas gave to the article of that slug.
article_id() { # slug
	sed -n "s/.*\/$1\.md: article //p" "$tmp/must.out"
}

# A visitor fills in the form under an article; prints the whole answer.
comment() { # URI, text, name (Wulan), address; fcgiget's arguments
	comment_uri=$1 comment_text=$2
	comment_name=${3:-Wulan} comment_mail=${4:-wulan@example.org}
	shift $(($# < 4 ? $# : 4))
	get "$@" -f commentform -F "comment=$comment_text" \
	    -F "author=$comment_name" -F "email=$comment_mail" "$comment_uri"
}

# The number of the comment an answer leads to.
number() { # answer
	header "$1" Location | sed -n 's/.*#comment-\([0-9]*\)$/\1/p'
}

# A visitor's comment that was approved; prints its number.
approved() { # as comment
	approved_id=$(number "$(comment "$@")")
	moderate approve "$approved_id" >/dev/null
	echo "$approved_id"
}

# What a moderator does from the command line.
moderate() { # action, ids
	moderate_act=$1
	shift
	"$balas" comment "$moderate_act" -d "$blog" "$@"
}

# A session of this user in a jar of cookies; prints the answer.
sign_in() { # jar, login, password; fcgiget's arguments
	sign_jar=$1 sign_login=${2:-$admin} sign_password=${3:-$password}
	shift $(($# < 3 ? $# : 3))
	get "$@" -b "$sign_jar" -f loginform -F "username=$sign_login" \
	    -F "password=$sign_password" /admin/login
}

# The value of a form's field in a page.
field() { # page, name
	printf '%s\n' "$1" |
	    sed -n "s/.*<input[^>]* name=\"$2\" value=\"\([^\"]*\)\".*/\1/p" |
	    sed 1q
}

# The words of a page.
words_of() { # page
	printf '%s\n' "$1" | sed 's/<[^>]*>//g'
}

# The token of a session's forms.
csrf() { # jar
	field "$(body -b "$1" /admin/comments)" csrf
}

# Ask the database; the program may be running.
sql() { # statement
	sqlite3 -batch -cmd '.timeout 5000' "$blog/blog.db" "$1"
}

# Another balas.fcgi, with the sources in this folder in place of ours.
variant() { # folder
	must env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL "${MAKE:-make}" -s \
	    -C "$builddir" variant VARIANT="$1"
}

# From now on the program is one whose clock this test sets.
clock_new() {
	mkdir "$tmp/clock"
	cp "$srcdir/tests/http/clock.c" "$tmp/clock"
	variant "$tmp/clock"
	# shellcheck disable=SC2034 # for program_start
	fcgi=$tmp/clock/balas.fcgi
	BALAS_TEST_CLOCK=$tmp/clock/offset
	export BALAS_TEST_CLOCK
	clock 0
}

# The program's time is the real one and so many seconds.
clock() { # seconds
	echo "$1" >"$BALAS_TEST_CLOCK"
}

command -v sqlite3 >/dev/null || bail "sqlite3 is missing"
