FROM debian:12
COPY src /app/src
RUN make -C /app/src
COPY docs /app/docs
RUN apt-get update && apt-get install -y git
