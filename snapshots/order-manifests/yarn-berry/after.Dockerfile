FROM node:20
WORKDIR /app
RUN corepack enable
COPY package.json yarn.lock .yarnrc.yml ./
COPY .yarn/releases/yarn-4.1.0.cjs ./.yarn/releases/
RUN yarn install --immutable
COPY . .
RUN yarn build
