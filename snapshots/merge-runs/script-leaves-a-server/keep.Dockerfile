FROM debian:12
WORKDIR /app
COPY . .
RUN bash scripts/seed.sh
RUN ./scripts/check.sh
RUN touch /done
