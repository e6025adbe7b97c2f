FROM gradle:8.12-jdk21
WORKDIR /home/gradle/shop
COPY . .
RUN gradle --no-daemon jar
RUN cp build/reports/summary.html /srv/summary.html
CMD ["java", "-jar", "build/libs/shop.jar"]
