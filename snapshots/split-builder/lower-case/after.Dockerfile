from node:20 as base
workdir /app

from base as builder
copy . .
run npm ci
run npm run build
run npm prune --omit=dev --no-save

from base as web
copy --from=builder /app/package.json /app/package-lock.json ./
copy --from=builder /app/node_modules ./node_modules
copy --from=builder /app/dist ./dist
cmd ["node", "dist/server.js"]