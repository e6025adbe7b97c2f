FROM debian:12
ENV BUILD_DATE=2024-01-31
RUN apt-get update && apt-get upgrade -y
FROM debian:12
ARG BUILD_DATE
RUN apt-get update && apt-get upgrade -y
FROM debian:12
ENV REFRESHED_AT 2024-01-31
RUN apt-get update && apt-get upgrade -y
