FROM alpine:3.20
RUN apk add --no-cache curl \
 && curl -fsSLO https://example.com/tool.tar.gz \
 # unpack
 && tar -xzf tool.tar.gz \
 && rm tool.tar.gz \
 && ./tool/check
