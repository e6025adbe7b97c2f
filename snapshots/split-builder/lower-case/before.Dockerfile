from node:20 as web
workdir /app
copy . .
run npm ci
run npm run build
cmd ["node", "dist/server.js"]