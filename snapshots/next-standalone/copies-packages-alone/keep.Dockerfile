FROM node:22 AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:22 AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev

FROM node:22
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build /app/node_modules /srv/node_modules
COPY --from=packages /app/node_modules ./node_modules
CMD ["npm", "start"]
