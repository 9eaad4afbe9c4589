# Every test speaks TAP; automake's driver counts the points.
TEST_LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) \
    $(top_srcdir)/build-aux/tap-driver.sh
TEST_EXTENSIONS = .test .sh .mjs
SH_LOG_DRIVER = $(TEST_LOG_DRIVER)
MJS_LOG_DRIVER = $(TEST_LOG_DRIVER)
MJS_LOG_COMPILER = $(SHELL) $(srcdir)/%D%/browser/node.sh
LOG_DRIVER = $(TEST_LOG_DRIVER)
AM_TESTS_ENVIRONMENT = srcdir='$(srcdir)'; builddir='$(builddir)'; \
    CMOCKA_MESSAGE_OUTPUT=TAP; CC='$(CC)'; AWK='$(AWK)'; MAKE='$(MAKE)'; \
    LINT_FLAGS='$(DEFS) $(DEFAULT_INCLUDES) $(AM_CPPFLAGS) $(AM_CFLAGS)'; \
    export srcdir builddir CMOCKA_MESSAGE_OUTPUT CC AWK MAKE LINT_FLAGS;

# One program a module, from the .c file of the same name.
UNIT_TESTS = \
    %D%/unit/test_anchor \
    %D%/unit/test_article \
    %D%/unit/test_base \
    %D%/unit/test_buf \
    %D%/unit/test_comment \
    %D%/unit/test_comment_act \
    %D%/unit/test_conf \
    %D%/unit/test_date \
    %D%/unit/test_db \
    %D%/unit/test_entity \
    %D%/unit/test_fcgiget \
    %D%/unit/test_frontmatter \
    %D%/unit/test_html \
    %D%/unit/test_htmltok \
    %D%/unit/test_i18n \
    %D%/unit/test_link \
    %D%/unit/test_markdown \
    %D%/unit/test_mdguard \
    %D%/unit/test_media \
    %D%/unit/test_moderate \
    %D%/unit/test_nest \
    %D%/unit/test_net \
    %D%/unit/test_publish \
    %D%/unit/test_rate \
    %D%/unit/test_sanitize \
    %D%/unit/test_request \
    %D%/unit/test_route \
    %D%/unit/test_secret \
    %D%/unit/test_session \
    %D%/unit/test_setting \
    %D%/unit/test_slug \
    %D%/unit/test_store \
    %D%/unit/test_theme \
    %D%/unit/test_tmpl \
    %D%/unit/test_url \
    %D%/unit/test_user \
    %D%/unit/test_utf8
check_PROGRAMS += $(UNIT_TESTS)
TESTS += $(UNIT_TESTS)
EXTRA_DIST += %D%/unit/test.h
# A blog in a temporary directory, for the tests of the model.
FIXTURE = %D%/unit/fixture.c %D%/unit/fixture.h
tests_unit_test_media_SOURCES = %D%/unit/test_media.c $(FIXTURE)
# A request without a web server.
FAKE = %D%/unit/fake.c %D%/unit/fake.h
tests_unit_test_comment_act_SOURCES = %D%/unit/test_comment_act.c $(FIXTURE)
tests_unit_test_comment_SOURCES = %D%/unit/test_comment.c $(FIXTURE)
tests_unit_test_article_SOURCES = %D%/unit/test_article.c $(FIXTURE)
tests_unit_test_store_SOURCES = %D%/unit/test_store.c $(FIXTURE)
tests_unit_test_theme_SOURCES = %D%/unit/test_theme.c $(FIXTURE)
tests_unit_test_conf_SOURCES = %D%/unit/test_conf.c $(FIXTURE)
tests_unit_test_db_SOURCES = %D%/unit/test_db.c $(FIXTURE)
tests_unit_test_net_SOURCES = %D%/unit/test_net.c $(FIXTURE)
tests_unit_test_publish_SOURCES = %D%/unit/test_publish.c $(FIXTURE) \
    src/publish.c
tests_unit_test_rate_SOURCES = %D%/unit/test_rate.c $(FIXTURE)
tests_unit_test_request_SOURCES = %D%/unit/test_request.c $(FAKE) \
    cgi/request.c cgi/request.h
