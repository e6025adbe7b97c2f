FROM node:22 AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build
RUN npm prune --omit=dev

FROM node:22-slim
WORKDIR /app
# All of it.
COPY --from=build /app .
# As a start, pages alone.
CMD ["node_modules/.bin/next", "start"]
