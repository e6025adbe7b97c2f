/** Bun's command line, which is runtime, bundler and package manager in one (https://bun.com/docs/bundler, https://bun.com/docs/runtime). */
import type { BuildContext } from "../types.ts";
import { hasOption, optionOf } from "./options.ts";
import { folderOf, inFolder, within } from "./paths.ts";
import { type Reader, unknown } from "./types.ts";

/** Subcommands, which go before scripts of their name. */
const SUBCOMMANDS =
  /^(install|i|ci|add|a|remove|rm|update|link|unlink|pm|build|init|create|upgrade|test|publish|patch|outdated|audit|why|info|prune|repl|exec)?$/;

/** Options in front that change nothing of what is run. */
const QUIET = /^(--bun|-b|--smol|--silent|--no-install)$/;

const ENDINGS = ["", ".ts", ".tsx", ".js", ".mjs", ".cjs", ".jsx", "/index.ts", "/index.tsx", "/index.js"];

export function isBunSubcommand(word: string | undefined): boolean {
  return SUBCOMMANDS.test(word ?? "");
}

/** The words behind `bun` or `bun run`, without options that change nothing of what is run. */
export function withoutBunOptions(words: readonly (string | undefined)[]): readonly (string | undefined)[] {
  const first = words.findIndex((word) => !QUIET.test(word ?? ""));
  return first < 0 ? [] : words.slice(first);
}

/** Whether Bun takes a word for a file to run, or for an option of its own. */
export function isForBun(word: string | undefined, project: BuildContext, folder: string): boolean {
  if (word === undefined) return false;
  return /^[-./]|\.[cm]?[jt]sx?$/.test(word) || ENDINGS.some((end) => project.has(inFolder(folder, `${word}${end}`)));
}

/** `bun build ENTRY… --outdir=DIR`, or with `--compile` a program that needs neither Bun nor packages: `--outfile=FILE`. */
export const readBun: Reader = (words, project) => {
  const [action, ...rest] = words;
  const shown = `bun ${words.join(" ")}`;
  if (action !== "build" || hasOption(rest, "--watch", "--app")) return unknown(`refit does not know \`${shown}\``);
  const told = optionOf(rest, "--outdir", "--outfile");
  const output = told === undefined ? undefined : within("", told);
  if (output === undefined || output === "") return unknown(`\`${shown}\` is told no output inside the project`);
  const bundles = !hasOption(rest, "--packages", "--external", "-e", "--no-bundle");
  const made = { sources: ["src"], bundles };
  if (hasOption(rest, "--outdir")) return { outputs: [output], ...made };
  if (hasOption(rest, "--compile")) return { outputs: [output], programs: [output], ...made };
  // Pictures and other files that the code imports lie beside it.
  const folder = folderOf(output);
  return folder === "" || project.isFolder(folder)
    ? unknown(`\`${shown}\` writes among the files of the project`)
    : { outputs: [folder], ...made };
};
