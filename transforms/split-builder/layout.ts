/** Where files of the build context come to lie in the stage. */
import { posix } from "node:path";
import {
  type BuildContext,
  copyView,
  Decline,
  flagNamed,
  isInProject,
  isUnder,
  type Step,
  viewOf,
} from "../../src/transform/index.ts";
import { shownOf } from "./shown.ts";
import { fixedWord } from "./variables.ts";

/** Files, and folders in which nothing lies, that a COPY puts somewhere. */
export interface Landing {
  readonly step: Step;
  /** Absolute path in the image to path in the context. */
  readonly files: ReadonlyMap<string, string>;
}

/** The folder that a COPY or ADD writes to or the file that it writes, absolute; undefined where it is computed. */
export function destinationOf(step: Step): string | undefined {
  const { instruction, before } = step;
  const raw = copyView(instruction)?.destination.text;
  const path = raw === undefined ? undefined : wordOf(raw, step);
  if (path === undefined || (!path.startsWith("/") && before.cwd === undefined)) return undefined;
  const joined = posix.join(path.startsWith("/") ? "/" : (before.cwd ?? "/"), path);
  return joined.length > 1 ? joined.replace(/\/$/, "") : joined;
}

/** Whether the file itself says where the step works. */
export function namesFolder({ stage, index }: Step): boolean {
  return stage.steps.slice(0, index).some(({ instruction }) => instruction.keyword === "WORKDIR");
}

/** What a COPY into the project lays down. Throws a `Decline` for sources that refit cannot list. */
export function landingOf(step: Step, context: BuildContext, project: string): Landing {
  const { instruction } = step;
  const view = copyView(instruction);
  const destination = destinationOf(step);
  const shown = shownOf(instruction);
  if (!view || destination === undefined) throw new Decline("computed-copy", `it is not known where ${shown} writes`);
  if (view.from) throw new Decline("copy-from-stage", `${shown} brings files of another stage into the project`);
  if (flagNamed(instruction, "chmod")) throw new Decline("copy-chmod", `${shown} sets modes`);
  const raw = view.destination.text;
  const keepsFolders = flagNamed(instruction, "parents") !== undefined;
  const files = new Map<string, string>();
  for (const source of view.sources) {
    if (source.heredoc) throw new Decline("copy-heredoc", `${shown} writes a heredoc into the project`);
    const path = wordOf(source.text, step);
    if (path === undefined || /^[a-z+]+:\/\/|^git@/.test(path) || (keepsFolders && /.\/\.\//.test(path)))
      throw new Decline("computed-copy", `${shown} copies what refit cannot list`);
    const matches = matching(context, posix.join("/", path).slice(1).replace(/\/$/, ""));
    const into = view.sources.length > 1 || matches.length > 1 || /(^|\/)\.{0,2}$/.test(raw) || destination === project;
    for (const match of matches) {
      if (instruction.keyword === "ADD" && /\.(tar|tgz|gz|bz2|xz|zst|txz|tbz2?)$/.test(match))
        throw new Decline("add-archive", `${shown} may unpack ${match}`);
      if (context.isFolder(match)) {
        const below = [...context.files(), ...context.emptyFolders()].filter((path) => isUnder(path, match));
        for (const file of below)
          files.set(posix.join(destination, keepsFolders ? file : posix.relative(match, file)), file);
      } else if (keepsFolders) files.set(posix.join(destination, match), match);
      else files.set(into ? posix.join(destination, posix.basename(match)) : destination, match);
    }
  }
  return { step, files };
}

/** The project folder as the COPYs leave it. */
export function projectView(context: BuildContext, project: string, landings: readonly Landing[]): BuildContext {
  const places = new Map<string, string>();
  for (const { files } of landings)
    for (const [path, source] of files)
      if (isInProject(path, project)) places.set(posix.relative(project, path), source);
  return viewOf(context, places);
}

/** Files and folders of the context that a source names; wildcards as Go's `filepath.Match` has them. */
function matching(context: BuildContext, pattern: string): readonly string[] {
  if (pattern === "") return [""];
  if (!/[*?[\\]/.test(pattern)) return context.has(pattern) || context.isFolder(pattern) ? [pattern] : [];
  const folder = posix.dirname(pattern) === "." ? "" : posix.dirname(pattern);
  if (/[*?[\\]/.test(folder) || /[[\\]/.test(pattern))
    throw new Decline("computed-copy", `refit does not follow the pattern ${pattern}`);
  const name = posix
    .basename(pattern)
    .replace(/[.+^${}()|]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return context
    .list(folder)
    .filter((entry) => new RegExp(`^${name}$`).test(entry))
    .map((entry) => posix.join(folder, entry));
}

/** A word of a COPY. In the form of JSON quotes are its own. */
function wordOf(raw: string, step: Step): string | undefined {
  return step.instruction.json && !raw.includes("$") ? raw : fixedWord(raw, step);
}
