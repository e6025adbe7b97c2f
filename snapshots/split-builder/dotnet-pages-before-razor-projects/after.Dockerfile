FROM microsoft/aspnetcore-build:2.0 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN dotnet publish -c Release -o out

FROM base
COPY --from=builder /app/appsettings.json ./
COPY --from=builder /app/Views ./Views
COPY --from=builder /app/wwwroot ./wwwroot
COPY --from=builder /app/out ./out
ENTRYPOINT ["dotnet", "out/Shop.dll"]
