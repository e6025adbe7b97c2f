FROM alpine:3.20

RUN apk add --no-cache tini

COPY server /server

ARG BUILD_DATE
ARG VCS_REF

LABEL org.label-schema.build-date=$BUILD_DATE \
      # the commit
      org.label-schema.vcs-ref=$VCS_REF \
      org.label-schema.schema-version="1.0"

ENTRYPOINT ["tini", "/server"]
