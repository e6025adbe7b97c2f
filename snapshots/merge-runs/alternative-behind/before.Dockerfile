FROM debian:12
RUN useradd app
RUN id app || exit 1
RUN getent group extra || groupadd extra
RUN touch /done || true
