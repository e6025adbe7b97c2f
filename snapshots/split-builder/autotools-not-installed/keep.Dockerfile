FROM gcc:14
WORKDIR /app
COPY . .
RUN ./configure --prefix=/opt/greetings && make
CMD ["src/greetings"]
