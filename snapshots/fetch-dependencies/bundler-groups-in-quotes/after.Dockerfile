FROM ruby:3.3-slim
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN BUNDLE_FROZEN=false bundle install --without 'development test' --no-cache
COPY . .
RUN bundle install --without 'development test'
CMD ["ruby", "app.rb"]
