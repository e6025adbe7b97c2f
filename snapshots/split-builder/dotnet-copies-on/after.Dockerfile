FROM mcr.microsoft.com/dotnet/sdk:8.0 AS base
WORKDIR /source

FROM base AS builder
COPY . .
RUN dotnet publish Tides.Api -c Release -o /app

FROM base
COPY --from=builder /source/Tides.Tables ./Tides.Tables
COPY --from=builder /app /app
RUN cp Tides.Tables/brest.csv /app/
WORKDIR /app
ENTRYPOINT ["dotnet", "Tides.Api.dll"]
