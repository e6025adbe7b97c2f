FROM node:20
WORKDIR /app
RUN corepack enable
COPY package.json yarn.lock .yarnrc.yml ./
COPY packages/web/package.json ./packages/web/
COPY packages/words/package.json ./packages/words/
RUN yarn install --immutable
COPY . .
RUN yarn build
