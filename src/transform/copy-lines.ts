/** COPY lines for single files: one line a folder, or one for all with their folders where the file's frontend can. */
import { posix } from "node:path";
import { type BuildContext, isUnder } from "../context/index.ts";
import { copyView, type Dockerfile } from "../dockerfile/index.ts";
import { Decline } from "../ecosystems/index.ts";
import { argumentBehind, type ContextCopy, type Facts, isManifest } from "../image/index.ts";
import { sliceOf } from "../text/index.ts";
import { inCaseOf } from "./words.ts";

/** Flags of a COPY that mean the same for a part of what it copies. */
export const PARTIAL_FLAGS: readonly string[] = ["chown", "chmod", "link"];

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
  const flags = instruction.flags.map(({ span }) => ` ${sliceOf(source, span)}`).join("");
  const indent = sliceOf(source, { start: instruction.lines.start, end: instruction.keywordSpan.start });
  const groups = groupsOf(copy, files, context);
  const lines = (keepsFolders(dockerfile) ? joined(groups, copy, files) : groups).map(({ sources, to, parents }) => {
    const head = `${inCaseOf(keyword, "COPY")}${flags}${parents ? " --parents" : ""}`;
    const words = [...sources, to];
    if (words.some((word) => /\s/.test(word))) return `${head} ${JSON.stringify(words).replaceAll('","', '", "')}`;
    const line = `${head} ${words.join(" ")}`;
    return line.length <= WIDE ? line : `${head} ${words.join(` ${dockerfile.escape}${eol}    `)}`;
  });
  return lines.map((line) => `${indent}${line}${eol}`).join("");
}

/** That none of `copies` depends on the build: another folder may hold other manifests. */
export function checkArguments(copies: readonly ContextCopy[], { stages }: Facts): void {
  for (const { step } of copies) {
    const sources = copyView(step.instruction)?.sources.map(({ text }) => text) ?? [];
    const argument = argumentBehind(sources.join(" "), step, stages);
    if (argument !== undefined)
      throw new Decline("source-by-argument", `\`--build-arg ${argument}=…\` decides which manifests COPY brings`);
  }
}

interface Group {
  readonly sources: readonly string[];
  /** The files keep the folders that they have in the build context, below `to`. */
  readonly parents?: boolean;
  /** As written in the COPY: a folder with a final slash, or the name that the file gets. */
  readonly to: string;
}

/**
 * Whether COPY of the file's frontend has `--parents`: it was stable in 1.20, and before that in the labs channel since 1.7
 * (github.com/moby/buildkit/releases). A tag without a minor version may be an old one of a mirror.
 */
function keepsFolders({ directives }: Dockerfile): boolean {
  const syntax = directives.find(({ name }) => name === "syntax")?.value ?? "";
  const version = /^(?:docker\.io\/)?docker\/dockerfile:1\.(\d+)(?:\.\d+)?(-labs)?(?:@|$)/.exec(syntax);
  return version !== null && Number(version[1]) >= (version[2] ? 7 : 20);
}

/** Groups of several folders as one, where the files lie below the destination as they do in the build context. */
function joined(groups: readonly Group[], copy: ContextCopy, files: ReadonlyMap<string, string>): readonly Group[] {
  const root = copy.destination?.path ?? "/";
  const isKept = [...files].every(([path, source]) => path === posix.join(root, source));
  const isDeep = ({ sources }: Group) => sources.every((source) => source.includes("/"));
  const deep = groups.filter(isDeep);
  if (!isKept || deep.length < 2) return groups;
  const sources = deep.flatMap((group) => group.sources);
  return [...groups.filter((group) => !isDeep(group)), { sources, to: folderText(copy, root), parents: true }];
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
    if (posix.basename(path) !== posix.basename(source)) {
      groups.push({ sources: [source], to: copyView(copy.step.instruction)?.destination.text ?? path });
      continue;
    }
    const folder = folderText(copy, posix.dirname(path));
    single.set(folder, [...(single.get(folder) ?? []), source]);
  }
  for (const [folder, sources] of single) groups.push({ sources, to: folder });
  for (const folder of whole) {
    const [path = "", source = ""] = [...files].find(([, source]) => isUnder(source, folder)) ?? [];
    const target = path.slice(0, path.length - source.length + folder.length);
    groups.push({ sources: [folder], to: folderText(copy, target) });
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
