FROM node:20
WORKDIR /app
COPY . .
RUN npm ci && npm run build
RUN npm install -g serve@14
CMD ["serve", "-s", "dist"]
