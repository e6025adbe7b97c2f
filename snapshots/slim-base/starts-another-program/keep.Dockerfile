FROM eclipse-temurin:21-jdk
WORKDIR /app
COPY start.jsh .
CMD ["jshell", "start.jsh"]
