FROM python:3.12-slim
COPY --from=uv /uv /bin/uv
WORKDIR /app
COPY pyproject.toml uv.lock ./
COPY packages/words/pyproject.toml ./packages/words/
RUN uv sync --frozen --package words --no-install-workspace
COPY . .
RUN uv sync --frozen --package words
