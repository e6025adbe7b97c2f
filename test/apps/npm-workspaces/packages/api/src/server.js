const http = require("node:http");
const { say } = require("@dictionary/words");
const ms = require("ms");

const server = http.createServer((request, response) => {
  const text = new URL(request.url, "http://localhost").searchParams.get("text") ?? "";
  response.setHeader("cache-control", `max-age=${ms("1h") / 1000}`);
  response.end(say(text));
});
server.listen(3000);
