FROM gcc:14
WORKDIR /app
COPY . .
RUN make && make install PREFIX=/usr/local
CMD ["greetings"]
