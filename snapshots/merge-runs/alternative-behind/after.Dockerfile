FROM debian:12
RUN useradd app && \
    { id app || exit 1; } && \
    { getent group extra || groupadd extra; } && \
    { touch /done || true; }
