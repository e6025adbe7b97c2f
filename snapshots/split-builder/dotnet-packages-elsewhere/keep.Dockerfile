FROM mcr.microsoft.com/dotnet/sdk:8.0
ENV NUGET_PACKAGES=/nuget
WORKDIR /app
COPY . .
RUN dotnet publish -c Release -o out
ENTRYPOINT ["dotnet", "out/Shop.dll"]
