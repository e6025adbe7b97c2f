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
  ["nice", { valued: ["-n", "--adjustment"], skip: 0 }],
  ["ionice", { valued: ["-c", "-n", "--class", "--classdata"], skip: 0 }],
  ["nohup", { valued: [], skip: 0 }],
  ["setsid", { valued: [], skip: 0 }],
  ["stdbuf", { valued: ["-i", "-o", "-e"], skip: 0 }],
  ["timeout", { valued: ["-s", "-k", "--signal", "--kill-after"], skip: 1 }],
  ["catatonit", { valued: [], skip: 0 }],
  ["xvfb-run", { valued: ["-e", "-f", "-n", "-p", "-s", "-w"], skip: 0 }],
  ["dotenv", { valued: ["-e", "-c"], skip: 0 }],
]);

type Words = readonly (string | undefined)[];

/** Programs whose words are no command: they say them, or look for them. */
const SAYING =
  /^(>|:|\[|awk|cat|cd|cp|curl|date|echo|exit|export|false|grep|hostname|id|kill|ls|mkdir|mv|printf|pwd|read|rm|sed|set|sleep|test|touch|trap|true|unset|wget|which)$/;

/** Programs that run what the words behind them say, or the project's scripts. `node` is the name of a user as well. */
const COMMANDS = /^(sh|bash|ash|dash|npm|npx|yarn|pnpm|pnpx|bun|bunx)$/;

/** How paths of scripts look. */
const SCRIPT = /\/[^/.]+$|\/.*\.(ba)?sh$/;

/**
 * The first command among the words of a program of which nothing else is known: its words, or a text for a shell. `isScript` tells paths of scripts
 * apart. Undefined where there is none.
 */
export function startedAmong(
  { tool, words }: { readonly tool: string; readonly words: Words },
  isScript: (path: string) => boolean,
): Words | string | undefined {
  if (SAYING.test(tool) || tool.includes("/")) return undefined;
  const isCommand = (word: string) => COMMANDS.test(word) || (SCRIPT.test(word) && isScript(word));
  const first = words.findIndex((word) => word !== undefined && isCommand(word.trim().split(/\s/)[0] ?? ""));
  const found = words[first];
  if (found === undefined || /\s/.test(found)) return found;
  const rest = words.slice(first + 1);
  return [found, ...(rest[0] === "--" ? rest.slice(1) : rest)];
}

/** The words of a program that may be a command which it starts: none of a program that lies at a path, of which they are the arguments. */
export function wordsToStart({ tool, words }: { readonly tool: string; readonly words: Words }): readonly string[] {
  return SAYING.test(tool) || tool.includes("/") ? [] : words.flatMap((word) => (word ?? "").split(/\s+/));
}

/** What `starter` runs when it is called with `words`: empty for nothing, undefined where it is no such program. */
export function startedBy(starter: string, words: Words): Words | undefined {
  const known = STARTERS.get(starter);
  if (!known) return undefined;
  const first = words.findIndex(
    (word, index) => !word?.startsWith("-") && !word?.includes("=") && !known.valued.includes(words[index - 1] ?? ""),
  );
  return first < 0 ? [] : words.slice(first + known.skip);
}
