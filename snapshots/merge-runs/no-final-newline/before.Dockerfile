FROM alpine:3.20
RUN touch one
RUN touch two