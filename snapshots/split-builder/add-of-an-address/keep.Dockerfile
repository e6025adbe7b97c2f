FROM node:20
WORKDIR /app
COPY . .
ADD https://tools.example/words.json words.json
RUN npm ci
RUN npm run build
CMD ["node", "dist/index.js"]
