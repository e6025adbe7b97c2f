FROM mcr.microsoft.com/dotnet/sdk:8.0-alpine
WORKDIR /app
COPY . .
RUN dotnet publish -c Release -r linux-musl-x64 --self-contained
WORKDIR /app/bin/Release/net8.0/linux-musl-x64/publish
CMD ["./Shop"]
