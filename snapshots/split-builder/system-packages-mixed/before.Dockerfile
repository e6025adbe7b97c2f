FROM node:20-bookworm-slim
# What the system needs
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      # for native addons
      g++ \
      make \
      libpq-dev \
      libssl-dev \
      # at run time
      tini \
      git \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system web
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/server.js"]
