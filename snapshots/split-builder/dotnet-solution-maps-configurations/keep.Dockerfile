FROM mcr.microsoft.com/dotnet/sdk:8.0
WORKDIR /source
COPY . .
RUN dotnet restore
RUN dotnet publish -c Release --no-restore
WORKDIR /source/Tides.Api/bin/Release/net8.0/publish
ENTRYPOINT ["dotnet", "Tides.Api.dll"]
