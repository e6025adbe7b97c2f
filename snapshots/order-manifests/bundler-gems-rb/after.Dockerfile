FROM ruby:3.3
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY gems.rb gems.locked ./
RUN bundle install
COPY . .
CMD ["bundle", "exec", "ruby", "app.rb"]
