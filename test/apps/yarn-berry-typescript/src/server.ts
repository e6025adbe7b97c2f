import { createServer } from "node:http";
import ms from "ms";

/** How long until the sun is up, by the month. */
const DAWN: Readonly<Record<string, string>> = { june: "4 hours", december: "8 hours" };

createServer((request, response) => {
  const dawn = DAWN[request.url?.slice(1) ?? ""];
  response.writeHead(dawn ? 200 : 404, { "content-type": "text/plain" });
  response.end(dawn ? String(ms(dawn as ms.StringValue)) : "no such month");
}).listen(Number(process.env.PORT ?? 3000));
