cgi_PROGRAMS += balas.fcgi
balas_fcgi_SOURCES = \
    %D%/ctx.h \
    %D%/fcgi.c %D%/fcgi.h \
    %D%/main.c \
    %D%/page.h \
    %D%/page_article.c \
    %D%/page_edit.c \
    %D%/page_error.c \
    %D%/page_file.c \
    %D%/page_home.c \
    %D%/page_login.c \
    %D%/page_moderate.c \
    %D%/page_reply.c \
    %D%/request.c %D%/request.h \
    %D%/response.c %D%/response.h \
    %D%/route.c %D%/route.h \
    %D%/routes.c \
    %D%/view.c %D%/view.h
balas_fcgi_LDADD = $(BALAS_LIBS) $(FCGI_LIBS)
