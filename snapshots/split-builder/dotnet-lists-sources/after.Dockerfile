FROM mcr.microsoft.com/dotnet/sdk:8.0 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN dotnet publish -c Release -o out

FROM base
COPY --from=builder /app/Program.cs ./
COPY --from=builder /app/queries ./queries
COPY --from=builder /app/out ./out
ENTRYPOINT ["dotnet", "out/Shop.dll"]
