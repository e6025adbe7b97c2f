FROM eclipse-temurin:21-jdk
WORKDIR /app
COPY . .
RUN javac -d build/classes src/app/*.java && cp -r res/* build/classes/
RUN jar --create --file app.jar --main-class app.Main -C build/classes .
RUN install -d -o nobody /data
CMD java $JAVA_OPTS -jar app.jar
