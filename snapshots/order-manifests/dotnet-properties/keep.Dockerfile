FROM mcr.microsoft.com/dotnet/sdk:8.0 AS output
WORKDIR /src
COPY output .
RUN dotnet restore

FROM mcr.microsoft.com/dotnet/sdk:8.0 AS settings
WORKDIR /src
COPY settings .
RUN dotnet restore

FROM mcr.microsoft.com/dotnet/sdk:8.0 AS sources
WORKDIR /src
COPY sources .
RUN dotnet restore

FROM mcr.microsoft.com/dotnet/sdk:8.0 AS lock
WORKDIR /src
COPY lock .
RUN dotnet restore
