/** From a command's words to the program that does the work, and its arguments. */
import { baseName } from "../shell/index.ts";
import type { Command, Word } from "../shell/types.ts";
import type { Call } from "./types.ts";

/** Programs that run the program named after them and change nothing that refit asks about. */
const WRAPPERS: ReadonlyMap<string, RegExp> = new Map([
  ["sudo", /^(-[EHnS]|--preserve-env)$/],
  ["doas", /^-n$/],
  ["env", /^$/],
  ["exec", /^$/],
  ["command", /^$/],
  ["time", /^-p$/],
  ["nice", /^$/],
  ["corepack", /^$/],
  ["npx", /^(-y|--yes)$/],
  ...["sh", "bash", "ash"].map((shell) => [shell, /^-[ex]+$/] as const),
]);

/** Wrappers that run other programs too are looked through for these alone. */
const SELECTIVE: Readonly<Record<string, RegExp>> = {
  npx: /^(npm|yarn|pnpm|bun)(@.*)?$/,
  corepack: /^(npm|yarn|pnpm|bun)(@.*)?$/,
  ...Object.fromEntries(["sh", "bash", "ash"].map((shell) => [shell, /^(?:.*\/)?(mvnw|gradlew)$/])),
};

/** What `command` calls, or undefined where its name is only known to the shell. */
export function callOf(command: Command): Call | undefined {
  const env = new Map<string, string | undefined>();
  for (const { name, value } of command.assignments) env.set(name, value === undefined ? "" : value.literal);
  let words: readonly (string | undefined)[] = command.words.map((word) => knownText(word, command));
  for (;;) {
    const [name, ...rest] = words;
    if (name === undefined) return undefined;
    const tool = baseName(name);
    const options = WRAPPERS.get(tool);
    const inner = options && unwrapped(tool, rest, options, env);
    if (!inner) return { tool, path: name, args: rest, env };
    words = inner;
  }
}

/** They only go through what a wildcard finds. */
const HANDLERS = /^(cp|mv|rm|chmod|chown)$/;

/**
 * A wildcard below an absolute folder, or any for a program that handles files, says where it looks as clearly as a literal does; an address is one whatever version is in it, and
 * `-j$(nproc)` an option, however many processors there are.
 */
function knownText({ literal, raw }: Word, { name }: Command): string | undefined {
  const isHandled = HANDLERS.test(name ?? "") && /^[\w.-][\w./-]*\/[\w.*-]+$/.test(raw);
  return (
    literal ??
    (isHandled ? raw : undefined) ??
    (/^\/[\w./-]+\/[\w.*-]+$|^"?(https?|ftp|git):\/\/[^`(]+$|^(-j|--jobs=)"?\$\(nproc\)"?$/.test(raw) ? raw : undefined)
  );
}

/** The words behind a wrapper, or undefined where it stands for itself. Adds what `env` sets to `env`. */
function unwrapped(
  wrapper: string,
  words: readonly (string | undefined)[],
  options: RegExp,
  env: Map<string, string | undefined>,
): readonly (string | undefined)[] | undefined {
  let at = 0;
  while (options.test(words[at] ?? " ")) at++;
  while (wrapper === "env" || wrapper === "sudo") {
    const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(words[at] ?? "");
    if (!assignment?.[1]) break;
    env.set(assignment[1], assignment[2]);
    at++;
  }
  const next = words[at];
  if (next === undefined || next.startsWith("-")) return undefined;
  const selected = SELECTIVE[wrapper]?.exec(next);
  if (selected === null) return undefined;
  // A version behind a package manager's name is dropped; a script keeps its path.
  const name = selected?.[2] === undefined ? next : selected[1];
  return [name, ...words.slice(at + 1)];
}

/** A call's words, sorted into options and the rest. */
export interface Arguments {
  /** By name with its dashes. `""` for an option without a value; undefined for a value that only the shell knows. */
  readonly options: ReadonlyMap<string, string | undefined>;
  readonly positional: readonly (string | undefined)[];
}

/** Sorts `args`; the options named in `valued` take the next word as their value where no `=` is in them. */
export function argumentsOf(args: readonly (string | undefined)[], valued: readonly string[] = []): Arguments {
  const options = new Map<string, string | undefined>();
  const positional: (string | undefined)[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    if (word === "--") {
      positional.push(...args.slice(at + 1));
      break;
    }
    if (word === undefined || !word.startsWith("-") || word === "-") positional.push(word);
    else if (valued.includes(word)) options.set(word, args[++at]);
    else {
      const [name = "", value = ""] = /^(--[^=]+)=(.*)$/s.exec(word)?.slice(1) ?? [word, ""];
      options.set(name, value);
    }
  }
  return { options, positional };
}

/** The longest of `actions` (such as `mod download`) that the positional words begin with. */
export function actionOf<Action extends string>(
  positional: readonly (string | undefined)[],
  actions: readonly Action[],
): Action | undefined {
  const said = `${positional.slice(0, 3).join(" ")} `;
  return actions.filter((action) => said.startsWith(`${action} `)).sort((a, b) => b.length - a.length)[0];
}
