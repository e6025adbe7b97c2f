FROM ruby:3.3-slim
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY . .
RUN bundle install
CMD ["ruby", "app.rb"]
