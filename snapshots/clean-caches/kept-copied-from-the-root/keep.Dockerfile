FROM debian:12
RUN apt-get update && apt-get install -y curl
COPY app /app
RUN cd /var && tar cf /app/state.tar lib
RUN rm -rf /var/lib/apt/lists/*
