FROM mcr.microsoft.com/dotnet/sdk:8.0
WORKDIR /source
COPY . .
RUN dotnet build -c Release Shop.Web/Shop.Web.csproj
WORKDIR /source/Shop.Web/bin/Release/net8.0
ENV ASPNETCORE_URLS=http://+:80
CMD dotnet Shop.Web.dll
