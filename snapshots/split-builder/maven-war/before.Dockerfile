FROM tomcat:10-jdk21-temurin
WORKDIR /src
COPY . .
RUN ./mvnw package && cp target/shop.war /usr/local/tomcat/webapps/ROOT.war
WORKDIR /usr/local/tomcat
CMD ["catalina.sh", "run"]
