/** Dockerfiles before and after refit, both built by BuildKit: the same files and the same configuration. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { root } from "../../scripts/engine/folders.ts";
import { build, outputOf } from "./image.ts";
import { compareBuilds } from "./pair.ts";
import { refitted } from "./refitted.ts";
import { sampled } from "./sampled.ts";
import { standIns } from "./stand-ins.ts";

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A copy of `source` to build in. */
function copyOf(source: string | undefined): string {
  const folder = mkdtempSync(join(tmpdir(), "refit-pair-"));
  made.push(folder);
  if (source !== undefined) cpSync(source, folder, { recursive: true });
  return folder;
}

describe.each([
  ["same-image", "safe"],
  ["same-runtime", "standard"],
] as const)("cases of %s written for the engine", (promise, level) => {
  const cases = join(root, "test/fixtures/engine", promise);

  test.each(readdirSync(cases))("%s", async (name) => {
    const context = copyOf(join(cases, name));
    const before = readFileSync(join(context, "Dockerfile"), "utf8");
    const after = refitted(context, ["--offline", "--level", level]);
    expect(after).not.toBe(before);
    writeFileSync(join(context, "Dockerfile"), before);
    expect(await compareBuilds({ before, after, context, promise }), after).toEqual({ builds: true, broken: [] });
    if (promise === "same-runtime") expect(whatItSays(after, context)).toBe(whatItSays(before, context));
  });
});

/** What the image's own command prints. */
function whatItSays(dockerfile: string, context: string): string {
  const output = outputOf(build(dockerfile, context).id!, []);
  expect(output).not.toBe("");
  return output;
}

/** What the stand-ins lack (old versions of npm among it), or what takes minutes: such files would only fail alike, or wait for a mirror. */
const LEFT_OUT =
  /\b(apt-get (update|install)|apk|dnf|pip|pipenv|poetry|pdm|uv|conda|micromamba|go|cargo|yarn|pnpm|bun|mvnw?|gradlew?|javac|dotnet|bundle|gem|composer|mix|make|cmake|gcc|cc|g\+\+|service)\b|^FROM node:([4-9]|1[0-4])\b/m;

describe.each([
  ["merge-runs", "same-image"],
  ["order-manifests", "same-image"],
  ["split-builder", "same-runtime"],
] as const)("snapshots of %s, on base images that stand in for theirs", (group, promise) => {
  const snapshots = join(root, "snapshots", group);
  const all = readdirSync(snapshots).filter((name) => existsSync(join(snapshots, name, "after.Dockerfile")));
  const fit = all.filter((name) => !LEFT_OUT.test(readFileSync(join(snapshots, name, "before.Dockerfile"), "utf8")));
  const chosen = sampled(fit, 20);
  process.stdout.write(
    `${group}: of ${all.length} snapshots ${all.length - fit.length} need other tools; of the others ${chosen.length} are built\n`,
  );

  test.each(chosen)("%s", async (name) => {
    const text = (file: string) => readFileSync(join(snapshots, name, file), "utf8");
    const files = join(snapshots, name, "context");
    const [before, after] = [text("before.Dockerfile"), text("after.Dockerfile")];
    const context = copyOf(existsSync(files) ? files : undefined);
    const { builds, broken } = await compareBuilds({ before, after, context, flags: standIns(before), promise });
    expect(broken).toEqual([]);
    if (!builds) process.stdout.write(`${group}/${name}: neither file builds here\n`);
  });
});
