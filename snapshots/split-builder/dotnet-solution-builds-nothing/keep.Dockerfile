FROM mcr.microsoft.com/dotnet/sdk:8.0
WORKDIR /src
COPY . .
RUN dotnet publish -c Release Letters.sln
ENTRYPOINT ["dotnet", "bin/Release/net8.0/publish/Letters.dll"]
