FROM ruby:3.3
RUN apt-get update && apt-get install -y python3-pip
WORKDIR /app
COPY . .
RUN bundle install
RUN pip install --break-system-packages -r requirements.txt
RUN bundle exec rails assets:precompile
CMD ["bundle", "exec", "rails", "server"]
