FROM debian:bookworm
ARG SOURCE=main
ENV GIT_COMMIT=$SOURCE
ENV SOURCE=release
RUN apt-get update && apt-get install -y curl
CMD ["curl"]
