FROM debian:bookworm AS lockless
WORKDIR /app
COPY lockless .
RUN bundle install --without development
