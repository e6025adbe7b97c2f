FROM ruby:3.3
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY Gemfile Gemfile.lock ./
COPY engines/speech/speech.gemspec ./engines/speech/
COPY engines/speech/lib/speech/version.rb ./engines/speech/lib/speech/
RUN bundle install
COPY . .
