FROM debian:12
ARG SOURCE_DATE_EPOCH
ARG DEBIAN_FRONTEND=noninteractive
ARG HTTP_PROXY
ARG CI
RUN apt-get update && apt-get install -y gcc
LABEL built=$SOURCE_DATE_EPOCH
