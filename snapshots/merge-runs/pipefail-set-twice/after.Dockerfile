FROM alpine:3.20
RUN ( set -o pipefail && wget -qO- https://example.com/a.tar | tar -x ) && \
    ( set -o pipefail && wget -qO- https://example.com/b.tar | tar -x ) && \
    cat /etc/passwd | wc -l > /count
