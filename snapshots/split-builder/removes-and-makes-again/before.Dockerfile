FROM node:20
WORKDIR /app
COPY . .
RUN npm ci
RUN rm -rf dist && npm run build
RUN rm -rf node_modules && npm ci --omit=dev
CMD ["node", "dist/index.js"]
