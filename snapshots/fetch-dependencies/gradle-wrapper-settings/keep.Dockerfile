FROM eclipse-temurin:21 AS archive
WORKDIR /src
COPY archive .
RUN ./gradlew build

FROM eclipse-temurin:21 AS project
WORKDIR /src
COPY project .
RUN ./gradlew build

FROM eclipse-temurin:21 AS unset
WORKDIR /src
COPY unset .
RUN ./gradlew build

FROM eclipse-temurin:21 AS file
WORKDIR /src
COPY file .
RUN ./gradlew build
