ARG VARIANT=alpine OTHER=x
FROM node:20-$VARIANT
ARG OTHER
RUN node --version
