FROM debian:12
ARG NAME
WORKDIR /opt/$NAME
RUN apt-get update && apt-get install -y tree
COPY . .
ARG GIT_SHA
RUN ./build
