FROM maven:3.9-eclipse-temurin-21
ARG SETTINGS=conf/shop.conf
WORKDIR /app
COPY . .
RUN mvn -B package -DskipTests && mv target/*.jar app.jar
RUN cp ${SETTINGS} shop.conf
ENTRYPOINT ["java", "-jar", "/app/app.jar"]
