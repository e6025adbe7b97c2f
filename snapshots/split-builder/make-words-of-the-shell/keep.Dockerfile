FROM gcc:14
WORKDIR /app
COPY . .
RUN make "$(cat GOAL)"
CMD ["./greetings"]
