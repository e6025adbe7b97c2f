FROM node:20
ENV BUILD_PATH=public
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
CMD ["npx", "serve", "public"]
