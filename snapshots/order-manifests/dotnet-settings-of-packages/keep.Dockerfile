FROM mcr.microsoft.com/dotnet/sdk:8.0 AS missing
WORKDIR /src
COPY missing .
RUN dotnet restore

FROM mcr.microsoft.com/dotnet/sdk:8.0 AS outside
WORKDIR /src
COPY outside .
RUN dotnet restore
