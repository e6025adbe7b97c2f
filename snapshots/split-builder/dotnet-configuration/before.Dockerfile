FROM mcr.microsoft.com/dotnet/sdk:8.0
WORKDIR /app
COPY . .
RUN dotnet publish
CMD dotnet bin/Release/net8.0/publish/Shop.dll
