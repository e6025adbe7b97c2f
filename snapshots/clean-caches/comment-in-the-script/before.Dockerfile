FROM debian:12
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      # for the database
      libpq5 \
      # for its client
      postgresql-client
COPY app /app
RUN chmod +x /app/run \
 && rm -rf /var/lib/apt/lists/*
