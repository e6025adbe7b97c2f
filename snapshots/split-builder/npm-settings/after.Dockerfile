FROM node:20-alpine AS base
WORKDIR /usr/src/app

FROM base AS builder
COPY package*.json ./
RUN npm config set registry https://registry.npmmirror.com && npm set progress=false && npm i
COPY . .
RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
RUN npm config set registry https://registry.npmmirror.com && npm set progress=false
COPY --from=builder /usr/src/app/package.json /usr/src/app/package-lock.json ./
COPY --from=builder /usr/src/app/node_modules ./node_modules
COPY --from=builder /usr/src/app/dist ./dist
CMD ["npm", "run", "start:prod"]
