FROM ruby:3.3
WORKDIR /app
COPY Gemfile ./
COPY Gemfile.lock ./
COPY app.rb ./
RUN bundle install
CMD ["bundle", "exec", "ruby", "app.rb"]
