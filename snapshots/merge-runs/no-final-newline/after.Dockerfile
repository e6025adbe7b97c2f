FROM alpine:3.20
RUN touch one && \
    touch two