FROM debian:12
RUN apt-get update && apt-get install -y make gcc
WORKDIR /app
COPY . .
ARG GIT_SHA
ENV GIT_SHA=${GIT_SHA}
RUN make
CMD ["./app"]
