FROM mcr.microsoft.com/dotnet/sdk:8.0 AS first
WORKDIR /src
COPY first .
RUN dotnet restore

FROM mcr.microsoft.com/dotnet/sdk:8.0 AS folder
WORKDIR /src
COPY folder .
RUN dotnet restore

FROM mcr.microsoft.com/dotnet/sdk:8.0 AS items
WORKDIR /src
COPY items .
RUN dotnet restore

FROM mcr.microsoft.com/dotnet/sdk:8.0 AS above
WORKDIR /src
COPY above .
RUN dotnet restore
