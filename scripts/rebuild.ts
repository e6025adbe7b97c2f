/**
 * `npm run rebuild [-- APP…]`: builds the sample apps of test/apps before and after refit, edits a source of each, builds them again and
 * writes docs/rebuild.md. With names, only those apps are built and nothing is written.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSession } from "../src/engine/index.ts";
import { inCopyOf, orderedApps, type ProvedApp, proveApp } from "../test/harness/apps.ts";
import { startEngine } from "./engine/engine.ts";
import { root } from "./engine/folders.ts";
import { rebuildPage } from "./lib/rebuild-page.ts";

const asked = process.argv.slice(2);
const apps = orderedApps().filter(({ name }) => asked.length === 0 || asked.includes(name));
await startEngine();
const session = await openSession({ engine: "docker", env: process.env });
try {
  const proved: ProvedApp[] = [];
  for (const app of apps) {
    console.error(app.name);
    proved.push(await inCopyOf(app, (work) => proveApp(app, work, session)));
  }
  const page = rebuildPage(proved, session.engine.title);
  console.log(page);
  if (asked.length === 0) writeFileSync(join(root, "docs/rebuild.md"), page);
  process.exitCode = proved.every(({ proof }) => proof.verdict === "kept") ? 0 : 1;
} finally {
  await session.close();
}
