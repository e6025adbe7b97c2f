FROM debian:12
ARG GIT_SHA
COPY . /app
RUN apt-get update && apt-get install -y tree
RUN /app/prepare
