FROM debian:12
ARG GIT_SHA
ARG NAME
WORKDIR /opt/$NAME
RUN apt-get update && apt-get install -y tree
COPY . .
RUN ./build
