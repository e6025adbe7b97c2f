/** The words of Maven's command line (MavenCli, CLIManager), sorted. */
import { posix } from "node:path";
import { Blocked } from "../blocking.ts";

export interface Words {
  /** Phases, and goals such as `dependency:go-offline`, those of Maven's own plugins by their short name. */
  readonly goals: readonly string[];
  /** By short name with its dash; `""` for one without a value. The values of `-D` are in `properties`. */
  readonly options: readonly (readonly [name: string, value: string])[];
  /** `-Dname=value`. */
  readonly properties: ReadonlyMap<string, string>;
}

/** Options with a value: other names, by the short one. */
const VALUED: Readonly<Record<string, string>> = {
  ...{ "--file": "-f", "--settings": "-s", "--global-settings": "-gs", "--toolchains": "-t", "--projects": "-pl" },
  ...{ "--global-toolchains": "-gt", "--activate-profiles": "-P", "--threads": "-T", "--builder": "-b" },
  ...{ "--resume-from": "-rf", "--log-file": "-l", "--color": "--color" },
};

const PLAIN: Readonly<Record<string, string>> = {
  ...{ "--batch-mode": "-B", "--update-snapshots": "-U", "--quiet": "-q", "--debug": "-X", "--errors": "-e" },
  ...{ "--offline": "-o", "--no-transfer-progress": "-ntp", "--fail-at-end": "-fae", "--fail-fast": "-ff" },
  ...{ "--fail-never": "-fn", "--non-recursive": "-N", "--also-make": "-am", "--also-make-dependents": "-amd" },
  ...{ "--strict-checksums": "-C", "--lax-checksums": "-c", "--show-version": "-V", "--no-snapshot-updates": "-nsu" },
  ...{ "--no-plugin-updates": "-npu", "--legacy-local-repository": "-llr", "--verbose": "-X" },
  ...{ "--version": "-v", "--help": "-h" },
};

/** Properties that lead Maven or the dependency plugin to other files. */
const LEADING =
  /^(maven\.(multiModuleProjectDirectory|ext\.class\.path|home|conf|user\.\w+)|user\.(home|dir)|outputFile|outputDirectory|mdep\..*|settings\.\w+|org\.apache\.maven\.global-settings)$/;

/** Throws `Blocked` for a word that is not known. */
export function wordsOf(args: readonly (string | undefined)[]): Words {
  const goals: string[] = [];
  const options: [string, string][] = [];
  const properties = new Map<string, string>();
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    if (word === undefined) throw new Blocked("a word of the command is only known to the shell");
    const define = /^(?:-D|--define[= ]?)(.*)$/s.exec(word)?.[1];
    const [, head = word, tail] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? /^(-[PT])(.+)$/s.exec(word) ?? [];
    const valued = VALUED[head] ?? (Object.values(VALUED).includes(head) ? head : undefined);
    const plain = PLAIN[word] ?? (Object.values(PLAIN).includes(word) ? word : undefined);
    if (define !== undefined) {
      const text = define === "" ? args[++at] : define;
      const [, name = "", value = "true"] = /^([^=]+)(?:=(.*))?$/s.exec(text ?? "") ?? [];
      if (LEADING.test(name) || name === "") throw new Blocked(`the property ${name} may lead Maven to other files`);
      properties.set(name, value);
    } else if (plain !== undefined) options.push([plain, ""]);
    else if (valued !== undefined) {
      const value = tail ?? args[++at];
      if (value === undefined) throw new Blocked(`the value of ${head} is only known to the shell`);
      options.push([valued, value]);
    } else if (word.startsWith("-")) throw new Blocked(`the option ${word} could make Maven read other files`);
    else goals.push(shortGoal(word));
  }
  return { goals, options, properties };
}

/** The goals alone, whatever the options are; `$` stands for a word that only the shell knows. */
export function goalsOf(args: readonly (string | undefined)[]): string[] {
  const goals: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    if (word === "-D" || word === "--define" || isValued(word)) at++;
    else if (!word?.startsWith("-")) goals.push(word === undefined ? "$" : shortGoal(word));
  }
  return goals;
}

/** What `-f` names; undefined where only the shell knows it, "" where it is not there. */
export function pomNamed(args: readonly (string | undefined)[]): string | undefined {
  const at = args.findLastIndex((word) => /^(-f|--file)(=|$)/.test(word ?? ""));
  if (at < 0) return "";
  return args[at]?.includes("=") ? args[at].replace(/^[^=]*=/, "") : args[at + 1];
}

/** The folder of what `-f` names in full. */
export function folderOfPom(named: string): string {
  return named.endsWith(".xml") ? posix.dirname(named) : posix.resolve(named);
}

function isValued(word: string | undefined): boolean {
  return word !== undefined && (Object.hasOwn(VALUED, word) || Object.values(VALUED).includes(word));
}

/** `org.apache.maven.plugins:maven-dependency-plugin:3.8.1:go-offline` is `dependency:go-offline`. */
function shortGoal(goal: string): string {
  return goal.replace(/^org\.apache\.maven\.plugins:maven-([\w-]+)-plugin(:[\w.-]+)?:(?=[^:]+$)/, "$1:");
}

export function optionOf({ options }: Words, name: string): string | undefined {
  return options.findLast(([each]) => each === name)?.[1];
}
