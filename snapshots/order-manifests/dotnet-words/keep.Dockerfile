FROM mcr.microsoft.com/dotnet/sdk:8.0 AS shell
WORKDIR /src
COPY . .
RUN dotnet restore $(ls *.csproj)

FROM mcr.microsoft.com/dotnet/sdk:8.0 AS feed
WORKDIR /src
COPY . .
RUN dotnet restore -s $(cat feed.url)

FROM mcr.microsoft.com/dotnet/sdk:8.0 AS several
WORKDIR /src
COPY . .
RUN dotnet restore Letters.csproj Words.csproj

FROM mcr.microsoft.com/dotnet/sdk:8.0 AS property
WORKDIR /src
COPY . .
RUN dotnet restore -p:Configuration
