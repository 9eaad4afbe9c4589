noinst_LIBRARIES += libbalas.a
libbalas_a_SOURCES = \
    %D%/anchor.c %D%/anchor.h \
    %D%/arena.c %D%/arena.h \
    %D%/article.c %D%/article.h \
    %D%/attrs.c %D%/attrs.h \
    %D%/base.c %D%/base.h \
    %D%/buf.c %D%/buf.h \
    %D%/comment.c %D%/comment.h \
    %D%/comment_act.c \
    %D%/conf.c %D%/conf.h \
    %D%/date.c %D%/date.h \
    %D%/db.c %D%/db.h \
    %D%/db_sqlite.c \
    %D%/entity.c %D%/entity.h \
    %D%/frontmatter.c %D%/frontmatter.h \
    %D%/html.c %D%/html.h \
    %D%/htmltok.c %D%/htmltok.h \
    %D%/i18n.c %D%/i18n.h \
    %D%/link.c %D%/link.h \
    %D%/log.c %D%/log.h \
    %D%/markdown.c %D%/markdown.h \
    %D%/mdguard.c %D%/mdguard.h \
    %D%/mdhtml.c %D%/mdhtml.h \
    %D%/mdrender.c %D%/mdrender.h \
    %D%/media.c %D%/media.h \
    %D%/media_gif.c \
    %D%/media_jpeg.c \
    %D%/media_png.c \
    %D%/media_strip.c \
    %D%/media_walk.h \
    %D%/media_webp.c \
    %D%/moderate.c %D%/moderate.h \
    %D%/nest.c %D%/nest.h \
    %D%/net.c %D%/net.h \
    %D%/rate.c %D%/rate.h \
    %D%/sanitize.c %D%/sanitize.h \
    %D%/secret.c %D%/secret.h \
    %D%/session.c %D%/session.h \
    %D%/setting.c %D%/setting.h \
    %D%/slug.c %D%/slug.h \
    %D%/store.c %D%/store.h \
    %D%/theme.c %D%/theme.h \
    %D%/tmpl.c %D%/tmpl.h \
    %D%/tmpl_html.c %D%/tmpl_html.h \
    %D%/tmpl_int.h \
    %D%/tmpl_parse.c \
    %D%/tmpl_tag.c %D%/tmpl_tag.h \
    %D%/url.c %D%/url.h \
    %D%/user.c %D%/user.h \
    %D%/utf8.c %D%/utf8.h \
    %D%/view_tree.c

bin_PROGRAMS += balas
balas_SOURCES = \
    %D%/balas.c %D%/cmd.h \
    %D%/cmd_article.c \
    %D%/cmd_check.c \
    %D%/cmd_comment.c \
    %D%/cmd_init.c \
    %D%/cmd_render.c \
    %D%/cmd_setting.c \
    %D%/cmd_user.c \
    %D%/publish.c %D%/publish.h \
    %D%/sample.c %D%/sample.h
balas_LDADD = $(BALAS_LIBS)
