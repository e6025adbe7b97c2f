/** pin-images against a registry and an engine: pinned and unpinned files build the same image, and the pinned one stays. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { docker } from "../../scripts/engine/docker.ts";
import { installPackages } from "../../scripts/engine/packages.ts";
import { type Registry, startRegistry } from "../registry/distribution.ts";
import { build, outputOf } from "./image.ts";
import { compareBuilds } from "./pair.ts";
import { refitted } from "./refitted.ts";

const folder = mkdtempSync(join(tmpdir(), "refit-pin-"));
let registry: Registry;
let name: string;

beforeAll(async () => {
  installPackages(["docker-registry", "openssl"]);
  registry = await startRegistry("none");
  name = `${registry.host}/team/base`;
  for (const tag of ["1", "2"]) publish(tag, `FROM busybox\nRUN echo ${tag} >/version\n`);
});
afterAll(() => {
  for (const tag of ["1", "2"]) docker(["rmi", "--force", `${name}:${tag}`]);
  registry.stop();
  rmSync(folder, { recursive: true, force: true });
});

function publish(tag: string, dockerfile: string) {
  const { id, log } = build(dockerfile, folder, ["--tag", `${name}:${tag}`]);
  expect(id, log).toBeDefined();
  docker(["push", "--quiet", `${name}:${tag}`]);
}

/** The file as refit pins it. */
function pinned(dockerfile: string): string {
  writeFileSync(join(folder, "Dockerfile"), dockerfile);
  return refitted(folder, ["--only", "pin-images"]);
}

const KEPT = { builds: true, broken: [] };

const everywhere = () => `ARG TAG=1
FROM ${name}:\${TAG}
COPY --from=${name}:2 /version /second
RUN --mount=type=bind,from=${name}:2,target=/mounted cp /mounted/version /third
`;

test("FROM through an ARG, COPY --from and a mount: the same image", async () => {
  const after = pinned(everywhere());
  expect(after.match(/@sha256:[0-9a-f]{64}/g)).toHaveLength(3);
  expect(await compareBuilds({ before: everywhere(), after, context: folder, promise: "same-image" })).toEqual(KEPT);
});

test("X1: --build-arg still chooses the version", async () => {
  const after = pinned(everywhere());
  const flags = ["--build-arg", "TAG=2"];
  const pair = { before: everywhere(), after, context: folder, flags, promise: "same-image" } as const;
  expect(await compareBuilds(pair)).toEqual(KEPT);
});

test("a tag that moves takes the unpinned file along, and not the pinned one", () => {
  const before = `FROM ${name}:1\n`;
  const after = pinned(before);
  const versionOf = (dockerfile: string) => {
    const { id, log } = build(dockerfile, folder, ["--pull"]);
    expect(id, log).toBeDefined();
    return outputOf(id!, ["cat", "/version"]);
  };
  const old = versionOf(before);
  expect(versionOf(after)).toBe(old);
  publish("1", "FROM busybox\nRUN echo moved >/version\n");
  expect(versionOf(before)).not.toBe(old);
  expect(versionOf(after)).toBe(old);
});
