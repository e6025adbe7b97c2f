FROM node:20 AS build
WORKDIR /app

COPY package.json package-lock.json ./

# Packages, then the bundle
RUN --mount=type=cache,target=/root/.npm \
    npm ci

# All of it
# and more
COPY . .
# tests come later
RUN --mount=type=cache,target=/root/.npm npm run build \
    && npm test

FROM scratch
COPY --from=build /app/dist /
