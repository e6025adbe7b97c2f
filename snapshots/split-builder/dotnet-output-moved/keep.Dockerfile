FROM mcr.microsoft.com/dotnet/sdk:8.0
WORKDIR /app
COPY . .
RUN dotnet publish -c Release -p:PublishDir=/srv/shop
CMD dotnet /srv/shop/Shop.dll
