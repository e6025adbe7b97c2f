FROM ghcr.io/owner/app:1.4 AS app

FROM localhost:5000/app:1.0 AS local
COPY --from=app /app /app

FROM nginx:1.27
COPY --from=local /app /usr/share/nginx/html
