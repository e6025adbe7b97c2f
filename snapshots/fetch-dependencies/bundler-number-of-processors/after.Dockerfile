FROM ruby:3.3
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN BUNDLE_FROZEN=false bundle install --retry 3 --no-cache
COPY . .
RUN bundle install --jobs="$(nproc)" --retry 3
CMD ["bundle", "exec", "ruby", "app.rb"]