tests_unit_test_session_SOURCES = %D%/unit/test_session.c $(FIXTURE)
tests_unit_test_setting_SOURCES = %D%/unit/test_setting.c $(FIXTURE)
tests_unit_test_user_SOURCES = %D%/unit/test_user.c $(FIXTURE)
tests_unit_test_secret_SOURCES = %D%/unit/test_secret.c $(FIXTURE)

# Everything behind the transport.
tests_unit_test_route_SOURCES = %D%/unit/test_route.c $(FAKE) $(FIXTURE) \
    cgi/page_article.c cgi/page_edit.c cgi/page_error.c cgi/page_file.c \
    cgi/page_home.c cgi/page_login.c cgi/page_moderate.c cgi/page_reply.c \
    cgi/request.c cgi/response.c cgi/route.c cgi/routes.c cgi/view.c

# The statements and the schema, on the engine itself.
SQL_TESTS = \
    %D%/sql/test_statements
check_PROGRAMS += $(SQL_TESTS)
TESTS += $(SQL_TESTS)
tests_sql_test_statements_SOURCES = %D%/sql/test_statements.c $(FIXTURE)

# Suites of others, run when the environment names their folder.
GOLDEN_TESTS = \
    %D%/golden/mustache_spec
check_PROGRAMS += $(GOLDEN_TESTS)
TESTS += $(GOLDEN_TESTS)
tests_golden_mustache_spec_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
tests_golden_mustache_spec_LDADD = $(LDADD) $(JANSSON_LIBS)
# Pairs of source and page.
dist_check_SCRIPTS += %D%/golden/run.sh
TESTS += %D%/golden/run.sh
EXTRA_DIST += %D%/golden/markdown

# The web server's side of FastCGI: what the http tests ask with.
FCGIGET = %D%/http/client.c %D%/http/client.h %D%/http/form.c \
    %D%/http/form.h %D%/http/jar.c %D%/http/jar.h
check_PROGRAMS += %D%/http/fcgiget
tests_http_fcgiget_SOURCES = %D%/http/fcgiget.c $(FCGIGET)
tests_unit_test_fcgiget_SOURCES = %D%/unit/test_fcgiget.c $(FCGIGET)

# The real program on a Unix socket: simple things first, r_ for what was
# broken once.
HTTP_TESTS = \
    %D%/http/a_smoke.sh \
    %D%/http/b_pages.sh \
    %D%/http/b_start.sh \
    %D%/http/c_canary.sh \
    %D%/http/c_records.sh \
    %D%/http/c_reply.sh \
    %D%/http/d_moderate.sh \
    %D%/http/e_write.sh \
    %D%/http/f_cli.sh \
    %D%/http/r_query.sh \
    %D%/http/r_slash.sh \
    %D%/http/r_wal.sh
dist_check_SCRIPTS += $(HTTP_TESTS)
EXTRA_DIST += %D%/http/acts.sh %D%/http/canary.sh %D%/http/clock.c \
    %D%/http/lib.sh %D%/http/w_server.sh %D%/http/web.sh
TESTS += $(HTTP_TESTS)

