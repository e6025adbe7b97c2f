FROM node:20
ENV COREPACK_HOME=/opt/corepack
RUN corepack enable
WORKDIR /app
COPY . .
RUN yarn install --frozen-lockfile
RUN yarn build
USER node
CMD ["yarn", "start"]
