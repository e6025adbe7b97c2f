FROM node:20
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build --outDir out
CMD ["node", "out/index.js"]
