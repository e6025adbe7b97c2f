/** What runs again after an edit: what BuildKit does, and that the cache model foresees it. */

import { randomUUID } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { openContext } from "../../src/context/index.ts";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { type Build, type ProofRequest, rebuildBoth } from "../../src/engine/index.ts";
import { type ContextEdit, factsOf, forecastReruns, type Rerun } from "../../src/image/index.ts";
import { CONTEXT, type RebuildCase, rebuilds } from "../generators/rebuilds.ts";
import { OFFLINE } from "../harness/build-settings.ts";
import { forEachOf } from "./fuzz/pool.ts";
import { sessionHere } from "./session-here.ts";
import { shares } from "./shares.ts";

const CASES = Number(process.env.CASES ?? 80);

const session = sessionHere();
const work = mkdtempSync(join(tmpdir(), "refit-rebuild-"));

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

const build = (dockerfile: string, context: string, target?: string): Promise<Build> =>
  session().engine.build({ dockerfile, context, target, settings: OFFLINE });

/** A new folder whose files no build has ever seen. */
function lay(ignored: readonly string[]): string {
  const folder = mkdtempSync(join(work, "context-"));
  for (const entry of CONTEXT) {
    const [path = "", target] = entry.split(" → ");
    mkdirSync(join(folder, path.endsWith("/") ? path : dirname(path)), { recursive: true });
    if (target !== undefined) symlinkSync(target, join(folder, path));
    else if (!path.endsWith("/")) writeFileSync(join(folder, path), `${randomUUID()}\n`);
  }
  if (ignored.length > 0) writeFileSync(join(folder, ".dockerignore"), `${ignored.join("\n")}\n`);
  return folder;
}

function apply(folder: string, { path, kind }: ContextEdit): void {
  const place = join(folder, path);
  mkdirSync(dirname(place), { recursive: true });
  if (kind === "mode") chmodSync(place, statSync(place).mode ^ 0o011);
  else if (kind === "removed") rmSync(place);
  else writeFileSync(place, `${randomUUID()}\n`);
}

/** What is foreseen, by the number of the step. */
function foreseen({ dockerfile, edit, target }: RebuildCase, folder: string): Map<string, Rerun> {
  const facts = factsOf(parseDockerfile(dockerfile), { context: openContext(folder) });
  return new Map(
    forecastReruns(facts, edit, target).map(({ instruction: { args, keyword }, rerun }) => [
      numberOf(keyword === "COPY" ? args.text.replace(/\n.*/s, "") : args.text),
      rerun,
    ]),
  );
}

function numberOf(text: string): string {
  return [...text.matchAll(/step(\d+)/g)].at(-1)?.[1] ?? text;
}

/** One line for each step that was foreseen wrongly; undefined where a build fails. */
async function mistakes(one: RebuildCase, tally: Record<Rerun, number>): Promise<string[] | undefined> {
  const folder = lay(one.ignored);
  const expected = foreseen(one, folder);
  if (!(await build(one.dockerfile, folder, one.target)).ok) return undefined;
  apply(folder, one.edit);
  const after = await build(one.dockerfile, folder, one.target);
  if (!after.ok) return undefined;
  const ran = new Map(after.steps.map(({ instruction, cached }) => [numberOf(instruction), !cached]));
  const wrong: string[] = [];
  for (const number of new Set([...expected.keys(), ...ran.keys()])) {
    const rerun = expected.get(number);
    if (rerun !== undefined) tally[rerun]++;
    const isRight =
      rerun === undefined || !ran.has(number) ? false : rerun === "unsure" || (rerun === "runs") === ran.get(number);
    if (!isRight) wrong.push(`step${number}: foreseen ${rerun}, ran ${ran.get(number)}`);
  }
  return wrong;
}

test("the steps that are foreseen run again after an edit, in generated files", async () => {
  const cases = fc.sample(rebuilds, { numRuns: CASES, seed: Number(process.env.SEED ?? 20_261_124) });
  const tally = { runs: 0, cached: 0, unsure: 0 };
  let built = 0;
  const failures: string[] = [];
  await forEachOf(cases, 2, async (one) => {
    const wrong = await mistakes(one, tally);
    if (wrong !== undefined) built++;
    if (wrong?.length)
      failures.push(
        [...wrong, JSON.stringify({ ...one.edit, ignored: one.ignored, target: one.target }), one.dockerfile].join(
          "\n",
        ),
      );
  });
  expect(failures.join("\n")).toBe("");
  expect(built).toBeGreaterThan(CASES * 0.6);
  // biome-ignore lint/suspicious/noConsole: how sure the model is, for whoever changes it
  console.log(shares(tally));
  // A model that is never sure would be right as well.
  expect(tally.unsure).toBeLessThan(0.2 * (tally.runs + tally.cached));
});

/** A folder with these files, none of which a build has seen. */
function appWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(work, "app-"));
  for (const [path, text] of Object.entries({ ...files, "novelty.txt": randomUUID() })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const TOOLS = "FROM busybox AS tools\nCOPY main.js /tools/\nRUN cat /tools/main.js > /tool\n";
const SOURCES_FIRST = `${TOOLS}FROM busybox\nWORKDIR /app\nCOPY . .\nRUN cat package.json > installed\nCOPY --from=tools /tool /\n`;
const MANIFEST_FIRST = SOURCES_FIRST.replace("COPY . .\nRUN", "COPY package.json .\nRUN").replace(
  "installed\n",
  "installed\nCOPY . .\n",
);

function requestOver(context: string): ProofRequest {
  const texts = { path: "Dockerfile", before: SOURCES_FIRST, after: MANIFEST_FIRST };
  return { ...texts, promise: "same-image", context, settings: OFFLINE, probes: [] };
}

test("both files are built again, each after an edit of its own, and the user's folder stays as it is", async () => {
  const files = { "package.json": "{}", "main.js": "main();\n", "left/out": "", ".dockerignore": "left\n" };
  const context = appWith(files);
  chmodSync(join(context, "main.js"), 0o444);
  const { before, after } = await rebuildBoth(session(), requestOver(context), "main.js");
  const ran = ({ ran: steps }: typeof before) => steps.map(({ instruction }) => instruction).sort();
  const shared = ["COPY main.js /tools/", "COPY . .", "COPY --from=tools /tool /", "RUN cat /tools/main.js > /tool"];
  expect(ran(before)).toEqual([...shared, "RUN cat package.json > installed"].sort());
  expect(ran(after)).toEqual([...shared].sort());
  for (const [path, text] of Object.entries(files)) expect(readFileSync(join(context, path), "utf8")).toBe(text);
  expect(readdirSync(session().scratch).filter((name) => name.startsWith("context-"))).toEqual([]);
});

test.each([
  ["left/out", "is kept out of the build by .dockerignore"],
  ["left", "is kept out of the build by .dockerignore"],
  ["lib", "is a folder: name a file in it"],
  ["link", "is a link: name the file that it leads to"],
  ["gone.js", "is no file of the build context"],
  ["../outside", "is no file of the build context"],
  ["/etc/passwd", "is no file of the build context"],
])("%s can't be edited: it %s", async (path, reason) => {
  const context = appWith({
    "package.json": "{}",
    "main.js": "",
    "left/out": "",
    "lib/a": "",
    ".dockerignore": "left\n",
  });
  symlinkSync("main.js", join(context, "link"));
  await expect(rebuildBoth(session(), requestOver(context), path)).rejects.toThrow(`${path} ${reason}`);
});
