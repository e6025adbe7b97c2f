FROM ruby:3.3-slim
WORKDIR /rails
ENV RAILS_ENV="production" \
    BUNDLE_DEPLOYMENT="1" \
    BUNDLE_WITHOUT="development"
COPY Gemfile Gemfile.lock .ruby-version ./
RUN bundle install
COPY . .
RUN bundle exec rake assets:precompile
CMD ["./bin/rails", "server"]
