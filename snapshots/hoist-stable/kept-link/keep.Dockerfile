FROM debian:12
RUN ln -s /usr/share /app
COPY . /app
RUN apt-get update && apt-get install -y tree
