FROM mcr.microsoft.com/dotnet/sdk:8.0 AS project
WORKDIR /src
COPY project .
RUN dotnet restore

FROM mcr.microsoft.com/dotnet/sdk:8.0 AS settings
WORKDIR /src
COPY settings .
RUN dotnet restore

FROM mcr.microsoft.com/dotnet/sdk:8.0 AS solution
WORKDIR /src
COPY solution .
RUN dotnet restore
