FROM microsoft/aspnetcore-build:2.0
WORKDIR /app
COPY . .
RUN dotnet publish -c Release -o out
ENTRYPOINT ["dotnet", "out/Shop.dll"]
