/** What would make the moved COPYs, or the install before them, mean something else. */
import { posix } from "node:path";
import {
  type Command,
  type ContextCopy,
  changedFolder,
  changeOfLinked,
  Decline,
  type Facts,
  isFileName,
  isOfCommands,
  isWithin,
  leadInto,
  leavesProject,
  linkedBy,
  mountsOf,
  PARTIAL_FLAGS,
  quoted,
  type StepState,
  saidCall,
  sliceOf,
  writesFile,
} from "../../src/transform/index.ts";
import { checkCommands } from "./between.ts";
import type { Move } from "./plan.ts";

export function checkBase(base: string | undefined): void {
  if (base !== undefined && /[:-]onbuild\b/.test(base))
    throw new Decline("onbuild-base", `the ONBUILD triggers of ${base} copy the sources before the install`);
}

export function checkOverwriting(writes: readonly string[], folder: string, move: Move): void {
  for (const written of writes) {
    const target = posix.join(folder, written);
    const [path, source] = [...move.paths].find(([path]) => isWithin(path, target)) ?? [];
    if (path === undefined || source === undefined) {
      if (move.givesFolder(target))
        throw new Decline(
          "overwrites",
          `the build context holds the empty folder ${written}, whose permissions the installed one would take; add \`${written}\` to .dockerignore`,
        );
      continue;
    }
    // The folder of the context that lies there.
    const entry = path === target ? source : source.slice(0, source.length - (path.length - target.length));
    throw new Decline(
      "overwrites",
      `the build context holds ${source}, which COPY would put over the installed ${written}; add \`${entry}\` to .dockerignore`,
    );
  }
}

/** Of a file with two names, a command that comes into a later layer than the install changes one only. */
export function checkLinked({ install: { step, invocation } }: Move): void {
  const change = changeOfLinked(step, linkedBy(step), invocation.command.span.end);
  if (change !== undefined)
    throw new Decline(
      "linked-files",
      `\`${change}\` changes both names of files that the install links, as long as it is in the same layer`,
    );
}

/** The install sees the folders that hold manifests before COPY brings them whole. */
export function checkFolders(move: Move, facts: Facts): void {
  for (const { copy, files } of move.manifests) {
    const folder = changedFolder(copy, files, move.install.step, facts);
    if (folder !== undefined)
      throw new Decline(
        "folder-permissions",
        `${folder} would have other permissions when ${saidCall(move.install)} runs than ${quoted(move.dockerfile, copy.step.instruction.span)} gives it`,
      );
  }
}

/** Programs, libraries and settings of the project that variables and commands before lead to. */
export function checkLeads(move: Move, facts: Facts): void {
  const first = move.moved[0]?.step.index ?? 0;
  const earlier = move.brought.filter(({ copy }) => copy.step.index < first);
  const isThere = (path: string) => move.keeps(path) || earlier.some(({ places }) => places.has(path));
  const sources = new Map([...move.paths].filter(([path]) => !isThere(path)));
  const found = leadInto(move.install, sources, facts);
  if (found) throw new Decline("leads-to-sources", `${found.by} leads ${saidCall(move.install)} to ${found.path}`);
}

export function checkCopy(copy: ContextCopy, move: Move): void {
  const { step } = copy;
  const { instruction } = step;
  const isWhole = move.manifests.some((each) => each.copy === copy && each.files.size === 0);
  const flag = instruction.flags.find(({ name }) => !PARTIAL_FLAGS.includes(name) && !(isWhole && name === "exclude"));
  if (flag) throw new Decline("copy-flag", `${quoted(move.dockerfile, instruction.span)} has --${flag.name}`);
  if (instruction.flags.some(({ name, value }) => name === "link" && value !== undefined && value !== "true"))
    throw new Decline("copy-flag", `${quoted(move.dockerfile, instruction.span)} has a --link that is not plain`);
  if (leavesProject(copy, move.brought))
    throw new Decline("copy-to-root", `${quoted(move.dockerfile, instruction.span)} writes into all of the image`);
  checkName(copy, move);
  const names = [...sliceOf(move.dockerfile.source, instruction.span).matchAll(/\$\{?(\w+)/g)].map(
    (match) => match[1] ?? "",
  );
  const now = move.install.step.before.env;
  const changed = names.find(
    (name) => step.before.env.get(name) !== now.get(name) || step.before.env.has(name) !== now.has(name),
  );
  if (changed !== undefined)
    throw new Decline(
      "variable-between",
      `${changed}, which ${quoted(move.dockerfile, instruction.span)} uses, changes before the install`,
    );
}

/** A lone file goes into a folder of its destination's name, where the image has one, and the install might make it. */
function checkName({ step, destination }: ContextCopy, { brought, dockerfile }: Move): void {
  const at = brought.findIndex(({ copy }) => copy.step === step);
  const [[path, source] = [], ...others] = [...(brought[at]?.places ?? [])];
  if (path === undefined || source === undefined || others.length > 0 || path !== destination?.path) return;
  if (isFileName(source, path) || brought.slice(0, at).some(({ places }) => places.has(path))) return;
  throw new Decline(
    "file-or-folder",
    `it is not known whether ${quoted(dockerfile, step.instruction.span)} writes a file of that name or into a folder`,
  );
}

/** The RUN of the install: its mounts, its redirections, and what it does before. */
export function checkInstall(move: Move): void {
  const { step, invocation } = move.install;
  const roots = move.moved.map((copy) => copy.destination?.path ?? "/");
  for (const mount of mountsOf(step.instruction)) {
    const target = mount.target?.value ?? "/";
    if (
      !["cache", "secret", "ssh"].includes(mount.type) ||
      roots.some((root) => isWithin(posix.resolve(step.before.cwd ?? "/", target), root))
    )
      throw new Decline("mount", `${saidCall(move.install)} runs with a ${mount.type} mount at ${target}`);
  }
  if (writesFile(invocation.command))
    throw new Decline("redirection", `${saidCall(move.install)} writes its output into a file`);
  const unsure = invocation.command.words.find((word) => mayBeSeveral(word, step.before.env));
  if (unsure)
    throw new Decline("several-words", `${unsure.raw} may be several words of ${saidCall(move.install)}, or none`);
  const { script } = step;
  if (!script || !isOfCommands(script))
    throw new Decline(
      "not-a-chain",
      `${quoted(move.dockerfile, step.instruction.span)} is more than one command after another, so its install can't be told apart`,
    );
  const { start } = invocation.command.span;
  checkCommands(
    script.commands.filter(({ span }) => span.start < start),
    step,
    move,
  );
}

/** Whether the shell may take a word apart: outside of quotes it holds something that is not known, and that BuildKit does not set. */
function mayBeSeveral({ literal, raw, opaque, variables }: Command["words"][number], env: StepState["env"]): boolean {
  if (literal !== undefined || /^"[^"]*"$|^(-j|--jobs=)?\$\(nproc\)$/.test(raw)) return false;
  const isOne = (name: string) =>
    env.get(name) !== undefined || (env.has(name) && /^(TARGET|BUILD)(PLATFORM|OS|ARCH)$/.test(name));
  return opaque || !variables.every(isOne);
}
