FROM postgres:16
RUN psql <<SQL
SELECT *
FROM redis:7
SQL
COPY <<EOF /etc/note
FROM nginx:1.27
COPY --from=redis:7 / /
EOF
RUN echo 1 && \
    # from redis:7
    echo FROM redis:7
