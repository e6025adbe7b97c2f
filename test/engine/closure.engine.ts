/** What a real image has lost against another one, in trees that the engine made. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closureDifferences } from "../../src/engine/closure/index.ts";
import { surfaceOf } from "../../src/engine/surface.ts";
import { withTrees } from "../../src/engine/trees/index.ts";
import { OFFLINE } from "../harness/build-settings.ts";
import { sessionHere } from "./session-here.ts";

const context = mkdtempSync(join(tmpdir(), "refit-closure-"));
const session = sessionHere();

const files = {
  "server.js": 'const shop = require("shop"); require("debug"); require("fs").readFileSync("./towns.csv");',
  "towns.csv": "",
  "node_modules/shop/package.json": '{ "name": "shop", "version": "1.0.0", "exports": "./lib/shop.js" }',
  "node_modules/shop/lib/shop.js": 'require("prices")',
  "node_modules/prices/index.js": "",
  // What a development dependency brings, and messages go without.
  "node_modules/debug/index.js": 'try { require("supports-color"); } catch {}',
  "node_modules/supports-color/index.js": "",
  "start.sh": '#!/bin/dash\nexec "$@"\n',
  "app.py": "#!/usr/bin/env tool\n",
};

const original = `
FROM node:20-slim
RUN useradd web && mkdir -p /srv/data && ln -s /srv/data /srv/current && cp /bin/true /usr/local/bin/tool
WORKDIR /app
COPY . .
RUN chmod 755 start.sh app.py && chown web:web server.js
USER web
ENTRYPOINT ["./start.sh"]
CMD ["node", "server"]
`;

beforeAll(async () => {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(context, path, ".."), { recursive: true });
    writeFileSync(join(context, path), content);
  }
});
afterAll(() => {
  rmSync(context, { recursive: true });
});

async function image(dockerfile: string): Promise<string> {
  const build = await session().engine.build({ dockerfile, context, settings: OFFLINE });
  if (!build.ok) throw new Error(build.log);
  return build.image;
}

test("each loss is named once, with who misses it; a right image has lost nothing", async () => {
  const images = [
    await image(original),
    await image(
      `${original}USER root\nRUN rm -r /etc/motd /var/log/dpkg.log node_modules/supports-color; touch /new\nUSER web\n`,
    ),
    await image(
      `${original}USER root\nRUN rm -r /usr/lib/x86_64-linux-gnu/libz.so.1* /usr/local/bin/tool /srv/data towns.csv node_modules/prices && userdel web\nUSER web\n`,
    ),
  ];
  await withTrees(session(), images, async (before, right, wrong) => {
    const { config } = await session().engine.inspect(images[0]!);
    expect(closureDifferences(before!, right!, config)).toEqual([]);
    const lost = closureDifferences(before!, wrong!, config).map(({ at, what }) => `${at}: ${what}`);
    expect(lost.sort()).toEqual([
      "/app/node_modules/prices/index.js: prices, which /app/node_modules/shop/lib/shop.js imports, is missing",
      "/app/towns.csv: ./towns.csv, which /app/server.js names, is missing",
      expect.stringMatching(/^\/etc\/group: the group \d+, which .* belongs to, is missing$/),
      expect.stringMatching(
        /^\/etc\/passwd: the user web, which User names, is missing; so it is for \/app\/server.js$/,
      ),
      "/srv/data: /srv/data, which /srv/current links to, is missing",
      expect.stringMatching(
        /^\/usr\/lib\/x86_64-linux-gnu\/libz.so.1: libz.so.1, which .* needs, is missing; so it is for/,
      ),
      "/usr/local/bin/tool: tool, which runs /app/app.py, is missing",
    ]);
  });
});

test("the surface of an image is what its own tools say", async () => {
  const built = await image(original);
  const container = await session().engine.create({
    image: built,
    network: "none",
    command: ["sh", "-c", "dpkg-query --show | wc --lines; find / -xdev -type f -perm /6000 | wc --lines"],
  });
  await session().engine.start(container);
  await session().engine.wait(container, 60);
  const [packages, setuid] = (await session().engine.output(container)).stdout.trim().split("\n").map(Number);
  const info = await session().engine.inspect(built);
  const surface = await withTrees(session(), [built], (tree) => surfaceOf(info, tree!));
  expect(surface).toMatchObject({ layers: info.layers, bytes: info.size, setuid });
  expect(surface.packages.dpkg).toBe(packages);
  expect(surface.shells).toContain("dash");
  expect(surface.compilers).not.toContain("gcc");
});
