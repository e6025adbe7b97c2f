FROM registry.example/ubi9/ubi-minimal
WORKDIR /app
COPY . .
RUN microdnf install -y --nodocs gcc && microdnf clean all
RUN cc -o shop src/main.c
CMD ["./shop"]
