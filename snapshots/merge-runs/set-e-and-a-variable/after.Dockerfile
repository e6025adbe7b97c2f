FROM debian:12
RUN set -ex; \
	( FETCH='curl wget'; \
	apt-get update; \
	apt-get install -y $FETCH ); \
	( test -x /usr/bin/curl && touch /ok ); \
	touch /end
