FROM mcr.microsoft.com/dotnet/sdk:8.0 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN dotnet publish Tides.Api -c Release -o out

FROM base
COPY --from=builder /app/out ./out
ENTRYPOINT ["dotnet", "out/Tides.Api.dll"]
