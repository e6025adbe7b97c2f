/** Dockerfiles that Compose and Bake files build, by the command line. */
import { describe, expect, test } from "vitest";
import { transforms } from "../../transforms/index.ts";
import { world } from "../harness/world.ts";

const dockerfile = "FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n";
const manifest = (name: string, more: object = {}) => JSON.stringify({ name, version: "1.0.0", ...more });
const lock = (name: string) =>
  `${JSON.stringify({ name, version: "1.0.0", lockfileVersion: 3, packages: { "": { name, version: "1.0.0" } } })}\n`;
const app = (folder: string, more?: object) => ({
  [`${folder}/package.json`]: manifest("letters", more),
  [`${folder}/package-lock.json`]: lock("letters"),
  [`${folder}/index.js`]: "",
});

function diffOf(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  return world({ ".git/HEAD": "", ...files }).refit(["--only", "order-manifests", ...args], { transforms });
}

describe("one Dockerfile for several services", () => {
  const compose = `
services:
  web: { build: { context: web, dockerfile: ../Dockerfile } }
  worker: { build: { context: worker, dockerfile: ../Dockerfile } }
`;

  test("is rewritten over the context that Compose names, where it is right for each of them", async () => {
    const { out, err } = await diffOf({
      Dockerfile: dockerfile,
      "compose.yaml": compose,
      ...app("web"),
      ...app("worker"),
    });
    expect(err).toContain("0 places left alone");
    expect(out).toContain("+COPY package.json package-lock.json ./\n");
  });

  test("is left alone where a file that the rewrite names is not in one of the contexts, and that build is named", async () => {
    const { "worker/package-lock.json": _, ...worker } = app("worker");
    const { out, err } = await diffOf({ Dockerfile: dockerfile, "compose.yaml": compose, ...app("web"), ...worker });
    expect(out).toBe("");
    expect(err).toContain("service worker in compose.yaml builds this file too, where same-image would not hold");
  });

  test("is left alone where the install of one of them reads more", async () => {
    const hook = { scripts: { postinstall: "node index.js" } };
    const { out, err } = await diffOf({
      Dockerfile: dockerfile,
      "compose.yaml": compose,
      ...app("web"),
      ...app("worker", hook),
    });
    expect(out).toBe("");
    expect(err).toContain("service worker in compose.yaml builds this file too");
  });

  test("a context that the user names is the only one", async () => {
    const { out } = await diffOf(
      { Dockerfile: dockerfile, "compose.yaml": compose, ...app("web"), "worker/index.js": "" },
      "--context",
      "web",
    );
    expect(out).toContain("+COPY package.json package-lock.json ./\n");
  });
});

test("a name that gets a context of its own is not pinned", async () => {
  const bake = 'target "app" {\n  contexts = { node = "target:base" }\n}\n';
  const { refit } = world({ ".git/HEAD": "", Dockerfile: "FROM node\nRUN true\n", "docker-bake.hcl": bake });
  const { err } = await refit(["--only", "pin-images", "--offline"], { transforms });
  expect(err).toContain("target app in docker-bake.hcl gives `node` a context of its own, which is no image");
});

test("a Compose file that can't be read is told, and spoils no Dockerfile", async () => {
  const { err, code } = await diffOf({ Dockerfile: dockerfile, "compose.yaml": "services: [\n", ...app(".") });
  expect(err).toMatch(/^refit: compose\.yaml:\d+:\d+: .*; the builds that it describes are not known$/m);
  expect(code).toBe(0);
});
