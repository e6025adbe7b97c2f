FROM node:20
WORKDIR /app
COPY . .
RUN pnpm install --frozen-lockfile && \
    chmod +x start.sh && chown -R node:node /data
CMD ["./start.sh"]
