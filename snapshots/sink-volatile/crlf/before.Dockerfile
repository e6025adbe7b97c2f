FROM alpine:3.20
ARG GIT_COMMIT
RUN apk add --no-cache curl
LABEL commit=$GIT_COMMIT
