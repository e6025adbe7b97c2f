FROM python:3.12-slim
COPY --from=uv /uv /bin/uv
WORKDIR /app
COPY requirements.txt ./
RUN uv pip install --target vendor -r requirements.txt
COPY . .
