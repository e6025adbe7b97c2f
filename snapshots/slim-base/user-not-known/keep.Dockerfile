FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:8.0-noble
WORKDIR /app
COPY --from=build /app .
CMD ["dotnet", "Shop.dll"]
