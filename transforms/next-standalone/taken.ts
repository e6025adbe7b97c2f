/** What the last stage takes of the project, which the standalone server takes the place of. */
import { posix } from "node:path";
import {
  copyView,
  Decline,
  expandWord,
  type Facts,
  flagNamed,
  isUnder,
  quoted,
  type Stage,
  type Step,
} from "../../src/transform/index.ts";
import type { Builder } from "./builder.ts";

export interface Taken {
  /** The COPYs, in their order. */
  readonly steps: readonly [Step, ...Step[]];
  /** What they bring, relative to the project folder: "" is all of it. */
  readonly paths: readonly string[];
  /** Flags of all of them but `--from`, as written, each with a blank in front. */
  readonly flags: string;
  /** The name of the builder stage as they have it. */
  readonly from: string;
  /** The project folder in the builder's image, and in the one that runs. */
  readonly source: string;
  readonly folder: string;
}

/** Throws a `Decline` where files of the project come in any other way than by COPYs that leave them in their places. */
export function takenBy(stage: Stage, builder: Builder, facts: Facts): Taken {
  const folder = stage.after.cwd;
  if (folder === undefined || folder === "/")
    throw new Decline("folder-unknown", "the folder that the server works in is not known, or is the root folder");
  const copies = stage.steps.filter((step) => {
    const target = targetOf(step, facts);
    return target === undefined || isUnder(target, folder) || isUnder(folder, target);
  });
  const paths = copies.flatMap((step) => placesOf(step, builder, folder, facts));
  const [first, ...others] = copies;
  if (!first) throw new Decline("no-copy", "nothing of the builder stage is copied to where the server works");
  const flags = new Set(copies.map((step) => flagsOf(step)));
  if (flags.size > 1)
    throw new Decline("mixed-flags", "the files that the server takes the place of are copied with different flags");
  const from = copies.map(fromOf).find((name) => isOf(name, builder.stage));
  if (from === undefined)
    throw new Decline("no-copy", "nothing of the builder stage is copied to where the server works");
  return { steps: [first, ...others], paths, flags: [...flags].join(""), from, source: builder.folder, folder };
}

/** Undefined where it is computed; a step that is no COPY writes nowhere. */
function targetOf({ instruction, before }: Step, { dockerfile }: Facts): string | undefined {
  const view = copyView(instruction);
  if (!view) return instruction.keyword === "COPY" || instruction.keyword === "ADD" ? undefined : "/dev/null";
  const path = expandWord(view.destination.text, (name) => before.env.get(name), dockerfile.escape);
  if (path === undefined || (before.cwd === undefined && !path.startsWith("/"))) return undefined;
  return posix.resolve(before.cwd ?? "/", path);
}

/** What a step brings, relative to the project folder. Throws where it does not come to lie where it lay. */
function placesOf(step: Step, builder: Builder, folder: string, facts: Facts): readonly string[] {
  const { instruction, before } = step;
  const view = copyView(instruction);
  const shown = quoted(facts.dockerfile, instruction.span);
  const target = targetOf(step, facts);
  if (!view || target === undefined) throw new Decline("computed-copy", `${shown} writes to a computed path`);
  if (!view.from || view.sources.some(({ heredoc }) => heredoc))
    throw new Decline("copies-more", `${shown} brings files of the build context to where the server works`);
  const sources = view.sources.map(({ text }) =>
    expandWord(text, (name) => before.env.get(name), facts.dockerfile.escape),
  );
  const paths = sources.flatMap((source) => matching(source, builder));
  const intoFolder = /(^|\/)\.{0,2}$/.test(view.destination.text) || paths.length > 1;
  for (const path of paths) {
    if (path === undefined) throw new Decline("computed-copy", `${shown} copies what refit cannot list`);
    // Of a folder COPY takes what is in it.
    const place = intoFolder && builder.project.has(path) ? posix.join(target, posix.basename(path)) : target;
    if (path.startsWith("..") || place !== posix.join(folder, path))
      throw new Decline("copies-elsewhere", `${shown} puts files of the project to another place`);
    if (path !== "node_modules" && !isOf(fromOf(step), builder.stage))
      throw new Decline("copies-more", `${shown} brings files of another stage to where the server works`);
  }
  return paths.filter((path) => path !== undefined);
}

/** What a source means in the project: the manifests where it is `package*.json`, which builds make none of. */
function matching(source: string | undefined, { folder, project }: Builder): readonly (string | undefined)[] {
  const path = source === undefined ? undefined : posix.relative(folder, posix.resolve("/", source));
  if (path === "package*.json") return project.list("").filter((name) => /^package.*\.json$/.test(name));
  return [path !== undefined && /[*?[]/.test(path) ? undefined : path];
}

function fromOf({ instruction }: Step): string {
  return flagNamed(instruction, "from")?.value ?? "";
}

function flagsOf({ instruction }: Step): string {
  return instruction.flags
    .filter(({ name }) => name !== "from")
    .map(({ text }) => ` ${text.text}`)
    .join("");
}

function isOf(name: string, stage: Stage): boolean {
  return name.toLowerCase() === stage.name || name === String(stage.index);
}
