FROM node:22 AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:22
ENV NODE_ENV=production
COPY --from=build /app/package.json /app/
COPY --from=build /app/next.config.mjs /app/
COPY --from=build /app/node_modules /app/node_modules
COPY --from=build /app/public /app/public
COPY --from=build /app/.next /app/.next
EXPOSE 3000
CMD ["/app/node_modules/.bin/next", "start", "/app"]
