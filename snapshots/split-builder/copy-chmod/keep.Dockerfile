FROM node:20
WORKDIR /app
COPY --chmod=750 . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
