FROM python:3.12-slim-bookworm AS base

FROM base AS builder
RUN apt-get update && apt-get install -y gcc
WORKDIR /app
COPY . .
RUN pip install --target /srv/packages -r requirements.txt
RUN rm -rf requirements.txt

FROM base
RUN apt-get update && apt-get install -y libatomic1 libgomp1
WORKDIR /app
COPY --from=builder /srv/packages /srv/packages
COPY --from=builder /app ./
ENV PYTHONDONTWRITEBYTECODE=1
CMD ["python", "-m", "shop"]
