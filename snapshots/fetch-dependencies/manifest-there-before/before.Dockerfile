FROM maven:3.9
WORKDIR /app
COPY pom.xml /app
COPY . .
RUN mvn package
