import { createServer } from "node:http";
import debug from "debug";

const log = debug("shop");
createServer((_, response) => {
  log("asked");
  response.end("open");
}).listen(3000);
