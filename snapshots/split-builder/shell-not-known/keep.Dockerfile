FROM node:20
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
SHELL ["/usr/bin/fish", "-c"]
RUN set -U EDITOR vi
CMD ["node", "dist/index.js"]
