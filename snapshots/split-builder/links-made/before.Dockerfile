FROM gcc:14
WORKDIR /app
COPY . .
RUN ln -s /app/tides /usr/local/bin/tides
RUN gcc -o tides main.c
RUN ln -sf conf/production.yml settings.yml
CMD ["tides"]
