FROM mcr.microsoft.com/dotnet/sdk:8.0 AS base
WORKDIR /src

FROM base AS builder
COPY Shop.csproj .
RUN dotnet restore
COPY . .
RUN dotnet publish -c Release -o /app --no-restore

FROM base
COPY --from=builder /app /app
WORKDIR /app
EXPOSE 8080
ENTRYPOINT ["dotnet", "Shop.dll"]
