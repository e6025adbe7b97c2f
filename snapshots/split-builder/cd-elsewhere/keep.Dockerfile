FROM gcc:14
WORKDIR /app
COPY . .
RUN cd /tmp && make -f /app/Makefile
CMD ["./greetings"]
