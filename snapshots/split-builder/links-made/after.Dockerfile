FROM gcc:14 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN ln -s /app/tides /usr/local/bin/tides
RUN gcc -o tides main.c

FROM base
RUN ln -s /app/tides /usr/local/bin/tides
COPY --from=builder /app/conf ./conf
COPY --from=builder /app/tides ./tides
RUN ln -sf conf/production.yml settings.yml
CMD ["tides"]
