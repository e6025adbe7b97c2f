FROM ruby:3.3
COPY Gemfile /app/
WORKDIR /app
RUN gem install bundler --no-document && bundle install --jobs 4
COPY . /app
CMD ["ruby", "app.rb"]
