FROM ruby:3.3
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY Gemfile Gemfile.lock ./
COPY gems/common.rb ./gems/
RUN bundle install
COPY . .
CMD ["bundle", "exec", "ruby", "app.rb"]
