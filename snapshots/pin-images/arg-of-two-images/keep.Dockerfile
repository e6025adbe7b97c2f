ARG ALPINE=3.20
FROM alpine:${ALPINE} AS base

FROM node:20-alpine${ALPINE}
COPY --from=base /etc/alpine-release /
