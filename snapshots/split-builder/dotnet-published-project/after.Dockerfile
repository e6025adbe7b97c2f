FROM mcr.microsoft.com/dotnet/sdk:9.0 AS base
WORKDIR /source

FROM base AS builder
COPY . .
RUN dotnet publish "Shop.Web/Shop.Web.csproj" -c Release -o /app/publish /p:UseAppHost=false

FROM base
COPY --from=builder /app/publish /app/publish
WORKDIR /app/publish
ENTRYPOINT ["dotnet", "Shop.Web.dll"]
