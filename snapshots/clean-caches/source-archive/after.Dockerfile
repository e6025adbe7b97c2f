FROM debian:12
RUN apt-get update && apt-get install -y build-essential curl && rm -rf /var/lib/apt/lists/*
ENV VERSION=1.2.3
RUN curl -fsSL https://example.com/tool-$VERSION.tar.gz | tar -xz && cd tool-$VERSION && ./configure && make -j4 && make install
ENV PATH=/opt/tool/bin:$PATH
RUN rm -rf /var/lib/apt/lists/*
