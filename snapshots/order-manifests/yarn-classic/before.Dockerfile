FROM node:20-alpine
WORKDIR /app
COPY . .
RUN yarn --frozen-lockfile && yarn build
CMD ["yarn", "start"]
