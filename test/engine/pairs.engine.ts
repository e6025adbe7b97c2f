/** Dockerfiles before and after refit, both built by BuildKit: the same files and the same configuration. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { root } from "../../scripts/engine/folders.ts";
import { compareBuilds } from "./pair.ts";
import { refitted } from "./refitted.ts";
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

describe("cases written for the engine", () => {
  const cases = join(root, "test/engine/cases");

  test.each(readdirSync(cases))("%s", (name) => {
    const context = copyOf(join(cases, name));
    const before = readFileSync(join(context, "Dockerfile"), "utf8");
    const after = refitted(context, ["--offline", "--level", "safe"]);
    expect(after).not.toBe(before);
    writeFileSync(join(context, "Dockerfile"), before);
    const outcome = compareBuilds({ before, after, context });
    expect(outcome, after).toMatchObject({ builds: true, differences: [] });
  });
});

describe.each(["merge-runs", "order-manifests"])(
  "snapshots of %s, on base images that stand in for theirs",
  (group) => {
    const snapshots = join(root, "snapshots", group);
    const changing = readdirSync(snapshots).filter((name) => existsSync(join(snapshots, name, "after.Dockerfile")));

    test.each(changing)("%s", (name) => {
      const text = (file: string) => readFileSync(join(snapshots, name, file), "utf8");
      const files = join(snapshots, name, "context");
      const [before, after] = [text("before.Dockerfile"), text("after.Dockerfile")];
      const pair = { before, after, context: copyOf(existsSync(files) ? files : undefined), flags: standIns(before) };
      const { builds, differences, log } = compareBuilds(pair);
      expect(differences, log).toEqual([]);
      if (!builds) process.stdout.write(`${group}/${name}: neither file builds here\n`);
    });
  },
);
