FROM example/passenger
WORKDIR /app
COPY . .
RUN bundle install
