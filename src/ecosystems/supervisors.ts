/** Programs that start what a file of theirs says: the commands in it. */
import { posix } from "node:path";
import type { Leaf } from "../context/index.ts";

interface Supervisor {
  /** The option that names the file. */
  readonly option: RegExp;
  /** Where it lies without one. */
  readonly usual: readonly string[];
  /** A line with a command. */
  readonly command: RegExp;
}

/** http://supervisord.org/configuration.html */
const SUPERVISORD: Supervisor = {
  option: /^(-c|--configuration)$/,
  usual: ["supervisord.conf", "etc/supervisord.conf", "/etc/supervisord.conf", "/etc/supervisor/supervisord.conf"],
  command: /^[ \t]*command[ \t]*=[ \t]*(.*?)(?:[ \t];.*)?$/gm,
};

/** Of Foreman and its kin. */
const PROCFILE: Supervisor = { option: /^(-f|--procfile)$/, usual: ["Procfile"], command: /^[\w-]+:[ \t]*(.+)$/gm };

const SUPERVISORS: ReadonlyMap<string, Supervisor> = new Map([
  ["supervisord", SUPERVISORD],
  ...["foreman", "forego", "goreman", "hivemind", "honcho", "overmind"].map((name) => [name, PROCFILE] as const),
]);

/**
 * The scripts that a program starts, if it is one that starts those of a file and there is that file: `textOf` gives texts by paths as the container
 * has them. Undefined for any other program.
 */
export function supervisedBy(
  { tool, words }: Pick<Leaf, "tool" | "words">,
  textOf: (path: string) => string | undefined,
): readonly string[] | undefined {
  const supervisor = SUPERVISORS.get(posix.basename(tool));
  if (!supervisor) return undefined;
  const named = words.find((_, at) => supervisor.option.test(words[at - 1] ?? ""));
  const text = (named === undefined ? supervisor.usual : [named]).map(textOf).find((found) => found !== undefined);
  // `%(ENV_PORT)s`
  const commands = [...(text ?? "").matchAll(supervisor.command)].map(([, command = ""]) =>
    command.replaceAll(/%\((?:ENV_)?(\w+)\)\w/g, "$$$1"),
  );
  return commands.length === 0 ? undefined : commands;
}
