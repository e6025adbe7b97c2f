FROM node:20
WORKDIR /app
RUN mkdir -p src public
COPY . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/index.js"]
