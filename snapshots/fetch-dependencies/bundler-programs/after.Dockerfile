FROM ruby:3.3
WORKDIR /app
COPY Gemfile Gemfile.lock speech.gemspec ./
RUN BUNDLE_FROZEN=false bundle install --no-cache
COPY . .
RUN bundle install
CMD ["bundle", "exec", "ruby", "app.rb"]
