FROM debian:trixie
RUN apt-get update && apt-get install -y ruby-full bundler
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY . .
RUN bundle install
CMD ["bundle", "exec", "ruby", "app.rb"]
