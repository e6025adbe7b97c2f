FROM node:22
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && cp -r public .next/standalone/ && cp -r .next/static .next/standalone/.next/
ENV HOSTNAME=0.0.0.0
EXPOSE 3000
USER node
CMD ["node", ".next/standalone/server.js"]
