FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build
ARG RUNTIME
WORKDIR /src
COPY . .
RUN dotnet publish -r $RUNTIME -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:8.0
WORKDIR /app
COPY --from=build /app .
ENTRYPOINT ["dotnet", "Letters.dll"]
