FROM node:20
WORKDIR /app
COPY . .
RUN npx esbuild src/index.ts --bundle --platform=node --outfile=dist/index.js
CMD ["node", "dist/index.js"]
