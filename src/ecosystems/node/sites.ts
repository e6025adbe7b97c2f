/** Pages beside the part of a project that runs: whether what their builds made is all that the container needs of them. */
import { posix } from "node:path";
import { isUnder, type Outputs } from "../../context/index.ts";
import { filesOf } from "../blocked.ts";
import { BUILD_FILES } from "../build-inputs.ts";
import type { BuildWork } from "../types.ts";
import { filesAround, madeBy, type Part } from "./parts.ts";
import { isBuildInput } from "./runtime/crossing.ts";
import { CODE, importsIn, isReadable, names, wordsIn } from "./runtime/source-text.ts";

export interface Said {
  /** Of the file that says it, in the project; undefined for words of commands and settings. */
  readonly path?: string;
  readonly text: string;
}

/** Pages that a build put into its outputs whole, with the packages that they use. */
export interface Site {
  readonly part: Part;
  readonly build: Outputs;
  /** What of its folder nobody names any more. */
  readonly gone: readonly string[];
}

/** What speaks in the container, beside pages for browsers: words of its commands, and files that no part in `parts` has. */
export function saidOutside(
  parts: readonly Part[],
  { finished, starts, words, settings, outside }: BuildWork,
): readonly Said[] {
  const started = starts.flatMap((start) => ("words" in start ? start.words : wordsIn(start.script)));
  const scripts = started.flatMap((word) => outside(word) ?? []);
  return [
    ...[...started, ...scripts, ...words, ...settings].map((text) => ({ text })),
    ...filesAround(parts, finished)
      .filter(isReadable)
      .map((path) => ({ path, text: finished.read(path) ?? "" })),
  ];
}

/** Undefined where a part may be more than what its builds made of it. */
export function siteOf(part: Part, said: readonly Said[]): Site | undefined {
  const { folder, work } = part;
  const { project } = work;
  const build = madeBy(part);
  if (build.outputs.length === 0 || build.sources.some((source) => !build.bundled.includes(source))) return undefined;
  const name = posix.basename(folder);
  const speak = said.filter(({ text }) => text.includes(name));
  const isImporting = ({ path, text }: Said) =>
    importsIn(text).some((specifier) => {
      const target = ledInto(folder, specifier, path);
      return target !== undefined && !build.outputs.some((output) => isUnder(target, output));
    });
  if (speak.some((one) => isImporting(one) || one.text.includes("node_modules"))) return undefined;
  const texts = speak.map(({ text }) => withoutImports(text));
  if (texts.some((text) => meansWhole(text, name))) return undefined;
  const isMeant = (entry: string) => texts.some((text) => names(text, entry) && !isOutputs(text, entry, build));
  const meant = project.list("").filter((entry) => !build.outputs.includes(entry) && isMeant(entry));
  const holdsCode = (entry: string) =>
    entry !== "public" &&
    filesOf(project, entry).some((path) => CODE.test(path) && !BUILD_FILES.test(posix.basename(path)));
  if (meant.some(holdsCode)) return undefined;
  const inputs = project.list("").filter((entry) => isBuildInput(project, build, entry) && !meant.includes(entry));
  const gone = ["node_modules", ...inputs].filter((path) => /^[\w.@+-]+$/.test(path));
  return { part, build, gone };
}

/** Where a relative module name leads to in `folder`; code that is compiled may lie deeper or less deep than its source. */
function ledInto(folder: string, specifier: string, path: string | undefined): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  const target = posix.join(posix.dirname(path ?? "."), specifier);
  const found = [target, specifier.replace(/^(\.\.?\/)+/, "")].find((each) => isUnder(each, folder));
  return found === undefined ? undefined : posix.relative(folder, found);
}

/**
 * Whether a text has a path that ends in the folder `name`, and no string behind it leads further: whoever has that may read all in there. The bare
 * name is a path where something that handles paths stands before it.
 */
function meansWhole(text: string, name: string): boolean {
  const isIn = (path: string) => posix.basename(path) === name;
  const isQuoted = [...text.matchAll(QUOTED)].some(({ index, 0: whole, 2: string = "" }) => {
    if (!isIn(string) || /^\s*,\s*["'`]/.test(text.slice(index + whole.length))) return false;
    const line = text.slice(text.lastIndexOf("\n", index) + 1, index);
    return string.includes("/") || /\b(static|root|sendFile|path|join|resolve)\b/.test(line);
  });
  // Settings and words of commands have no quotes.
  const words = text.replace(QUOTED, " ").split(/[\s=:,;]+/);
  return isQuoted || words.some((word) => word.includes("/") && isIn(word));
}

const QUOTED = /(["'`])([^"'`\n]*)\1/g;

/** A text without the names of modules beside it. */
function withoutImports(text: string): string {
  return importsIn(text)
    .filter((specifier) => specifier.startsWith("."))
    .reduce((rest, specifier) => rest.replaceAll(specifier, ""), text);
}

/** Bundlers put the page `index.html` into their outputs: a text that names one of these means the page there. */
function isOutputs(text: string, entry: string, { outputs }: Outputs): boolean {
  return entry === "index.html" && outputs.some((output) => names(text, posix.basename(output)));
}
