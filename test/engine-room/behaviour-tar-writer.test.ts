import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type TarEntry, tarOf } from "../../src/engine/behaviour/tar-writer.ts";

const name = fc.stringMatching(/^[a-zé][a-z0-9.é-]{0,10}$/);
const file = fc.record({ mode: fc.constantFrom(0o600, 0o644, 0o755), content: fc.uint8Array({ maxLength: 2000 }) });
const tree = fc.dictionary(name, fc.dictionary(name, file, { maxKeys: 4 }), { maxKeys: 4 });

test("tar unpacks what was written", () => {
  fc.assert(
    fc.property(tree, (folders) => {
      const entries = Object.entries(folders).flatMap(([folder, files]): TarEntry[] => [
        { path: folder, mode: 0o1777 },
        ...Object.entries(files).map(([name, file]) => ({ path: `${folder}/${name}`, ...file })),
      ]);
      expect(unpacked(Buffer.concat([...tarOf(entries)]))).toEqual(entries.map(described).sort());
    }),
    { numRuns: 20 },
  );
});

test("a path that does not fit in a header is refused", () => {
  expect(() => [...tarOf([{ path: "a".repeat(101), mode: 0o755 }])]).toThrow("too long for a tar header");
});

function described({ path, mode, content }: TarEntry): string {
  return `${path} ${mode.toString(8)} ${content ? Buffer.from(content).toString("hex") : "folder"}`;
}

function unpacked(tar: Buffer): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "refit-tar-"));
  try {
    expect(spawnSync("tar", ["-xpC", folder], { input: tar, encoding: "utf8" })).toMatchObject({
      status: 0,
      stderr: "",
    });
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((path) => {
        const stats = statSync(join(folder, path));
        const content = stats.isFile() ? readFileSync(join(folder, path)) : undefined;
        return described({ path, mode: stats.mode & 0o7777, content });
      })
      .sort();
  } finally {
    rmSync(folder, { recursive: true });
  }
}
