FROM mcr.microsoft.com/dotnet/sdk:8.0 AS base
WORKDIR /src

FROM base AS builder
COPY . .
RUN dotnet restore
RUN cd Tides.Api && dotnet publish -c Release -o out

FROM base
COPY --from=builder /src/Tides.Api/out ./Tides.Api/out
WORKDIR /src/Tides.Api/out
ENTRYPOINT ["dotnet", "Tides.Api.dll"]
