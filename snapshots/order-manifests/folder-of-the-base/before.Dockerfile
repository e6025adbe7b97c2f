ARG BASE
FROM ${BASE}
COPY . .
RUN npm ci && npm run build
