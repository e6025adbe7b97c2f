FROM ruby:3.3-slim
RUN apt-get update -qq && apt-get install -y --no-install-recommends build-essential libpq-dev git && rm -rf /var/lib/apt/lists/*
RUN useradd -m rails
WORKDIR /app
RUN chown rails:rails /app
ENV RAILS_ENV=production BUNDLE_WITHOUT="development:test"
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY --chown=rails:rails . .
USER rails
RUN SECRET_KEY_BASE=dummy bundle exec rails assets:precompile
CMD ["bundle", "exec", "puma", "-C", "config/puma.rb"]
