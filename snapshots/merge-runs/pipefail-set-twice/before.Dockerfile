FROM alpine:3.20
RUN set -o pipefail && wget -qO- https://example.com/a.tar | tar -x
RUN set -o pipefail && wget -qO- https://example.com/b.tar | tar -x
RUN cat /etc/passwd | wc -l > /count
