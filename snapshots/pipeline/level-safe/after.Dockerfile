# syntax=docker/dockerfile:1
FROM nginx:1.27-alpine AS pages
COPY public /usr/share/nginx/html
COPY --from=busybox:1.36 /bin/busybox /bin/busybox

FROM node:20
# What the app calls at run time
RUN apt-get update && \
    apt-get install -y --no-install-recommends \
    # pictures
    imagemagick && \
    rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build
ENV NODE_ENV=production
USER node
CMD ["node", "dist/server.js"]
