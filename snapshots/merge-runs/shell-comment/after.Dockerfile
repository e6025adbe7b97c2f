FROM debian:12
RUN touch /one && \
    # the first
    touch /two
