import http from "http";

http.createServer((request, response) => response.end("shop")).listen(3000);
