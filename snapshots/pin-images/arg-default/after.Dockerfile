# docker build --build-arg NODE=22 builds on the next version.
ARG NODE=20@sha256:2020202020202020202020202020202020202020202020202020202020202020
FROM node:${NODE} AS build
RUN npm --version

FROM node:$NODE
COPY --from=build /usr/local/lib /opt/lib
