FROM ruby:3.3
WORKDIR /app
COPY . .
RUN bundle install --jobs $(nproc) && yarn install
CMD ["bundle", "exec", "rails", "server", "-b", "0.0.0.0"]
