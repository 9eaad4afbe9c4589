# Catalogues, templates and static files become C: the programs need no file.
LANG_FILES = %D%/lang/en.txt %D%/lang/id.txt
EXTRA_DIST += $(LANG_FILES) %D%/lang/messages.awk
BUILT_SOURCES += %D%/messages.h

%D%/messages.h: $(LANG_FILES) %D%/lang/messages.awk
	$(AM_V_GEN)$(MKDIR_P) %D% && \
	(cd $(srcdir) && $(AWK) -f %D%/lang/messages.awk $(LANG_FILES)) \
	    >$@.tmp && mv $@.tmp $@
