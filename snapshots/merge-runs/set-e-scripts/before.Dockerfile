FROM debian:12
RUN set -eux; \
	apt-get update; \
	apt-get install -y curl; \
	rm -rf /var/lib/apt/lists/*

# the user
RUN set -eux; \
	groupadd app; \
	useradd -g app app
