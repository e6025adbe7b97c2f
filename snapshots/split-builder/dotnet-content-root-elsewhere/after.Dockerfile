FROM mcr.microsoft.com/dotnet/sdk:8.0 AS base
WORKDIR /source

FROM base AS builder
COPY . .
RUN dotnet publish -c Release -o /app

FROM base
COPY --from=builder /source/appsettings.json ./
COPY --from=builder /source/wwwroot ./wwwroot
COPY --from=builder /app /app
WORKDIR /app
ENV ASPNETCORE_CONTENTROOT=/source
ENTRYPOINT ["dotnet", "Shop.dll"]
