FROM ruby:3.3
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install -j$(nproc)
COPY . .
RUN bundle exec rake words
CMD ["bundle", "exec", "ruby", "app.rb"]
