SQL_FILES = \
    %D%/article.sql \
    %D%/comment.sql \
    %D%/media.sql \
    %D%/person.sql \
    %D%/rate.sql \
    %D%/session.sql \
    %D%/setting.sql \
    %D%/site.sql \
    %D%/term.sql \
    %D%/user.sql
SQL_STEPS = %D%/sqlite/001.sql
EXTRA_DIST += $(SQL_FILES) $(SQL_STEPS) %D%/embed.awk %D%/steps.awk
BUILT_SOURCES += %D%/stmts.h %D%/steps.h

%D%/stmts.h: $(SQL_FILES) %D%/embed.awk
	$(AM_V_GEN)$(MKDIR_P) %D% && (cd $(srcdir) && \
	$(AWK) -f %D%/embed.awk $(SQL_FILES)) >$@.tmp && mv $@.tmp $@

%D%/steps.h: $(SQL_STEPS) %D%/steps.awk
	$(AM_V_GEN)$(MKDIR_P) %D% && (cd $(srcdir) && \
	$(AWK) -f %D%/steps.awk $(SQL_STEPS)) >$@.tmp && mv $@.tmp $@
