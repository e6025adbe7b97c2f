FROM mcr.microsoft.com/dotnet/sdk:8.0 AS base
WORKDIR /source

FROM base AS builder
COPY . .
RUN dotnet restore
RUN dotnet publish -c Release --no-restore

FROM base
COPY --from=builder /source/Tides.Api/bin/Release/net8.0/publish ./Tides.Api/bin/Release/net8.0/publish
WORKDIR /source/Tides.Api/bin/Release/net8.0/publish
ENTRYPOINT ["dotnet", "Tides.Api.dll"]
