FROM ruby:3.3-slim
WORKDIR /rails
ENV RAILS_ENV="production" \
    BUNDLE_DEPLOYMENT="1" \
    BUNDLE_WITHOUT="development"
COPY . .
RUN bundle install && \
    bundle exec rake assets:precompile
CMD ["./bin/rails", "server"]
