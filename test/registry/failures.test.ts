/** What a user reads when a registry does not answer as it should. */
import { mkdtempSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openRegistries, resolveAll } from "../../src/registry/index.ts";
import { listen, serve } from "./server.ts";

const nobody = { DOCKER_CONFIG: "/nonexistent" };

async function reasonFrom(listener: RequestListener, env: NodeJS.ProcessEnv = nobody): Promise<string> {
  const host = await serve(listener);
  const name = `${host}/team/app:1`;
  const resolution = (await resolveAll([name], { env, timeout: 300 })).get(name);
  expect(resolution).toHaveProperty("unresolved");
  return (resolution as { unresolved: string }).unresolved.replaceAll(host, "HOST");
}

const status = (code: number): RequestListener => {
  return (_, response) => response.writeHead(code).end();
};

test.each([
  [404, "HOST has no image team/app:1"],
  [401, "HOST does not show team/app:1 without a login that may read it"],
  [403, "HOST does not show team/app:1 without a login that may read it"],
  [429, "HOST limits how often it is asked; log in to it, or try again later"],
  [503, "HOST answers with status 503 for team/app:1"],
])("status %i is said in one sentence", async (code, reason) => {
  expect(await reasonFrom(status(code))).toBe(reason);
});

test("a page instead of a manifest is not taken", async () => {
  const page: RequestListener = (_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<p>");
  expect(await reasonFrom(page)).toBe(
    "HOST answers with text/html for team/app:1, which is not a manifest that has a stable digest",
  );
});

test("a schema 1 manifest is not taken, though it bears a digest", async () => {
  const old: RequestListener = (_, response) => {
    const type = "application/vnd.docker.distribution.manifest.v1+prettyjws";
    response.writeHead(200, { "content-type": type, "docker-content-digest": `sha256:${"a".repeat(64)}` }).end();
  };
  expect(await reasonFrom(old)).toContain("manifest.v1+prettyjws for team/app:1, which is not a manifest");
});

test("a server without TLS that is not on this machine by its name is said to have none", async () => {
  const port = (await serve(status(200))).replace(/.*:/, "");
  const name = `LOCALHOST:${port}/team/app:1`;
  const resolutions = await resolveAll([name], { env: nobody, timeout: 3000 });
  expect(resolutions.get(name)).toEqual({ unresolved: `localhost:${port} can't be reached: it speaks no TLS` });
});

test("a server that never answers is given up", async () => {
  expect(await reasonFrom(() => {})).toBe("HOST can't be reached: no answer within 0.3 s");
});

test("an answer without end is given up", async () => {
  const endless: RequestListener = (request, response) => {
    if (request.method === "HEAD") return response.writeHead(405).end();
    const more = () => response.write(Buffer.alloc(1 << 20), more);
    return more();
  };
  expect(await reasonFrom(endless)).toMatch(/can't be reached: (its answer is over 4 MB|no answer within)/);
});

test("a host that can't be reached is asked once in a run", async () => {
  let asked = 0;
  const host = await serve((request) => {
    asked++;
    request.socket.destroy();
  });
  const { digests: resolve } = openRegistries({ env: nobody, concurrency: 1 });
  const names = Array.from({ length: 20 }, (_, tag) => `${host}/app:${tag}`);
  const resolutions = [...(await resolve(names)).values(), ...(await resolve([`${host}/other`])).values()];
  expect(asked).toBe(1);
  expect(resolutions).toHaveLength(21);
  for (const resolution of resolutions) expect(resolution).toHaveProperty("unresolved");
});

test("a token server that refuses, or that answers nonsense, is named", async () => {
  const auth = await serve((request, response) => {
    response.writeHead(request.url?.includes("nonsense") ? 200 : 403).end("nonsense");
  });
  const challenge = (path: string): RequestListener => {
    const header = `Bearer realm="http://${auth}/${path}",service="registry",scope="repository:team/app:pull"`;
    return (_, response) => response.writeHead(401, { "www-authenticate": header }).end();
  };
  expect(await reasonFrom(challenge("refuse"))).toBe(`${auth} gives no token without a login (status 403)`);
  expect(await reasonFrom(challenge("nonsense"))).toBe(`${auth} answers with something that is not a token`);
  const nowhere: RequestListener = (_, response) => response.writeHead(401, { "www-authenticate": "Bearer" }).end();
  expect(await reasonFrom(nowhere)).toBe("HOST names no token server");
});

test("a broken config.json is named when a login is needed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "refit-config-"));
  writeFileSync(join(folder, "config.json"), "{ not json");
  const login: RequestListener = (_, response) =>
    response.writeHead(401, { "www-authenticate": "Basic realm=x" }).end();
  expect(await reasonFrom(login, { DOCKER_CONFIG: folder })).toBe(`${folder}/config.json is not a JSON object`);
});

test("text that is no reference is never sent anywhere", async () => {
  const resolution = (await resolveAll(["Not A Reference"])).get("Not A Reference");
  expect(resolution).toEqual({ unresolved: "Not A Reference is not an image reference" });
});

test("a reference with a digest needs no registry", async () => {
  const digest = `sha256:${"b".repeat(64)}`;
  const name = `registry.invalid/app:1@${digest}`;
  expect((await resolveAll([name])).get(name)).toEqual({ digest });
});

test("a registry that knows no HEAD is asked for the manifest, whose digest is worked out", async () => {
  const host = await serve((request, response) => {
    if (request.method === "HEAD") return response.writeHead(405).end();
    return response
      .writeHead(200, { "content-type": "application/vnd.oci.image.index.v1+json; charset=utf-8" })
      .end("{}");
  });
  const digest = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
  expect(await resolveAll([`${host}/app`], { env: nobody })).toEqual(new Map([[`${host}/app`, { digest }]]));
});

test("a proxy that is set is used, except for this machine's own registries", async () => {
  const asked: string[] = [];
  const proxy = await listen(status(404));
  onTestFinished(proxy.close);
  proxy.server.on("connect", (request, socket) => {
    asked.push(request.url!);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  const env = { ...nobody, HTTPS_PROXY: `http://${proxy.host}`, http_proxy: `http://${proxy.host}` };
  await resolveAll(["registry.example/app:1", `${proxy.host}/app:1`], { env });
  expect(asked).toEqual(["registry.example:443"]);
});
