import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import ms from "ms";
import { Links } from "./links.js";

const links = new Links();
const started = Date.now();
const lifetime = process.env.LINK_LIFETIME ?? "1h";
const page = await readFile(new URL("../public/index.html", import.meta.url));

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return body.trim();
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(`${JSON.stringify(body)}\n`);
}

const server = createServer(async (request, response) => {
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  if (request.method === "POST" && path === "/links") {
    try {
      const { id } = links.add(await bodyOf(request), lifetime);
      answer(response, 201, { id });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      answer(response, 400, { error: error.message });
    }
  } else if (path === "/") {
    response.writeHead(200, { "content-type": "text/html" }).end(page);
  } else if (path === "/health") {
    answer(response, 200, { links: links.count, up: ms(Date.now() - started), env: process.env.NODE_ENV ?? null });
  } else {
    const link = links.find(path.slice(1));
    if (link) response.writeHead(302, { location: link.target }).end();
    else answer(response, 404, { error: "no such link" });
  }
});

server.listen(Number(process.env.PORT ?? 3000));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => server.close());
