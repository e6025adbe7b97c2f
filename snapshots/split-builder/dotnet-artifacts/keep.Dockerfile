FROM mcr.microsoft.com/dotnet/sdk:8.0
WORKDIR /src
COPY . .
RUN dotnet publish -c Release --artifacts-path out
ENTRYPOINT ["dotnet", "out/publish/Letters/release/Letters.dll"]
