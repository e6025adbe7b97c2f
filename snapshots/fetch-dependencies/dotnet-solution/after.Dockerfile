FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build
WORKDIR /src
COPY src/Letters/Letters.csproj ./src/Letters/
COPY Directory.Packages.props ./
COPY src/Words/Words.csproj ./src/Words/
RUN dotnet restore src/Letters -p:Configuration=Release
COPY . .
RUN dotnet publish src/Letters -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:8.0
WORKDIR /app
COPY --from=build /app .
ENTRYPOINT ["dotnet", "Letters.dll"]
