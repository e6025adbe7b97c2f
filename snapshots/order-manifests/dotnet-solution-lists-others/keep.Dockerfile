FROM mcr.microsoft.com/dotnet/sdk:8.0 AS above
WORKDIR /src
COPY above .
RUN dotnet restore

FROM mcr.microsoft.com/dotnet/sdk:8.0 AS website
WORKDIR /src
COPY website .
RUN dotnet restore
