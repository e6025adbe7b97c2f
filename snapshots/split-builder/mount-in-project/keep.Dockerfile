FROM node:20
WORKDIR /app
COPY . .
RUN npm ci
RUN --mount=type=cache,target=/app/dist npm run build
CMD ["node", "dist/server.js"]
