FROM ruby:3.3-slim-bookworm AS base

FROM base AS builder
RUN apt-get update && apt-get install -y --no-install-recommends build-essential libpq-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /app
RUN bundle config set --local without "development test"
COPY Gemfile Gemfile.lock ./
RUN bundle install --jobs 4

FROM base
RUN apt-get update && apt-get install -y --no-install-recommends libatomic1 libgomp1 libpq5 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=builder /usr/local/bundle /usr/local/bundle
COPY . .
EXPOSE 9292
CMD ["bundle", "exec", "rackup", "--host", "0.0.0.0"]
