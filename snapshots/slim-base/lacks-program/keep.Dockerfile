FROM node:20-bookworm AS build
WORKDIR /app
COPY . .
RUN npm ci && npm run build

FROM node:20-bookworm
WORKDIR /app
COPY --from=build /app ./
HEALTHCHECK CMD curl --fail http://localhost:3000/ || exit 1
CMD ["node", "dist/server.js"]
