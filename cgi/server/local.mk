# Samples for web servers and systemd, the quick start and its parts.
SERVER_SAMPLES = \
    %D%/Caddyfile \
    %D%/apache.conf \
    %D%/balas.socket \
    %D%/lighttpd.conf \
    %D%/nginx.conf
serverdir = $(docdir)/server
dist_server_DATA = $(SERVER_SAMPLES)
nodist_server_DATA = %D%/balas.service
EXTRA_DIST += cgi/debian.sh cgi/packages cgi/quickstart \
    %D%/balas.service.in %D%/private.sh
CLEANFILES += %D%/balas.service

# Here and not in configure, so that prefix= given to make counts.
%D%/balas.service: %D%/balas.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) %D% && \
	sed -e 's|@bindir[@]|$(bindir)|g' -e 's|@cgidir[@]|$(cgidir)|' \
	    -e 's|@blogdir[@]|$(localstatedir)/lib/balas|g' \
	    $(srcdir)/%D%/balas.service.in >$@.tmp && mv $@.tmp $@
