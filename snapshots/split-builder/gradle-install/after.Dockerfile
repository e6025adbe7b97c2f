FROM gradle:8-jdk21 AS base
WORKDIR /src

FROM base AS builder
COPY . .
RUN gradle installDist

FROM base
COPY --from=builder /src/build/install/shop ./build/install/shop
CMD ["build/install/shop/bin/shop"]
