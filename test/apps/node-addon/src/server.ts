import { createServer } from "node:http";
import { mask } from "bufferutil";
import { KEY } from "./key";

createServer((request, response) => {
  const text = Buffer.from(`masked ${request.url}`);
  mask(text, KEY, text, 0, text.length);
  response.end(`${text.toString("hex")}\n`);
}).listen(3000, () => console.log("masks on 3000"));
