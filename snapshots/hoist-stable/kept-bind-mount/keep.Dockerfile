FROM debian:12
WORKDIR /app
COPY . .
RUN --mount=type=bind,source=packages,target=/packages apt-get update && apt-get install -y git
