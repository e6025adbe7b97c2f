/** How two images differ. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { docker } from "../../scripts/engine/docker.ts";
import { type Tree, withTrees } from "./tree.ts";

/** A setting by its name, or a path; `what` says how it differs. */
export interface Difference {
  readonly at: string;
  readonly kind: "setting" | "added" | "gone" | "changed";
  readonly what: string;
}

const SETTINGS = [
  "Env",
  "Cmd",
  "Entrypoint",
  "WorkingDir",
  "User",
  "ExposedPorts",
  "Volumes",
  "Labels",
  "StopSignal",
  "Healthcheck",
  "Shell",
  "OnBuild",
];

/** Times aside, all that an image is. */
export function differences(before: string, after: string): Difference[] {
  return [
    ...settingsThatDiffer(before, after),
    ...withTrees([before, after], (old, now) => pathsThatDiffer(old!, now!)),
  ];
}

function settingsThatDiffer(before: string, after: string): Difference[] {
  const [old, now] = JSON.parse(docker(["image", "inspect", before, after])).map(
    (image: { Config: Record<string, unknown> }) => image.Config,
  );
  return SETTINGS.filter((name) => !isDeepStrictEqual(old[name] ?? null, now[name] ?? null)).map((name) => ({
    at: name,
    kind: "setting",
    what: `${JSON.stringify(old[name])} → ${JSON.stringify(now[name])}`,
  }));
}

function pathsThatDiffer(before: Tree, after: Tree): Difference[] {
  const found: Difference[] = [];
  const perhaps: string[] = [];
  for (const [path, old] of before.entries) {
    const now = after.entries.get(path);
    if (!now) found.push({ at: path, kind: "gone", what: old.type });
    else if (!isDeepStrictEqual(old, now)) {
      found.push({ at: path, kind: "changed", what: `${JSON.stringify(old)} → ${JSON.stringify(now)}` });
    } else if (old.type === "file" && before.inodes.get(path) !== after.inodes.get(path)) perhaps.push(path);
  }
  for (const [path, { type }] of after.entries) {
    if (!before.entries.has(path)) found.push({ at: path, kind: "added", what: type });
  }
  const [old, now] = [attributesOf(before, perhaps), attributesOf(after, perhaps)];
  for (const path of perhaps) {
    if (hashOf(before, path) !== hashOf(after, path)) found.push({ at: path, kind: "changed", what: "content" });
    else if (old.get(path) !== now.get(path)) {
      found.push({ at: path, kind: "changed", what: `${old.get(path)} → ${now.get(path)}` });
    }
  }
  return found;
}

function hashOf({ root }: Tree, path: string): string {
  return createHash("sha256")
    .update(readFileSync(join(root, path)))
    .digest("hex");
}

/** Extended attributes, capabilities among them, of those of `paths` that have any. */
function attributesOf({ root }: Tree, paths: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (let start = 0; start < paths.length; start += 1000) {
    const some = paths.slice(start, start + 1000);
    const output = execFileSync("getfattr", ["--no-dereference", "--dump", "--match=-", "--", ...some], {
      cwd: root,
      encoding: "utf8",
    });
    for (const block of output.split("\n\n")) {
      const [, path, attributes] = /^# file: (.*)\n(.*)$/s.exec(block) ?? [];
      if (path !== undefined) found.set(path, attributes!.trim());
    }
  }
  return found;
}
