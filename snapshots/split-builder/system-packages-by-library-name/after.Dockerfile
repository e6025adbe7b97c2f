FROM python:3.12-slim-bookworm AS base

FROM base AS builder
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libgdal-dev libjpeg-dev \
    && rm -rf /var/lib/apt/lists/*
ENV GDAL_LIBRARY_PATH=/usr/lib/x86_64-linux-gnu/libgdal.so
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt

FROM base
RUN apt-get update \
    && apt-get install -y --no-install-recommends libatomic1 libgomp1 libgdal-dev libjpeg-dev \
    && rm -rf /var/lib/apt/lists/*
ENV GDAL_LIBRARY_PATH=/usr/lib/x86_64-linux-gnu/libgdal.so
WORKDIR /app
RUN rm -rf /usr/local/*
COPY --from=builder /usr/local /usr/local
COPY . .
CMD ["gunicorn", "shop.wsgi"]
