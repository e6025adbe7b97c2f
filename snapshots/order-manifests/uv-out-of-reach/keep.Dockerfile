FROM python:3.12 AS missing
COPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/
WORKDIR /app
COPY missing .
RUN uv sync --frozen

FROM python:3.12 AS unreadable
COPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/
WORKDIR /app
COPY unreadable .
RUN uv sync --frozen

FROM python:3.12 AS settings
COPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/
WORKDIR /app
COPY settings .
RUN uv sync --frozen

FROM python:3.12 AS environment
COPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/
ENV UV_PROJECT_ENVIRONMENT=.
WORKDIR /app
COPY environment .
RUN uv sync --frozen

FROM python:3.12 AS python
COPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/
WORKDIR /app
COPY python .
RUN uv sync

FROM python:3.12 AS project
COPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/
WORKDIR /app
COPY project .
RUN uv sync --frozen

FROM python:3.12 AS unread
COPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/
WORKDIR /app
COPY unread .
RUN uv pip install --system -r requirements.txt

FROM python:3.12 AS shell
COPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/
WORKDIR /app
COPY shell .
RUN uv pip install --system $(cat packages)

FROM python:3.12 AS target
COPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/
WORKDIR /app
COPY target .
RUN uv pip install --target "$(cat place)" -r requirements.txt
