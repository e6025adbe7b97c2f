FROM node:20
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
CMD ["node", "-r", "./node_modules/typescript/lib/typescript.js", "dist/index.js"]
