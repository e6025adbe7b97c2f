# The web shop
FROM node:20-alpine

# tini reaps zombies
RUN apk add --no-cache \
    # small, and enough
    tini

WORKDIR /app
# Everything
COPY . .

# Exact versions
RUN npm ci \
    # no nagging
    --no-audit

# Where it listens
EXPOSE 3000

# Compile
RUN npm run build

# Who runs it
USER node
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/server.js"]
