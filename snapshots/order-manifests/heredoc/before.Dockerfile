FROM node:20
WORKDIR /app
COPY . .
RUN <<EOF
npm ci && npm run build
EOF
