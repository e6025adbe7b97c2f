FROM node:20
WORKDIR /app
COPY . .
RUN yarn install --frozen-lockfile --ignore-scripts
RUN yarn build
CMD ["node", "dist/index.js"]
