FROM mcr.microsoft.com/dotnet/sdk:9.0
WORKDIR /source
COPY . .
RUN dotnet publish "Shop.Web/Shop.Web.csproj" -c Release -o /app/publish /p:UseAppHost=false
WORKDIR /app/publish
ENTRYPOINT ["dotnet", "Shop.Web.dll"]
