FROM ruby:3.3-slim
WORKDIR /app
COPY . .
RUN apt-get update && apt-get install -y --no-install-recommends build-essential && \
    bundle config set --local without 'development test' && \
    bundle install --jobs 4
CMD ["bundle", "exec", "ruby", "app.rb"]
