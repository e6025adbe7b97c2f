/** Whether what stands between a COPY and an install can run before the COPY. */
import { posix } from "node:path";
import {
  afterCommand,
  type Command,
  type ContextCopy,
  commandText,
  Decline,
  folderBefore,
  footprintOf,
  isCd,
  isOfCommands,
  isWithin,
  quoted,
  recognise,
  type Step,
  valuesIn,
  writesFile,
} from "../../src/transform/index.ts";
import type { Move } from "./plan.ts";

/** Throws a `Decline` for a step that could notice that the moved COPYs come later. */
export function checkBetween(step: Step, move: Move): void {
  const { instruction } = step;
  switch (instruction.keyword) {
    case "COPY":
    case "ADD":
      checkCopy(step, move);
      break;
    case "RUN": {
      if (!step.script || !isOfCommands(step.script) || hasMounts(step))
        throw new Decline("run-between", `${quoted(move.dockerfile, instruction.span)} may read the sources`);
      checkCommands(step.script.commands, step, move);
      break;
    }
    case "WORKDIR":
      checkWorkdir(step, move);
      break;
  }
}

/** A folder that is there before the COPY takes the mode and owner that the COPY gives it, which the install would not see yet. */
export function checkBefore(step: Step, move: Move): void {
  for (const command of step.script?.commands ?? []) {
    const invocation = recognise(command);
    const footprint = invocation && footprintOf(invocation, { ...step.before, base: move.base });
    const made = footprint?.writes.find((path) => move.brings(path));
    if (made !== undefined)
      throw new Decline("made-before", `\`${commandText(command, step)}\` works on ${made}, which the COPY brings too`);
  }
}

function checkCopy(step: Step, move: Move): void {
  const own = move.brought.find(({ copy }) => copy.step === step);
  const isExact =
    own && step.instruction.keyword === "COPY" && !step.instruction.flags.some(({ name }) => name === "parents");
  const path = own ? own.copy.destination?.path : destinationOf(step);
  const clash = isExact
    ? [...own.places.keys()].some((each) => !move.lacks(each))
    : path === undefined || move.moved.some((moved) => touch(path, rootOf(moved)));
  if (clash)
    throw new Decline(
      "copy-between",
      `${quoted(move.dockerfile, step.instruction.span)} writes into the same folder in between`,
    );
}

/** Where a `COPY --from` or a heredoc goes; undefined where a variable leaves that open. */
function destinationOf(step: Step): string | undefined {
  const words = step.instruction.json?.map(({ value }) => value) ?? step.instruction.args.text.trim().split(/\s+/);
  const text = words.at(-1) ?? "$";
  if (text.includes("$") || (!text.startsWith("/") && step.before.cwd === undefined)) return undefined;
  return posix.resolve(step.before.cwd ?? "/", text);
}

/** A folder that WORKDIR makes belongs to USER; one that a COPY makes does not. */
function checkWorkdir(step: Step, move: Move): void {
  const after = step.stage.steps[step.index + 1]?.before.cwd ?? step.stage.after.cwd;
  const isNew =
    after === undefined ||
    move.opens(after) ||
    (move.moved.some((moved) => isWithin(after, rootOf(moved))) && !move.makes(after));
  if (isNew)
    throw new Decline(
      "workdir-between",
      `${quoted(move.dockerfile, step.instruction.span)} enters a folder that the COPY brings`,
    );
}

/** Commands that run before the sources are there. */
export function checkCommands(commands: readonly Command[], step: Step, move: Move): void {
  for (const command of commands) {
    const folder = step.script && folderBefore(step.script, command, step.before.cwd, step.before.env);
    const reason = isCd(command)
      ? cdReason(
          afterCommand(folder, command, step.script && valuesIn(step.script, step.before.env)),
          folder,
          command,
          move,
        )
      : footprintReason(command, step, folder, move);
    if (reason !== undefined) throw new Decline("run-between", `\`${commandText(command, step)}\` ${reason}`);
  }
}

