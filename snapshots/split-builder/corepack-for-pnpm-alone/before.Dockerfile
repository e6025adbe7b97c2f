FROM node:20
RUN corepack enable pnpm
WORKDIR /app
COPY . .
RUN yarn install --frozen-lockfile
RUN yarn build
CMD ["yarn", "start"]
