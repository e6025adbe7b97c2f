FROM debian:12
RUN ( test -d /opt/old || exit 0; rm -r /opt/old ) && \
    touch /done
