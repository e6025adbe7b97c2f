FROM node:20 AS first
ENV PORT=3000

FROM first
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
