import ms from "ms";

const age = ms("1 hour") / 1000;

Bun.serve({ port: 3000, fetch: () => new Response("June", { headers: { "cache-control": `max-age=${age}` } }) });
