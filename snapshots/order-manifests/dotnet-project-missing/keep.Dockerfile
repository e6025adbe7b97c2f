FROM mcr.microsoft.com/dotnet/sdk:8.0 AS named
WORKDIR /src
COPY . .
RUN dotnet restore server/Letters.Server.csproj

FROM mcr.microsoft.com/dotnet/sdk:8.0 AS ignored
WORKDIR /src
COPY . .
RUN dotnet restore worker/Letters.Worker.csproj

FROM mcr.microsoft.com/dotnet/sdk:8.0 AS folder
WORKDIR /src
COPY . .
RUN dotnet restore jobs

FROM mcr.microsoft.com/dotnet/sdk:8.0 AS tools
WORKDIR /src
COPY . .
RUN dotnet tool restore
