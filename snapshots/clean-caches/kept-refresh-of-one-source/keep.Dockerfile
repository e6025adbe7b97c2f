FROM debian:12
RUN apt-get update && apt-get install -y curl
COPY tool.list /etc/apt/sources.list.d/
RUN apt-get update -o Dir::Etc::sourcelist=sources.list.d/tool.list -o Dir::Etc::sourceparts=- -o APT::Get::List-Cleanup=0 \
    && apt-get install -y git tool \
    && rm -rf /var/lib/apt/lists/*
