FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:8.0 AS build
ARG RUNTIME
WORKDIR /src
COPY . .
RUN dotnet restore -a $RUNTIME
RUN dotnet publish -a $RUNTIME --no-restore -o /app

FROM mcr.microsoft.com/dotnet/aspnet:8.0
WORKDIR /app
COPY --from=build /app .
ENTRYPOINT ["./Letters"]
