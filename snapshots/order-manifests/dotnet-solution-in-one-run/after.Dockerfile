FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build
WORKDIR /src
COPY Letters.sln Directory.Build.props Directory.Packages.props NuGet.Config global.json ./
COPY src/Letters.Api/Letters.Api.csproj ./src/Letters.Api/
COPY src/Letters.Core/Letters.Core.csproj ./src/Letters.Core/
COPY test/Letters.Tests/Letters.Tests.csproj ./test/Letters.Tests/
RUN dotnet restore
COPY . .
RUN dotnet publish -c Release -o /app --no-restore

FROM mcr.microsoft.com/dotnet/aspnet:8.0
WORKDIR /app
COPY --from=build /app .
ENTRYPOINT ["dotnet", "Letters.Api.dll"]
