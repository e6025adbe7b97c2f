FROM debian:12
WORKDIR /srv/shop
ENV NODE_VERSION=20.11.1
RUN curl -fsSL "https://nodejs.org/dist/v${NODE_VERSION}/node-v${NODE_VERSION}-linux-x64.tar.xz" | tar -xJ -C /usr/local --strip-components=1
RUN mkdir -p /opt/tini \
 && wget -qO /opt/tini/tini https://example.com/tini \
 && chmod 755 /opt/tini/tini
RUN git clone --depth 1 https://example.com/fonts.git /usr/share/fonts/shop
COPY . .
RUN npm ci
