FROM gcc:14
WORKDIR /app
COPY . .
RUN make -j$(nproc)
CMD ["./greetings"]
