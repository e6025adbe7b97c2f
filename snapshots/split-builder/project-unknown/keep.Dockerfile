FROM node:20
COPY . .
RUN yarn install --frozen-lockfile
RUN yarn build
CMD ["node", "dist/index.js"]
