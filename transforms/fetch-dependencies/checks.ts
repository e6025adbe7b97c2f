/** What would make the COPYs of manifests, or those behind the download, mean something else. */
import { posix } from "node:path";
import {
  type Brought,
  type ContextCopy,
  changedFolder,
  Decline,
  type Facts,
  isWithin,
  leavesProject,
  PARTIAL_FLAGS,
  type Project,
  type ProjectCall,
  quoted,
  type Step,
  sliceOf,
} from "../../src/transform/index.ts";

/** What the download writes in the project is put back by the COPYs behind it, where that is a manifest, and untouched by them where it is none. */
export function checkWritten(
  command: string,
  fetched: readonly string[],
  needed: readonly string[],
  brought: readonly Brought[],
  folder: string,
): void {
  const written = fetched.filter((path) => !path.startsWith("~")).map((path) => posix.resolve(folder, path));
  const isBrought = (path: string) => brought.some(({ places }) => places.has(path));
  const changed = needed.find((path) => written.some((place) => isWithin(path, place)) && !isBrought(path));
  if (changed !== undefined)
    throw new Decline("writes-more", `\`${command}\` may change ${changed}, and no COPY behind it would put it back`);
  const [over, source] =
    brought
      .flatMap(({ places }) => [...places])
      .find(([path]) => !needed.includes(path) && written.some((place) => isWithin(path, place))) ?? [];
  if (over !== undefined)
    throw new Decline(
      "overwrites",
      `COPY would put ${source} over what \`${command}\` writes; .dockerignore could keep it out`,
    );
}

export function checkBase({ surroundings: { base } }: Project): void {
  if (base !== undefined && /[:-]onbuild\b/.test(base))
    throw new Decline("onbuild-base", `the ONBUILD triggers of ${base} copy the sources before the download`);
}

/** The download sees the folders that hold manifests before COPY brings them whole. */
export function checkFolders(
  copy: ContextCopy,
  files: ReadonlyMap<string, string>,
  call: ProjectCall,
  facts: Facts,
): void {
  const changed = changedFolder(copy, files, call.step, facts);
  if (changed !== undefined)
    throw new Decline(
      "folder-permissions",
      `${changed} would have other permissions before ${quoted(facts.dockerfile, copy.step.instruction.span)} than it gives it`,
    );
}

/** A part of what `copy` brings, copied where `before` stands: with the same flags, to the same folder. */
export function checkCopy(copy: ContextCopy, before: Step, { brought }: Project, { dockerfile }: Facts): void {
  const { step, sources, destination } = copy;
  const { instruction } = step;
  const said = quoted(dockerfile, instruction.span);
  const flag = instruction.flags.find(({ name }) => !PARTIAL_FLAGS.includes(name));
  if (flag) throw new Decline("copy-flag", `${said} has --${flag.name}`);
  if (!sources || !destination || leavesProject(copy, brought))
    throw new Decline("copy-to-root", `${said} writes into all of the image`);
  // What lies in a folder is not unpacked.
  const isFolder = sources.length === 1 && brought.some((each) => each.copy === copy && each.bringsFolder);
  if (instruction.keyword === "ADD" && !isFolder) throw new Decline("add", `${said} may unpack what it copies`);
  if (step === before) return;
  const text = sliceOf(dockerfile.source, instruction.span);
  if (text.includes("$") || (!destination.text.startsWith("/") && step.before.cwd !== before.before.cwd))
    throw new Decline(
      "variable-between",
      `${said} means something else before ${quoted(dockerfile, before.instruction.span)}`,
    );
}
