FROM gradle:8.12-jdk21
WORKDIR /home/gradle/shop
COPY . .
RUN gradle --no-daemon jar
CMD ["/usr/local/bin/agent"]
