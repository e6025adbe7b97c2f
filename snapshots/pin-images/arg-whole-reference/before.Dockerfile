ARG BASE="node:20-alpine"
FROM ${BASE}
RUN node --version
