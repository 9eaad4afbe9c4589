# Catalogues, templates and static files become C: the programs need no file.
LANG_FILES = %D%/lang/en.txt %D%/lang/id.txt
EXTRA_DIST += $(LANG_FILES) %D%/lang/messages.awk
BUILT_SOURCES += %D%/messages.h

%D%/messages.h: $(LANG_FILES) %D%/lang/messages.awk
	$(AM_V_GEN)$(MKDIR_P) %D% && \
	(cd $(srcdir) && $(AWK) -f %D%/lang/messages.awk $(LANG_FILES)) \
	    >$@.tmp && mv $@.tmp $@

WWW_FILES = \
    %D%/sample/pasar.jpg \
    %D%/sample/pasar.md \
    %D%/sample/reply.md \
    %D%/static/icon.svg \
    %D%/static/reply.js \
    %D%/static/style.css \
    %D%/tmpl/admin.html \
    %D%/tmpl/article.html \
    %D%/tmpl/articles.html \
    %D%/tmpl/base.html \
    %D%/tmpl/comment.html \
    %D%/tmpl/confirm.html \
    %D%/tmpl/edit.html \
    %D%/tmpl/error.html \
    %D%/tmpl/fields.html \
    %D%/tmpl/figure.html \
    %D%/tmpl/form.html \
    %D%/tmpl/home.html \
    %D%/tmpl/login.html \
    %D%/tmpl/moderate.html \
    %D%/tmpl/reply.html \
    %D%/tmpl/summary.html
EXTRA_DIST += $(WWW_FILES) %D%/embed.sh %D%/sample/page.png
BUILT_SOURCES += %D%/files.h %D%/buildid.h

%D%/files.h: $(WWW_FILES) %D%/embed.sh
	$(AM_V_GEN)$(MKDIR_P) %D% && (cd $(srcdir) && \
	$(SHELL) %D%/embed.sh $(WWW_FILES)) >$@.tmp && mv $@.tmp $@

# Pages are kept by readers under a tag that changes with the program: the
# sources' checksum, so that the same sources make the same program.
%D%/buildid.h: $(libbalas_a_SOURCES) $(balas_fcgi_SOURCES)
	$(AM_V_GEN)$(MKDIR_P) %D% && (cd $(srcdir) && \
	cat $(libbalas_a_SOURCES) $(balas_fcgi_SOURCES) | cksum | \
	sed 's/\([0-9]*\) \([0-9]*\).*/#define BALAS_BUILD "\1-\2"/') \
	    >$@.tmp && mv $@.tmp $@
