FROM debian:12
RUN apt-get update && apt-get install -y curl
COPY app /app
RUN for tool in git make; do apt-get install -y $tool; done
RUN rm -rf /var/lib/apt/lists/*
