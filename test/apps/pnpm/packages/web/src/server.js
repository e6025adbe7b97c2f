const http = require("node:http");
const { greet } = require("greet");
const ms = require("ms");

const server = http.createServer((request, response) => {
  response.setHeader("cache-control", `max-age=${ms("5m") / 1000}`);
  response.end(greet(request.url.slice(1)));
});
server.listen(3000);
