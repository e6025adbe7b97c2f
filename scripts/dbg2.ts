import { readFileSync } from "node:fs";
import { parseDockerfile } from "../src/dockerfile/index.ts";
import { factsOf, execute } from "../src/image/index.ts";
import { openContext } from "../src/context/index.ts";
import split from "../transforms/split-builder/index.ts";
import { applyEdits } from "../src/text/index.ts";
const [folder] = process.argv.slice(2) as any;
const context = openContext(folder);
const facts = factsOf(parseDockerfile(readFileSync(`${folder}/Dockerfile`, "utf8")), { context });
const [p] = [...split.find(facts, undefined)].map((pl) => split.rewrite(pl, facts, undefined)) as any;
console.log(p.declined ?? applyEdits(facts.dockerfile.source, p.edits));
const after = factsOf(parseDockerfile(applyEdits(facts.dockerfile.source, p.edits)), facts);
for (const f of [facts, after]) {
const x = execute(f, { seed: 0, arguments: new Map(), runtime: facts });
for (const im of x.images) { console.log("--"); for (const q of im.tree.walk()) if (!q.path.startsWith("/app")) console.log(q.path, q.entry?.kind, q.entry?.owner, q.ground); }
}
