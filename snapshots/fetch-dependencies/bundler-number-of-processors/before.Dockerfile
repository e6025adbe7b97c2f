FROM ruby:3.3
WORKDIR /app
COPY . .
RUN bundle install --jobs="$(nproc)" --retry 3
CMD ["bundle", "exec", "ruby", "app.rb"]
