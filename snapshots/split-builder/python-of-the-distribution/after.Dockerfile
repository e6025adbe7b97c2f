FROM ubuntu:22.04 AS base

FROM base AS builder
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-pip python3-dev gcc libpq-dev
WORKDIR /app
COPY requirements.txt .
RUN pip3 install -r requirements.txt

FROM base
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-pip python3-distutils libpython3.10 libatomic1 libgomp1 libpq5
WORKDIR /app
COPY --from=builder /usr/local /usr/local
COPY . .
CMD ["python3", "-m", "shop"]
