FROM debian:bookworm
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY . .
RUN cd server && bundle install
CMD ["ruby", "server/app.rb"]
