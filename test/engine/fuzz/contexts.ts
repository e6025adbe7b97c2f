/** Build contexts for COPY in all its forms. */
import fc from "fast-check";
import type { ContextEntry, EngineCase } from "./case.ts";

const ACCOUNTS = {
  "rootfs/etc/passwd": {
    text: "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/home/app:/bin/sh\nweb:x:33:2000::/srv:/bin/sh\n",
    mode: 0o644,
  },
  "rootfs/etc/group": { text: "root:x:0:\napp:x:1000:\nwww:x:2000:\nweb:x:3000:\n", mode: 0o644 },
} as const;

const FILES = {
  "rootfs/w/a": { text: "a of the root\n", mode: 0o644 },
  "rootfs/tmp": { folder: 0o1777 },
  a: { text: "first\n", mode: 0o644 },
  b: { text: "no line end", mode: 0o600 },
  "x.c": { text: "int x;\n", mode: 0o644 },
  "notes.txt": { text: "", mode: 0o444 },
  "with space/a": { text: "spaced\n", mode: 0o644 },
  "src/a": { text: "deeper\n", mode: 0o640 },
  "src/run.sh": { text: "#!/bin/sh\necho ran > /ran\n", mode: 0o755 },
  "src/.hidden": { text: "hidden\n", mode: 0o644 },
  "src/d/c": { text: "deepest\n", mode: 0o644 },
  "src/d/x.c": { text: "int d;\n", mode: 0o4755 },
  "repository.git": { text: "a file\n", mode: 0o644 },
  "src/inner.git/config": { text: "[core]\n", mode: 0o644 },
} as const;

const SPECIAL: Readonly<Record<string, ContextEntry>> = {
  empty: { folder: 0o755 },
  "src/void": { folder: 0o700 },
  "src/link": { link: "a" },
  dirlink: { link: "src/d" },
  broken: { link: "nowhere" },
};

const IGNORED = fc.array(
  fc.constantFrom(
    "a",
    "b",
    "src/d",
    "*.txt",
    "**/c",
    "src/*",
    "!src/a",
    "!src/d/c",
    "*.c",
    "**/*.c",
    "# b",
    "/a",
    "./b",
    "empty",
    "src/**/x.c",
    "with*",
    "!a",
    "*/a",
  ),
  { maxLength: 3 },
);

export const contexts: fc.Arbitrary<EngineCase["context"]> = fc
  .record({ special: fc.subarray(Object.keys(SPECIAL)), ignored: fc.option(IGNORED, { freq: 2 }) })
  .map(({ special, ignored }) => ({
    ...ACCOUNTS,
    ...FILES,
    ...Object.fromEntries(special.map((path) => [path, SPECIAL[path]!])),
    ...(ignored ? { ".dockerignore": { text: `${ignored.join("\n")}\n`, mode: 0o644 } } : {}),
  }));
