FROM eclipse-temurin:21
WORKDIR /app
COPY . .
RUN javac -version
CMD ["java", "Main"]
