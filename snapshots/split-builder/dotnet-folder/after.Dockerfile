FROM mcr.microsoft.com/dotnet/sdk:8.0-alpine AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN dotnet publish -c Release -r linux-musl-x64 --self-contained

FROM base
COPY --from=builder /app/bin/Release/net8.0/linux-musl-x64/publish ./bin/Release/net8.0/linux-musl-x64/publish
WORKDIR /app/bin/Release/net8.0/linux-musl-x64/publish
CMD ["./Shop"]
