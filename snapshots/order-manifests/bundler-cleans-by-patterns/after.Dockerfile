FROM ruby:3.3-slim AS build
WORKDIR /rails
ENV BUNDLE_DEPLOYMENT="1" \
    BUNDLE_PATH="/usr/local/bundle"

COPY Gemfile Gemfile.lock ./

RUN bundle install

# Install application gems
COPY vendor/* ./vendor/
RUN rm -rf ~/.bundle/ "${BUNDLE_PATH}"/ruby/*/cache "${BUNDLE_PATH}"/ruby/*/bundler/gems/*/.git && \
    bundle exec bootsnap precompile -j 1 --gemfile

# Copy application code
COPY . .
RUN bundle exec bootsnap precompile -j 1 app/ lib/

FROM ruby:3.3-slim
COPY --from=build /usr/local/bundle /usr/local/bundle
COPY --from=build /rails /rails
CMD ["/rails/bin/rails", "server"]
