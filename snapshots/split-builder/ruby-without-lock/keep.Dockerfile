FROM ruby:3.3
ENV RAILS_ENV=production
WORKDIR /app
COPY . .
RUN bundle install
RUN bundle exec rails assets:precompile
CMD ["bundle", "exec", "rails", "server"]
