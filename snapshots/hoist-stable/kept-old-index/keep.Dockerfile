FROM debian:12
COPY . /app
RUN apt-get update && apt-get install -y curl
RUN /app/add-repository.sh
RUN apt-get install -y internal-tool
