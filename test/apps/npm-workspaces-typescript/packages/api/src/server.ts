import { createServer } from "node:http";
import { WORDS } from "@thesaurus/words";
import ms from "ms";

const longest = ms("1 hour") / 1000;

createServer((request, response) => {
  const found = WORDS[request.url?.slice(1) ?? ""];
  response.writeHead(found ? 200 : 404, { "cache-control": `max-age=${longest}`, "content-type": "application/json" });
  response.end(JSON.stringify(found ?? []));
}).listen(Number(process.env.PORT ?? 3000));
