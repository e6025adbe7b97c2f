/** What is proved on the engine over generated cases. */

import { textOf } from "./case.ts";
import { engineCases } from "./dockerfiles.ts";
import type { Failure, Property } from "./hunt.ts";
import { compareWithEngine } from "./model.ts";
import { proveRewrite } from "./rewrite.ts";
import { rewriteCases } from "./rewrites.ts";

export const PROPERTIES = {
  /** The image that the model makes is the one that BuildKit builds. */
  model: {
    cases: engineCases,
    async check(one, builds) {
      const { kind, built, differences, exact, symbolic } = await compareWithEngine(one, builds);
      return { differences, counts: { [`${kind}, ${built ? "builds" : "fails"}`]: 1, exact, symbolic } };
    },
  },
  /** What refit makes of a file builds the same image. */
  rewrites: {
    cases: rewriteCases,
    async check(one, builds) {
      const { kind, built, transforms, differences } = await proveRewrite(one, builds);
      const by = Object.fromEntries(transforms.map((name) => [`by ${name}`, 1]));
      return { differences, counts: { [`${kind}, ${built ? "builds" : "fails"}`]: 1, ...by } };
    },
  },
} as const satisfies Record<string, Property>;

/** The case as its Dockerfile and what is in its context, and what is wrong with it. */
export function shown({ one, differences }: Failure): string {
  const files = Object.entries(one.context).map(([path, entry]) => {
    if ("link" in entry) return `${path} -> ${entry.link}`;
    if ("folder" in entry) return `${path}/ (mode ${entry.folder.toString(8)})`;
    return `${path} (mode ${entry.mode.toString(8)}): ${JSON.stringify(entry.text)}`;
  });
  return [...differences, "", "Dockerfile:", textOf(one), "context:", ...files].join("\n");
}

/** `3 agrees, builds; 12 exact`. */
export function told(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, count]) => `${count} ${name}`)
    .join("; ");
}
