FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build
WORKDIR /src
COPY src/Letters.Api/Letters.Api.csproj ./src/Letters.Api/
COPY Directory.Build.props Directory.Packages.props NuGet.Config global.json ./
COPY src/Letters.Core/Letters.Core.csproj ./src/Letters.Core/
WORKDIR /src/src/Letters.Api
RUN dotnet restore
COPY . /src/
RUN dotnet publish -c Release -o /app --no-restore

FROM mcr.microsoft.com/dotnet/aspnet:8.0
WORKDIR /app
COPY --from=build /app .
ENTRYPOINT ["dotnet", "Letters.Api.dll"]
