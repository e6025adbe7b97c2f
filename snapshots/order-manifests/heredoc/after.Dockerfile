FROM node:20
WORKDIR /app
COPY package.json package-lock.json ./
RUN <<EOF
npm ci
EOF
COPY . .
RUN <<EOF
npm run build
EOF
