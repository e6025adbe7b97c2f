FROM node:20
WORKDIR /app
COPY . .
RUN npm ci
RUN npx tsc --outDir dist
CMD ["sh", "-c", "$START"]
