FROM mcr.microsoft.com/dotnet/sdk:8.0
WORKDIR /src
COPY . .
RUN dotnet publish -c Release --ucr
ENTRYPOINT ["dotnet", "bin/Release/net8.0/linux-x64/publish/Letters.dll"]
