FROM debian:bookworm AS loop
COPY . /app
RUN apt-get update && for package in curl git; do apt-get install -y $package; done

FROM debian:bookworm AS condition
COPY . /app
RUN apt-get update && (cd /app && apt-get install -y curl)

FROM debian:bookworm AS folder
ARG FOLDER
COPY . /app
RUN cd $FOLDER && apt-get update && apt-get install -y curl

FROM debian:bookworm AS mount
ARG CACHE
COPY . /app
RUN --mount=type=cache,target=$CACHE apt-get update && apt-get install -y curl

FROM debian:bookworm AS variable
COPY . /app
RUN apt-get update && LD_PRELOAD=/app/fast.so apt-get install -y curl

FROM debian:bookworm AS sourced
COPY . /app
RUN . /app/packages.env && apt-get update && apt-get install -y curl

FROM debian:bookworm AS log
ARG LOG
COPY . /app
RUN apt-get update > $LOG && apt-get install -y curl

FROM debian:bookworm AS relative
COPY . /app
RUN apt-get update > update.log && apt-get install -y curl
