FROM ruby:3.3
WORKDIR /app
COPY . .
RUN bundle install --path=$GEMS
CMD ["bundle", "exec", "ruby", "app.rb"]
