# syntax=docker/dockerfile:1
FROM nginx:1.27-alpine AS pages
COPY public /usr/share/nginx/html
COPY --from=busybox:1.36 /bin/busybox /bin/busybox

FROM node:20
# What the app calls at run time
RUN apt-get update
RUN apt-get install -y --no-install-recommends \
    # pictures
    imagemagick
RUN rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
ENV NODE_ENV=production
USER node
CMD ["node", "dist/server.js"]
