noinst_LIBRARIES += libbalas.a
libbalas_a_SOURCES = \
    %D%/arena.c %D%/arena.h \
    %D%/base.c %D%/base.h \
    %D%/buf.c %D%/buf.h \
    %D%/date.c %D%/date.h \
    %D%/frontmatter.c %D%/frontmatter.h \
    %D%/html.c %D%/html.h \
    %D%/i18n.c %D%/i18n.h \
    %D%/log.c %D%/log.h \
    %D%/markdown.h \
    %D%/sanitize.h \
    %D%/slug.c %D%/slug.h \
    %D%/tmpl.c %D%/tmpl.h \
    %D%/tmpl_html.c %D%/tmpl_html.h \
    %D%/tmpl_int.h \
    %D%/tmpl_parse.c \
    %D%/url.c %D%/url.h \
    %D%/utf8.c %D%/utf8.h \
    %D%/tmpl_tag.c %D%/tmpl_tag.h \
    %D%/url.h \
    %D%/utf8.h \
    %D%/view_tree.c
