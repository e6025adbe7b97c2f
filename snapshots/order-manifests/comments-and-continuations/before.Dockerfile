FROM node:20 AS build
WORKDIR /app

# All of it
# and more
COPY . .

# Packages, then the bundle
RUN --mount=type=cache,target=/root/.npm \
    npm ci \
    # tests come later
    && npm run build \
    && npm test

FROM scratch
COPY --from=build /app/dist /
