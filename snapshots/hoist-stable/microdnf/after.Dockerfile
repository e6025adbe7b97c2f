FROM registry.example/ubi9/ubi-minimal
WORKDIR /app
RUN microdnf install -y --nodocs gcc && microdnf clean all
COPY . .
RUN cc -o shop src/main.c
CMD ["./shop"]
