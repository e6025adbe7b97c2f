/** COPY lines for single files, one line a folder. */
import { posix } from "node:path";
import { type BuildContext, isUnder } from "../context/index.ts";
import { copyView, type Dockerfile } from "../dockerfile/index.ts";
import { Decline } from "../ecosystems/index.ts";
import { type ContextCopy, isManifest } from "../image/index.ts";
import { sliceOf } from "../text/index.ts";

/** Columns that a line may have before it is continued on the next. */
const WIDE = 120;

/** Lines, with their line ends, that copy `files` (path in the image to path in the context) as `copy` would. */
export function copyLines(
  copy: ContextCopy,
  files: ReadonlyMap<string, string>,
  context: BuildContext,
  dockerfile: Dockerfile,
): string {
  const { source, eol } = dockerfile;
  const { instruction } = copy.step;
  const keyword = sliceOf(source, instruction.keywordSpan);
  const isLower = keyword === keyword.toLowerCase();
  const flags = instruction.flags.map(({ span }) => ` ${sliceOf(source, span)}`).join("");
  const head = `${isLower ? "copy" : "COPY"}${flags}`;
  const indent = sliceOf(source, { start: instruction.lines.start, end: instruction.keywordSpan.start });
  const lines = groupsOf(copy, files, context).map(({ sources, folder }) => {
    const words = [...sources, folder];
    if (words.some((word) => /\s/.test(word))) return `${head} ${JSON.stringify(words).replaceAll('","', '", "')}`;
    const line = `${head} ${words.join(" ")}`;
    return line.length <= WIDE ? line : `${head} ${words.join(` ${dockerfile.escape}${eol}    `)}`;
  });
  return lines.map((line) => `${indent}${line}${eol}`).join("");
}

interface Group {
  readonly sources: readonly string[];
  /** As written in the COPY, with a final slash. */
  readonly folder: string;
}

function groupsOf(copy: ContextCopy, files: ReadonlyMap<string, string>, context: BuildContext): Group[] {
  const strange = [...files.values()].find((path) => /[*?[\]\\$"'`#<]|^-|[^\x20-\x7e]/.test(path));
  if (strange !== undefined)
    throw new Decline("unusual-name", `${strange} has characters that COPY reads in its own way`);
  const groups: Group[] = [];
  const single = new Map<string, string[]>();
  const whole = wholeFolders([...files.values()], context);
  for (const [path, source] of files) {
    if (whole.some((folder) => isUnder(source, folder))) continue;
    if (posix.basename(path) !== posix.basename(source))
      throw new Decline("renamed", `${source} gets the name ${posix.basename(path)}`);
    const folder = folderText(copy, posix.dirname(path));
    single.set(folder, [...(single.get(folder) ?? []), source]);
  }
  for (const [folder, sources] of single) groups.push({ sources, folder });
  for (const folder of whole) {
    const [path = "", source = ""] = [...files].find(([, source]) => isUnder(source, folder)) ?? [];
    const target = path.slice(0, path.length - source.length + folder.length);
    groups.push({ sources: [folder], folder: folderText(copy, target) });
  }
  return groups;
}

/** The highest folders of which every file is among `files`, two at least; not those of projects, where sources will come. */
function wholeFolders(files: readonly string[], context: BuildContext): string[] {
  const folders = new Set(files.flatMap(foldersOf));
  const whole = [...folders].filter((folder) => {
    const all = context.files().filter((path) => isUnder(path, folder));
    return all.length > 1 && all.every((path) => files.includes(path) && !isManifest(path));
  });
  return whole.filter((folder) => !whole.some((other) => other !== folder && isUnder(folder, other))).sort();
}

function foldersOf(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === "." ? [] : [folder, ...foldersOf(folder)];
}

/** `path` in the image, spelled from the COPY's own destination. */
function folderText(copy: ContextCopy, path: string): string {
  const own = copyView(copy.step.instruction)?.destination.text ?? ".";
  const below = posix.relative(copy.destination?.path ?? "/", path);
  const start = /^\.?\/?$/.test(own) ? "." : own.replace(/(\/\.?)+$/, "");
  // The COPY gives a name to a file.
  if (below === "..") return `${posix.dirname(start)}/`.replace("//", "/");
  return `${start}${below === "" ? "" : `/${below}`}/`;
}
