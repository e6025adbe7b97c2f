FROM maven:3.9-eclipse-temurin-21-noble AS build
WORKDIR /src
COPY . .
RUN mvn -B package

FROM eclipse-temurin:21-jdk-noble AS jlink
WORKDIR /jlink
RUN jlink --add-modules java.base,java.net.http,jdk.crypto.ec --no-header-files --no-man-pages --output opt/java/openjdk \
    && cp /opt/java/openjdk/lib/security/cacerts opt/java/openjdk/lib/security/cacerts \
    && opt/java/openjdk/bin/java -Xshare:dump \
    && cp -a --parents /etc/ssl/certs/ca-certificates.crt /etc/localtime /usr/share/zoneinfo /usr/lib/locale /__cacert_entrypoint.sh /jlink

FROM ubuntu:24.04 AS java
ENV JAVA_HOME=/opt/java/openjdk
ENV PATH=/opt/java/openjdk/bin:$PATH LANG=en_US.UTF-8 LANGUAGE=en_US:en LC_ALL=en_US.UTF-8
COPY --from=jlink /jlink /
ENTRYPOINT ["/__cacert_entrypoint.sh"]

# What runs.
FROM java
WORKDIR /app
COPY --from=build /src/target/shop.jar ./
ENV JAVA_OPTS=-Xmx200m
CMD ["java", "-jar", "shop.jar"]
