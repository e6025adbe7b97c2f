import { WORDS } from "@thesaurus/words";
import ms from "ms";

const longest = ms("1 hour") / 1000;

Bun.serve({
  port: Number(process.env.PORT ?? 3000),
  fetch(request) {
    const found = WORDS[new URL(request.url).pathname.slice(1)];
    const headers = { "cache-control": `max-age=${longest}`, "content-type": "application/json" };
    return new Response(JSON.stringify(found ?? []), { status: found ? 200 : 404, headers });
  },
});
