FROM node:20-alpine
WORKDIR /app
COPY package.json yarn.lock .yarnrc ./
COPY .yarn/releases/yarn-1.22.22.cjs ./.yarn/releases/
RUN yarn --frozen-lockfile
COPY . .
RUN yarn build
CMD ["yarn", "start"]
