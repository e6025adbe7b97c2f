FROM mcr.microsoft.com/dotnet/sdk:8.0
WORKDIR /source
COPY . .
RUN dotnet publish -c Release -o /app
WORKDIR /app
ENV ASPNETCORE_CONTENTROOT=/source
ENTRYPOINT ["dotnet", "Shop.dll"]