/** Some shells go the way that is written, through `src` to `src/..`. */
function cdReason(to: string | undefined, from: string | undefined, command: Command, move: Move): string | undefined {
  const written = command.words[1]?.literal ?? ".";
  const way = written.split("/").map((_, index, names) => names.slice(0, index + 1).join("/") || "/");
  const passed = /\w\/\.\.(\/|$)/.test(written) ? way.map((path) => from && posix.resolve(from, path)) : [to];
  const isThere = (folder: string | undefined) =>
    folder !== undefined && (move.makes(folder) || !move.moved.some((moved) => isWithin(folder, rootOf(moved))));
  return passed.every(isThere) ? undefined : "enters a folder that the COPY brings";
}

/** Files that package managers look for in a project. Of other names an empty folder could be there, which `lacks` does not know. */
const SETTINGS = /\/(package\.json|\.npmrc|\.yarnrc(\.yml)?|\.yarn-metadata\.json)$/;

function footprintReason(command: Command, step: Step, cwd: string | undefined, move: Move): string | undefined {
  if (tellsRegistry(command, step, cwd, move)) return undefined;
  if (writesFile(command)) return "writes a file before the install";
  const invocation = recognise(command);
  const footprint = invocation && footprintOf(invocation, { ...step.before, cwd, base: move.base });
  if (!footprint) return "may read the sources";
  const owned = move.moved.find(({ step }) => hasNamedOwner(step));
  if (owned && footprint.writes.some((path) => touch(path, "/etc")))
    return `may make the user that ${quoted(move.dockerfile, owned.step.instruction.span)} names`;
  const lookedFor = new Set(footprint.lookedFor);
  const reads = footprint.reads.filter((path) => !(SETTINGS.test(path) || lookedFor.has(path)) || !move.lacks(path));
  // What it makes where the COPY brings nothing lies there as well before the COPY.
  const writes = footprint.writes.filter((path) => !move.lacks(path) || move.opens(path));
  // A manifest that it changes is copied again, as it was.
  const files = [...reads.filter((path) => !move.keeps(path)), ...writes];
  const clash = files.find((path) => move.moved.some((moved) => touch(path, rootOf(moved))));
  if (clash !== undefined) return `works on ${clash}`;
  const opened = footprint.writes.find((path) => move.opens(path) && !move.keeps(path));
  return opened === undefined ? undefined : `makes ${opened}, whose folder the COPY brings`;
}

/** An address or a token of a registry; where such a line may stand, it leads npm, pnpm and Yarn to no file of the project. */
const REGISTRY =
  /^(echo|printf) (["']?)(\/\/[\w.:/-]+:_authToken|(@[\w-]+:)?registry)=[\w.:/@$%{}=-]*(\\n)?\2 *>>? *(\.\/)?\.npmrc$/;

/** Whether it writes to settings that no COPY brings, and that the RUN leaves where they are, since a part of it may become a layer. */
function tellsRegistry({ span }: Command, { script }: Step, cwd: string | undefined, move: Move): boolean {
  const text = script?.source.text ?? "";
  const path = cwd && posix.resolve(cwd, ".npmrc");
  return (
    REGISTRY.test(text.slice(span.start, span.end)) &&
    text.split(".npmrc").length === 2 &&
    !/\s(rm|mv|find|shred|unlink|truncate|git)\s/.test(text) &&
    path !== undefined &&
    move.lacks(path) &&
    !move.opens(path)
  );
}

/** A name in `--chown` means what `/etc/passwd` says by then; an unknown one becomes root. */
function hasNamedOwner(step: Step): boolean {
  return step.instruction.flags.some(({ name, value }) => name === "chown" && !/^\d+(:\d+)?$/.test(value ?? ""));
}

function hasMounts(step: Step): boolean {
  return step.instruction.flags.some(
    ({ name, value }) => name === "mount" && !/(^|,)type=(cache|secret|ssh)\b/.test(value ?? ""),
  );
}

function rootOf(moved: ContextCopy): string {
  return moved.destination?.path ?? "/";
}

function touch(a: string, b: string): boolean {
  return isWithin(a, b) || isWithin(b, a);
}
