FROM mcr.microsoft.com/dotnet/sdk:8.0
WORKDIR /source
COPY . .
RUN dotnet publish Tides.Api -c Release -o /app
RUN cp Tides.Tables/brest.csv /app/
WORKDIR /app
ENTRYPOINT ["dotnet", "Tides.Api.dll"]
