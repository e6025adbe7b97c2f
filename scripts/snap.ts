/** `npm run snap -- --accept TRANSFORM/CASE` writes that case's report.txt. There is no accepting all: a report is there to be read. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeText } from "../src/text/index.ts";
import { loadCase, reportOf, runCase } from "../test/harness/cases.ts";
import { loadTransforms, root } from "./lib/generated.ts";

const [flag, name, ...rest] = process.argv.slice(2);
if (flag !== "--accept" || !name?.includes("/") || rest.length > 0) {
  console.error("usage: npm run snap -- --accept TRANSFORM/CASE");
  process.exitCode = 2;
} else {
  const given = loadCase(join(root, "snapshots", name));
  const result = runCase(given, await loadTransforms());
  const report = reportOf(result);
  if (result.after !== given.after) {
    console.error(`${name}: the result is not what the case expects; nothing is accepted\n\n${report}`);
    process.exitCode = 1;
  } else {
    writeFileSync(join(given.folder, "report.txt"), encodeText(report));
    console.log(report);
  }
}
