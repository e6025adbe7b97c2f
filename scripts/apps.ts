/**
 * `npm run apps [-- APP…]`: splits the sample apps of test/apps into builder and runtime, builds both and proves that they run the same,
 * and writes docs/split.md. With names, only those apps are built and nothing is written.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSession } from "../src/engine/index.ts";
import { inCopyOf, proveApp, splitApps, splitting } from "../test/harness/apps.ts";
import { SETTINGS } from "../test/harness/build-settings.ts";
import { startEngine } from "./engine/engine.ts";
import { root } from "./engine/folders.ts";
import { type MeasuredSplit, splitPage } from "./lib/split-page.ts";

const asked = process.argv.slice(2);
const apps = splitApps().filter(({ name }) => asked.length === 0 || asked.includes(name));
await startEngine();
const session = await openSession({ engine: "docker", env: process.env });
try {
  const measured: MeasuredSplit[] = [];
  for (const app of apps) {
    console.error(app.name);
    measured.push(
      await inCopyOf(app, async (work) => {
        const proved = await proveApp(app, work, session, splitting(app));
        const { before, after } = proved.result;
        return { ...proved, seconds: { before: await secondsOf(before, work), after: await secondsOf(after, work) } };
      }),
    );
  }
  const page = splitPage(measured, session.engine.title);
  console.log(page);
  if (asked.length === 0) writeFileSync(join(root, "docs/split.md"), page);
  process.exitCode = measured.every(({ proof }) => proof.verdict === "kept") ? 0 : 1;
} finally {
  await session.close();
}

/** Of a build of which nothing is in the cache. */
async function secondsOf(dockerfile: string, context: string): Promise<number> {
  const build = await session.engine.build({ dockerfile, context, settings: SETTINGS, afresh: true });
  if (!build.ok) throw new Error(build.failure);
  return build.seconds;
}
