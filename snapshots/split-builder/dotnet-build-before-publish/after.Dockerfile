FROM mcr.microsoft.com/dotnet/sdk:8.0 AS base
WORKDIR /src

FROM base AS builder
COPY ["Tides.Api/Tides.Api.csproj", "Tides.Api/"]
COPY ["Tides.Tables/Tides.Tables.csproj", "Tides.Tables/"]
RUN dotnet restore "Tides.Api/Tides.Api.csproj"
COPY . .
WORKDIR "/src/Tides.Api"
RUN dotnet build "Tides.Api.csproj" -c Release -o /app/build
RUN dotnet publish "Tides.Api.csproj" -c Release -o /app/publish /p:UseAppHost=false

FROM base
WORKDIR "/src/Tides.Api"
COPY --from=builder /app/build /app/build
COPY --from=builder /app/publish /app/publish
WORKDIR /app/publish
ENTRYPOINT ["dotnet", "Tides.Api.dll"]
