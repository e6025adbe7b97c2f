FROM node:22 AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

# Runs the shop.
FROM node:22
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build /app/package.json ./
COPY --from=build /app/next.config.mjs ./
# Everything that npm ci installed.
COPY --from=build \
    # A folder of thousands of files.
    /app/node_modules \
    ./node_modules
COPY --from=build /app/public ./public
COPY --from=build /app/.next ./.next
EXPOSE 3000
# On port 3000.
CMD \
  # By the script.
  npm start
