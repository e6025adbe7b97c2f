FROM debian:12
COPY . /app
RUN make -C /app
ENV LANG=C.UTF-8
RUN apt-get update && apt-get install -y git
