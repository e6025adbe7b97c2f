/**
 * `npm run corpus -- FOLDER [--no-context] [--reasons]`: runs refit over real Dockerfiles, holds what must hold for every file, and writes
 * docs/corpus.md. No registry is asked: each image gets a made-up digest. The files come without their sources, so each gets a made-up
 * build context as well; `--no-context` gives none. `--reasons` writes no page, and lists what declines say.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDockerfileName } from "../src/cli/find.ts";
import { transforms } from "../transforms/index.ts";
import { Census } from "./corpus/census.ts";
import { examine, type Finding } from "./corpus/examine.ts";
import { judge } from "./corpus/judge.ts";
import { pageOf } from "./corpus/page.ts";
import { root } from "./lib/generated.ts";

const args = process.argv.slice(2);
const folder = args.find((arg) => !arg.startsWith("--"));
const unknown = args.filter((arg) => arg.startsWith("--") && !["--no-context", "--reasons"].includes(arg));
if (folder === undefined || unknown.length > 0) {
  console.error("usage: npm run corpus -- FOLDER [--no-context]");
  process.exitCode = 2;
} else {
  const findings = await examineAll(folder, !args.includes("--no-context"));
  const verdict = judge(findings);
  const census = new Census(transforms);
  for (const { result } of findings) if (result) census.add(result);
  const page = pageOf({ findings, verdict, census });
  console.log(page);
  if (args.includes("--reasons")) for (const line of reasonsOf(findings)) console.log(line);
  else writeFileSync(join(root, "docs/corpus.md"), page);
  const failures = [...findings.flatMap((finding) => finding.failures), ...verdict.failures];
  for (const failure of failures) console.error(failure);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

/** What declines say, by transform and code, the most frequent first, with a file as an example. Quoted text is left out. */
function reasonsOf(findings: readonly Finding[]): string[] {
  const reasons = new Map<string, { count: number; readonly example: string }>();
  for (const { path, result } of findings)
    for (const { kind, transform, code, message, at } of result?.outcomes ?? []) {
      if (kind === "applied") continue;
      const key = `${transform} ${code}: ${message.replace(/`[^`]*`/g, "`…`")}`;
      const known = reasons.get(key);
      if (known) known.count += 1;
      else reasons.set(key, { count: 1, example: `${path}:${at.line}` });
    }
  const sorted = [...reasons].sort(([, a], [, b]) => b.count - a.count);
  return sorted.map(([key, { count, example }]) => `${count} ${key} (${example})`);
}

async function examineAll(start: string, withContext: boolean): Promise<Finding[]> {
  const files = readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isDockerfileName(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return files.map((file) =>
    examine(file.slice(start.length).replace(/^\//, ""), readFileSync(file), transforms, withContext),
  );
}
