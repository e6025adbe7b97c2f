/** Programs that images put in front of the program that does the work. */

interface Starter {
  /** Options that take the next word. */
  readonly valued: readonly string[];
  /** Words of its own that are no options. */
  readonly skip: number;
}

const STARTERS: ReadonlyMap<string, Starter> = new Map([
  ["tini", { valued: ["-p", "-e"], skip: 0 }],
  ["dumb-init", { valued: ["-r", "--rewrite"], skip: 0 }],
  ["docker-entrypoint.sh", { valued: [], skip: 0 }],
  ["su-exec", { valued: [], skip: 1 }],
  ["gosu", { valued: [], skip: 1 }],
  ["env", { valued: [], skip: 0 }],
  ["dotenv", { valued: ["-e", "-c"], skip: 0 }],
]);

type Words = readonly (string | undefined)[];

/** What `starter` runs when it is called with `words`: empty for nothing, undefined where it is no such program. */
export function startedBy(starter: string, words: Words): Words | undefined {
  const known = STARTERS.get(starter);
  if (!known) return undefined;
  const first = words.findIndex(
    (word, index) => !word?.startsWith("-") && !word?.includes("=") && !known.valued.includes(words[index - 1] ?? ""),
  );
  return first < 0 ? [] : words.slice(first + known.skip);
}
