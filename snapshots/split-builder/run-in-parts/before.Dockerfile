FROM node:20-alpine
WORKDIR /app
COPY . .
# native addons
RUN apk add --no-cache --virtual .build-deps python3 make g++ \
 # as locked
 && npm ci \
 && npm run build \
 && apk del .build-deps
EXPOSE 3000
CMD ["node", "dist/server.js"]
