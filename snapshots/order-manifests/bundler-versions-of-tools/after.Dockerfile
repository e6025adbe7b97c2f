FROM debian:trixie
RUN apt-get update && apt-get install -y ruby-full bundler
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY Gemfile Gemfile.lock .ruby-version .tool-versions ./
RUN bundle install
COPY . .
CMD ["bundle", "exec", "ruby", "app.rb"]
