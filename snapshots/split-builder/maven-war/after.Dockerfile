FROM tomcat:10-jdk21-temurin AS base
WORKDIR /src

FROM base AS builder
COPY . .
RUN ./mvnw package && cp target/shop.war /usr/local/tomcat/webapps/ROOT.war

FROM base
COPY --from=builder /usr/local/tomcat/webapps/ROOT.war /usr/local/tomcat/webapps/ROOT.war
WORKDIR /usr/local/tomcat
CMD ["catalina.sh", "run"]
