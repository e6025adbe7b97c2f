/** Both images are saved and given to the scanner that is found: programs that keep to the command lines of the real ones. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scanBoth } from "../../src/engine/scan/index.ts";
import { OFFLINE } from "../harness/build-settings.ts";
import { onBusybox } from "./rewrites/types.ts";
import { sessionHere } from "./session-here.ts";

const folder = mkdtempSync(join(tmpdir(), "refit-scan-"));
const session = sessionHere();
let images: readonly string[];

beforeAll(async () => {
  const texts = ["RUN echo one >/vulnerable && echo two >/shared", "RUN echo two >/shared"].map((step) =>
    onBusybox(step),
  );
  const builds = [];
  for (const dockerfile of texts)
    builds.push(await session().engine.build({ dockerfile, context: folder, settings: OFFLINE }));
  images = builds.map((build) => (build.ok ? build.image : build.failure));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A folder for PATH with one program in it, which `script` is the body of. */
function pathWith(program: string, script: string): Record<string, string> {
  const path = mkdtempSync(join(folder, "bin-"));
  writeFileSync(join(path, program), `#!/usr/bin/env node\n${script}\n`, { mode: 0o755 });
  return { PATH: `${path}:${dirname(process.execPath)}:/usr/bin:/bin` };
}

const scan = (env: Record<string, string>) => scanBoth(session(), images[0]!, images[1]!, { env });

/** Finds what a real one would: in the layers of the archive that it is given. */
const TRIVY = `
const { execFileSync } = require("node:child_process");
if (process.argv[2] === "--version") process.exit(0);
const archive = process.argv.find((word) => word.startsWith("--input=")).slice(8);
const text = execFileSync("tar", ["--extract", "--to-stdout", "--file", archive], { maxBuffer: 1 << 28 }).toString("latin1");
const found = [["vulnerable", "CRITICAL"], ["shared", "LOW"]].filter(([name]) => text.includes(name));
const Vulnerabilities = found.flatMap(([name, Severity]) =>
  ["a", "a", "b"].map((PkgName) => ({ VulnerabilityID: "CVE-" + name, PkgName, InstalledVersion: "1", Severity })));
console.error("a warning");
console.log(JSON.stringify({ SchemaVersion: 2, Results: [{ Vulnerabilities }] }));
process.exit(5);
`;

test("findings are counted once a package, and what is gone is named", async () => {
  expect(await scan(pathWith("trivy", TRIVY))).toEqual({
    scanner: "trivy",
    before: { critical: 2, low: 2 },
    after: { low: 2 },
    gone: ["CVE-vulnerable"],
    added: [],
  });
  expect(readdirSync(session().scratch).filter((name) => /scanned|report/.test(name))).toEqual([]);
});

test("a scanner that fails is quoted with its last line", async () => {
  const script = `if (process.argv[2] === "version") process.exit(0); console.error("loading\\nno database\\n"); process.exit(1);`;
  expect(await scan(pathWith("grype", script))).toEqual({ unavailable: "grype failed: no database" });
});

test("without a scanner one line says so", async () => {
  const env = { PATH: mkdtempSync(join(folder, "empty-")) };
  expect(await scan(env)).toEqual({
    unavailable: "no vulnerability scanner found: refit knows trivy, grype and docker scout",
  });
});
