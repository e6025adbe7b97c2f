FROM eclipse-temurin:21-jdk AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN javac -d build/classes src/app/*.java && cp -r res/* build/classes/
RUN jar --create --file app.jar --main-class app.Main -C build/classes .

FROM base
COPY --from=builder /app/res ./res
COPY --from=builder /app/app.jar ./app.jar
COPY --from=builder /app/build/classes ./build/classes
RUN install -d -o nobody /data
CMD java $JAVA_OPTS -jar app.jar
