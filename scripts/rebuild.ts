/**
 * `npm run rebuild [-- APP…]`: builds the sample apps of test/apps before and after refit, edits a source of each, builds them again and
 * writes docs/rebuild.md. With names, only those apps are built and nothing is written.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSession } from "../src/engine/index.ts";
import { orderedApps, type ProvedApp, proveApp } from "../test/harness/apps.ts";
import { startEngine } from "./engine/engine.ts";
import { root } from "./engine/folders.ts";
import { rebuildPage } from "./lib/rebuild-page.ts";

const asked = process.argv.slice(2);
const apps = orderedApps().filter(({ name }) => asked.length === 0 || asked.includes(name));
await startEngine();
const session = await openSession({ engine: "docker", env: process.env });
const proved: ProvedApp[] = [];
try {
  for (const app of apps) {
    console.error(app.name);
    const work = mkdtempSync(join(tmpdir(), "refit-app-"));
    try {
      proved.push(await proveApp(app, work, session));
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  const page = rebuildPage(proved, session.engine.title);
  console.log(page);
  if (asked.length === 0) writeFileSync(join(root, "docs/rebuild.md"), page);
} finally {
  await session.close();
}
process.exitCode = proved.every(({ proof }) => proof.verdict === "kept") ? 0 : 1;
