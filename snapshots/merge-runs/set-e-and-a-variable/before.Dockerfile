FROM debian:12
RUN set -ex; \
	FETCH='curl wget'; \
	apt-get update; \
	apt-get install -y $FETCH
RUN set -ex; \
	test -x /usr/bin/curl && touch /ok
RUN set -ex; \
	touch /end
