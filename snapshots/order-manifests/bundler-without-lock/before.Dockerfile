FROM ruby:3.3
COPY . /app
WORKDIR /app
RUN gem install bundler --no-document && bundle install --jobs 4
CMD ["ruby", "app.rb"]
