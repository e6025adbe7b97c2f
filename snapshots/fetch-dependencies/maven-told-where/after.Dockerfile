FROM maven:3.9-eclipse-temurin-17
COPY pom.xml /home/app/
RUN cd /home/app && mvn -B -fn -f /home/app/pom.xml dependency:go-offline
COPY src /home/app/src
COPY pom.xml /home/app
RUN mvn -f /home/app/pom.xml clean package
EXPOSE 8080
ENTRYPOINT ["java","-jar","/home/app/target/b-1.jar"]
