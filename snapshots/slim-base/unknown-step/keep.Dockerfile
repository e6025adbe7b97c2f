FROM node:20-bookworm AS build
WORKDIR /app
COPY . .
RUN npm ci && npm run build

FROM node:20-bookworm
WORKDIR /app
COPY --from=build /app ./
RUN ./configure-fonts
CMD ["node", "dist/server.js"]
