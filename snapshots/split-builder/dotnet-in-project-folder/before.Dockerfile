FROM mcr.microsoft.com/dotnet/sdk:8.0
WORKDIR /src
COPY . .
RUN dotnet restore
RUN cd Tides.Api && dotnet publish -c Release -o out
WORKDIR /src/Tides.Api/out
ENTRYPOINT ["dotnet", "Tides.Api.dll"]
