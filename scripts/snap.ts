/**
 * `npm run snap -- --accept TRANSFORM/CASE…` writes the report.txt of the cases named. There is no accepting all: a report is there to
 * be read.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeText } from "../src/text/index.ts";
import { loadCase, reportOf, runCase } from "../test/harness/cases.ts";
import { loadTransforms, root } from "./lib/generated.ts";

const [flag, ...names] = process.argv.slice(2);
if (flag !== "--accept" || names.length === 0) {
  console.error("usage: npm run snap -- --accept TRANSFORM/CASE…");
  process.exitCode = 2;
} else {
  const transforms = await loadTransforms();
  for (const name of names) {
    const given = loadCase(join(root, "snapshots", name));
    const result = runCase(given, transforms);
    const report = reportOf(result);
    console.log(`${name}\n\n${report}`);
    if (result.after === given.after) writeFileSync(join(given.folder, "report.txt"), encodeText(report));
    else {
      console.error(`${name}: the result is not what the case expects; nothing is accepted\n`);
      process.exitCode = 1;
    }
  }
}
