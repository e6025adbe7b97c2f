FROM node:20
WORKDIR /app
COPY . .
RUN yarn install --immutable
RUN yarn workspaces foreach -At run build
CMD ["node", "packages/api/dist/server.js"]
