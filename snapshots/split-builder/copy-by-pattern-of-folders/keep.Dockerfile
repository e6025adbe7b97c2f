FROM node:20
WORKDIR /app
COPY package.json package-lock.json tsconfig.json ./
COPY s*/index.ts src/
RUN npm ci
RUN npm run build
CMD ["node", "dist/index.js"]
