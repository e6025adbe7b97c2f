FROM alpine:3.20
RUN apk add --no-cache curl
ARG GIT_COMMIT
LABEL commit=$GIT_COMMIT
