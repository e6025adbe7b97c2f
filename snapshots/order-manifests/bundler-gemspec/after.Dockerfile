FROM ruby:3.3
WORKDIR /app
COPY Gemfile Gemfile.lock speech.gemspec ./
COPY lib/speech/version.rb ./lib/speech/
RUN bundle install --deployment --without development test
COPY . .
CMD ["bundle", "exec", "rake"]
