FROM ruby:3.3
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN BUNDLE_FROZEN=false bundle install --no-cache
COPY . .
RUN bundle install --jobs $(nproc) && yarn install
CMD ["bundle", "exec", "rails", "server", "-b", "0.0.0.0"]
