FROM node:20
COPY . app/
WORKDIR /app
RUN npm ci
RUN npm run build
CMD ["node", "dist/index.js"]
