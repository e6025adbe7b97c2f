/**
 * `npm run apps [-- APP…]`: splits the sample apps of test/apps into builder and runtime, builds both and proves that they run the same,
 * and writes docs/split.md. With names, only those apps are built and nothing is written.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Build, EngineError, openSession } from "../src/engine/index.ts";
import { APP_SETTINGS, inCopyOf, proveApp, rewriteApp, splitApps, splitOf, splitting } from "../test/harness/apps.ts";
import { baseNames } from "./engine/bases.ts";
import { startEngine } from "./engine/engine.ts";
import { root } from "./engine/folders.ts";
import { type MeasuredSplit, splitPage } from "./lib/split-page.ts";

type Sample = ReturnType<typeof splitApps>[number];

const asked = process.argv.slice(2);
const apps = splitApps().filter(({ name }) => asked.length === 0 || asked.includes(name));
for (const app of apps) {
  const split = await splitOf(app);
  if (split !== "split") throw new Error(`${app.name} is not split onto a smaller base: ${split.reason}`);
}
await startEngine(baseNames);
const session = await openSession({ engine: "docker", env: process.env });
try {
  const measured: MeasuredSplit[] = [];
  for (const app of apps) measured.push(await measure(app).catch((error) => onceMore(app, error)));
  const page = splitPage(measured, session.engine.title);
  console.log(page);
  if (asked.length === 0) writeFileSync(join(root, "docs/split.md"), page);
  process.exitCode = measured.every(({ proof }) => proof.verdict === "kept") ? 0 : 1;
} finally {
  await session.close();
}

/** An engine under load fails now and then, which says nothing of the app. */
async function onceMore(app: Sample, error: unknown): Promise<MeasuredSplit> {
  if (!(error instanceof EngineError)) throw error;
  console.error(`${app.name}: ${error.message}; measured once more`);
  return measure(app);
}

async function measure(app: Sample): Promise<MeasuredSplit> {
  return inCopyOf(app, async (work) => {
    const showing = splitting(app);
    const proved = await proveApp(app, work, session, showing);
    const { verdict, targets } = proved.proof;
    console.error(`${app.name}: ${verdict}${verdict === "kept" ? "" : ` ${JSON.stringify(targets, null, 1)}`}`);
    const { before, after, files } = proved.result;
    const sameBase = rewriteApp(
      work,
      showing.only.filter((name) => name !== "slim-base"),
    ).after;
    const seconds = await secondsOf(before, work);
    for (const file of files) writeFileSync(join(work, file.path), file.after);
    return {
      ...proved,
      bytesOnSameBase: sameBase === after ? undefined : await bytesOf(sameBase, work),
      seconds: { before: seconds, after: await secondsOf(after, work) },
    };
  });
}

async function bytesOf(dockerfile: string, context: string): Promise<number> {
  const { image } = await built(dockerfile, context);
  const { size } = await session.engine.inspect(image);
  await session.engine.removeImages([image]);
  return size;
}

/** Of a build of which nothing is in the cache. */
async function secondsOf(dockerfile: string, context: string): Promise<number> {
  const { image, seconds } = await built(dockerfile, context, true);
  await session.engine.removeImages([image]);
  return seconds;
}

async function built(dockerfile: string, context: string, afresh = false): Promise<Build & { ok: true }> {
  const build = await session.engine.build({ dockerfile, context, settings: APP_SETTINGS, afresh });
  if (!build.ok) throw new Error(build.failure);
  return build;
}
