/** `npm run new -- NAME`: a transform to start from, with one change and one keep. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./lib/generated.ts";

const [name, ...rest] = process.argv.slice(2);
if (!name || !/^[a-z]+(-[a-z]+)*$/.test(name) || rest.length > 0) {
  console.error("usage: npm run new -- NAME, in kebab case, what it does to what: merge-runs");
  process.exitCode = 2;
} else if (existsSync(join(root, "transforms", name))) {
  console.error(`transforms/${name} is there already`);
  process.exitCode = 2;
} else {
  for (const [path, text] of Object.entries(filesFor(name))) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
  console.log(`Next: write the cases, then find and rewrite; then npm run gen and npm test -- ${name}`);
}

function filesFor(transform: string): Readonly<Record<string, string>> {
  const index = `import { defineTransform, type Instruction, replace } from "../../src/transform/index.ts";

export default defineTransform<Instruction>({
  name: "${transform}",
  summary: "Write in the imperative what it does, the gain after a comma",
  phase: "merge",
  promise: "same-image",
  status: "preview",
  since: "next",
  examples: ["a-change"],

  *find({ dockerfile }) {
    for (const instruction of dockerfile.instructions) {
      if (instruction.keyword === "MAINTAINER") yield { at: instruction.span, data: instruction };
    }
  },

  rewrite({ data: { keywordSpan } }) {
    if (keywordSpan.start > 0) return { declined: "name what in the file blocks it", code: "not-yet" };
    return { edits: [replace(keywordSpan, "MAINTAINER")], why: "say why it pays" };
  },
});
`;
  const doc = `## Why

## What it does

## What it keeps

## When it declines

## When not to use it
`;
  return {
    [`transforms/${transform}/index.ts`]: index,
    [`transforms/${transform}/doc.md`]: doc,
    [`snapshots/${transform}/a-change/before.Dockerfile`]: "FROM scratch\n",
    [`snapshots/${transform}/a-change/after.Dockerfile`]: "FROM scratch\n# the text after the change\n",
    [`snapshots/${transform}/a-keep/keep.Dockerfile`]: "FROM scratch\n",
  };
}
