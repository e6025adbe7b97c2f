FROM ruby:3.3-slim-bookworm
RUN apt-get update && apt-get install -y build-essential
WORKDIR /app
COPY . .
RUN bundle install
RUN bundle exec rake pages
CMD ["ruby", "app.rb"]
