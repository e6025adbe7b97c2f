FROM node:22 AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:22
ENV NODE_ENV=production
COPY --from=build /app /app
CMD ["npm", "start"]
