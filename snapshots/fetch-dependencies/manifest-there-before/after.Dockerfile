FROM maven:3.9
WORKDIR /app
COPY pom.xml /app
RUN mvn -B -fn dependency:go-offline
COPY . .
RUN mvn package
