/** A Dockerfile with the folder that it is built over. */
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** What lies at a path of the context: a file by its text, a link, or a folder with nothing in it. */
export type ContextEntry =
  | { readonly text: string; readonly mode: number }
  | { readonly link: string }
  | { readonly folder: number };

export interface EngineCase {
  /** Each an instruction, with its line ends. */
  readonly lines: readonly string[];
  readonly context: Readonly<Record<string, ContextEntry>>;
}

export const textOf = ({ lines }: EngineCase): string => `${lines.join("\n")}\n`;

const BUSYBOX = "/usr/bin/busybox";

/** Where `busybox` lies in a context; it runs as `sh` and as `ash`, and has all else built in. */
const SHELLS = ["rootfs/bin/sh", "rootfs/bin/ash"];

/** Lays a context in the new folder `at`, with a root file system for `COPY rootfs /`. `shared` is a folder beside it that holds what is large. */
export function lay(context: EngineCase["context"], at: string, shared: string): void {
  for (const path of SHELLS) {
    mkdirSync(dirname(join(at, path)), { recursive: true });
    linkSync(busyboxIn(shared), join(at, path));
  }
  for (const [path, entry] of Object.entries(context)) {
    const place = join(at, path);
    mkdirSync("folder" in entry ? place : dirname(place), { recursive: true });
    if ("folder" in entry) chmodSync(place, entry.folder);
    else if ("link" in entry) symlinkSync(entry.link, place);
    else {
      writeFileSync(place, entry.text);
      chmodSync(place, entry.mode);
    }
    // BuildKit takes a file of the same path, size and time as unchanged, also in another context.
    const hash = createHash("sha256")
      .update(JSON.stringify([path, entry]))
      .digest();
    const time = timeOf(hash);
    if ("link" in entry) lutimesSync(place, time, time);
    else utimesSync(place, time, time);
  }
}

/** Seconds, for a file with that hash. */
export function timeOf(hash: Buffer): number {
  return 1_000_000_000 + (hash.readUInt32BE() % 500_000_000);
}

const laid = new Set<string>();

function busyboxIn(shared: string): string {
  const path = join(shared, "busybox");
  if (!laid.has(path)) {
    copyFileSync(BUSYBOX, path);
    chmodSync(path, 0o755);
    utimesSync(path, 1_000_000_000, 1_000_000_000);
    laid.add(path);
  }
  return path;
}
