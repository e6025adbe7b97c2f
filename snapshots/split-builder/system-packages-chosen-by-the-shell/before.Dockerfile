FROM node:20-bookworm-slim
ARG PACKAGES="make g++"
RUN apt-get update && apt-get install -y $PACKAGES
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
