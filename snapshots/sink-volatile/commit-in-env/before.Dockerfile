FROM debian:12
ARG GIT_SHA
ENV GIT_SHA=${GIT_SHA}
RUN apt-get update && apt-get install -y make gcc
WORKDIR /app
COPY . .
RUN make
CMD ["./app"]
