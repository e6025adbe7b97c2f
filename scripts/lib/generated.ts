import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Transform } from "../../src/transform/index.ts";
import { bundle } from "./bundle.mjs";

/** Scripts run from the root of the project, whatever the folder they were called in. */
export const root = resolve(process.argv[1] ?? ".", "../..");

/** Texts that scripts write; with `--check` they are compared instead. */
export class Generated {
  readonly stale: string[] = [];
  readonly #check: boolean;

  constructor(check: boolean) {
    this.#check = check;
  }

  /** `path` is relative to the root. */
  write(path: string, text: string): void {
    const file = join(root, path);
    if (existsSync(file) && readFileSync(file, "utf8") === text) return;
    this.stale.push(path);
    if (this.#check) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** The transforms as transforms/index.ts has them now. A script's own import of it was bundled before it was generated. */
export async function loadTransforms(): Promise<readonly Transform[]> {
  const outfile = join(root, "node_modules/.cache/refit/transforms.mjs");
  await bundle(join(root, "transforms/index.ts"), outfile);
  const { transforms } = await import(`${pathToFileURL(outfile).href}?${Date.now()}`);
  return transforms;
}
