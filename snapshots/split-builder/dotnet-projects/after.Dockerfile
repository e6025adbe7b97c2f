FROM mcr.microsoft.com/dotnet/sdk:8.0 AS base
WORKDIR /source

FROM base AS builder
COPY . .
RUN dotnet build -c Release Shop.Web/Shop.Web.csproj

FROM base
COPY --from=builder /source/Shop.Web ./Shop.Web
WORKDIR /source/Shop.Web/bin/Release/net8.0
ENV ASPNETCORE_URLS=http://+:80
CMD dotnet Shop.Web.dll