# Some tests need another program: one that is broken, to see that they would
# notice, or one with a clock of its own.  Links balas.fcgi with the *.c of
# the folder VARIANT in place of ours, into that folder.
.PHONY: variant
variant:
	@for c in $(VARIANT)/*.c; do \
		$(COMPILE) -c -o $${c%.c}.o $$c || exit 1; done; \
	ours=; \
	for o in $(balas_fcgi_OBJECTS); do \
		test -f $(VARIANT)/$${o##*/} || ours="$$ours $$o"; done; \
	$(CCLD) $(AM_CFLAGS) $(CFLAGS) $(AM_LDFLAGS) $(LDFLAGS) \
	    -o $(VARIANT)/balas.fcgi $$ours $(VARIANT)/*.o \
	    $(balas_fcgi_LDADD) $(LIBS)

# What also needs web servers, a browser, validators: make check-full.
FULL_TESTS = \
    %D%/browser/b_access.mjs \
    %D%/browser/b_moderate.mjs \
    %D%/browser/b_read.mjs \
    %D%/browser/b_reply.mjs \
    %D%/browser/b_write.mjs \
    %D%/golden/commonmark.mjs \
    %D%/http/w_lighttpd.sh \
    %D%/http/w_lighttpd_path.sh \
    %D%/http/w_nginx.sh \
    %D%/http/w_nginx_path.sh \
    %D%/http/w_quickstart.sh \
    %D%/lint/shell.sh
dist_check_SCRIPTS += $(FULL_TESTS)
EXTRA_DIST += %D%/run %D%/browser/.npmrc %D%/browser/package.json \
    %D%/browser/package-lock.json %D%/browser/lib.mjs %D%/browser/node.sh
.PHONY: check-full
check-full:
	@full=0; $(MAKE) $(AM_MAKEFLAGS) check || full=1; \
	$(MAKE) $(AM_MAKEFLAGS) check TESTS='$(FULL_TESTS)' || full=1; \
	exit $$full

# One fuzzer a parser; tests/fuzz/corpus/<parser>/ is its corpus.  Without
# --enable-fuzzing it is a program that replays the corpus, as a test.
FUZZERS = \
    %D%/fuzz/fuzz_cookie \
    %D%/fuzz/fuzz_form \
    %D%/fuzz/fuzz_frontmatter \
    %D%/fuzz/fuzz_markdown \
    %D%/fuzz/fuzz_media \
    %D%/fuzz/fuzz_path \
    %D%/fuzz/fuzz_sanitize \
    %D%/fuzz/fuzz_tmpl \
    %D%/fuzz/fuzz_urldecode \
    %D%/fuzz/fuzz_utf8
check_PROGRAMS += $(FUZZERS)
EXTRA_DIST += %D%/fuzz/replay.c %D%/fuzz/corpus
if FUZZING
FUZZ_SOURCE =
FUZZ_LINK = -fsanitize=fuzzer
else
FUZZ_SOURCE = %D%/fuzz/replay.c
FUZZ_LINK =
TESTS += $(FUZZERS)
endif
tests_fuzz_fuzz_cookie_SOURCES = %D%/fuzz/fuzz_cookie.c cgi/request.c \
    $(FUZZ_SOURCE)
tests_fuzz_fuzz_cookie_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_fuzz_form_SOURCES = %D%/fuzz/fuzz_form.c cgi/request.c \
    $(FUZZ_SOURCE)
tests_fuzz_fuzz_form_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_fuzz_frontmatter_SOURCES = %D%/fuzz/fuzz_frontmatter.c \
    $(FUZZ_SOURCE)
tests_fuzz_fuzz_frontmatter_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_fuzz_markdown_SOURCES = %D%/fuzz/fuzz_markdown.c %D%/fuzz/oracle.c \
    %D%/fuzz/oracle.h \
    $(FUZZ_SOURCE)
tests_fuzz_fuzz_markdown_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_fuzz_media_SOURCES = %D%/fuzz/fuzz_media.c $(FUZZ_SOURCE)
tests_fuzz_fuzz_media_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_fuzz_path_SOURCES = %D%/fuzz/fuzz_path.c $(FUZZ_SOURCE)
tests_fuzz_fuzz_path_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_fuzz_sanitize_SOURCES = %D%/fuzz/fuzz_sanitize.c %D%/fuzz/oracle.c \
    %D%/fuzz/oracle.h \
    $(FUZZ_SOURCE)
tests_fuzz_fuzz_sanitize_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_fuzz_tmpl_SOURCES = %D%/fuzz/fuzz_tmpl.c \
    $(FUZZ_SOURCE)
tests_fuzz_fuzz_tmpl_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_fuzz_urldecode_SOURCES = %D%/fuzz/fuzz_urldecode.c \
    $(FUZZ_SOURCE)
tests_fuzz_fuzz_urldecode_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_fuzz_utf8_SOURCES = %D%/fuzz/fuzz_utf8.c \
    $(FUZZ_SOURCE)
tests_fuzz_fuzz_utf8_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)

# Programs, not pages: the house rules.
LINTS = \
    %D%/lint/banned.sh \
    %D%/lint/headers.sh \
    %D%/lint/layers.sh \
    %D%/lint/messages.sh \
    %D%/lint/sql.sh \
    %D%/lint/tree.sh
dist_check_SCRIPTS += $(LINTS)
TESTS += $(LINTS)

check-local:
if !HAVE_CMOCKA
	@echo "make check needs cmocka (libcmocka-dev)" >&2; exit 1
endif
