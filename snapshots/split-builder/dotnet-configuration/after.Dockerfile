FROM mcr.microsoft.com/dotnet/sdk:8.0 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN dotnet publish

FROM base
COPY --from=builder /app/appsettings.json ./
COPY --from=builder /app/wwwroot ./wwwroot
COPY --from=builder /app/bin/Release/net8.0/publish ./bin/Release/net8.0/publish
CMD dotnet bin/Release/net8.0/publish/Shop.dll
