/** What stands between the COPY of the sources and the command: nothing there may be what lets the download succeed. */
import { posix } from "node:path";
import {
  type Brought,
  type Command,
  commandText,
  copyView,
  Decline,
  type Facts,
  folderBefore,
  footprintOf,
  type Invocation,
  isCd,
  isManifest,
  isWithin,
  type ProjectCall,
  quoted,
  recognise,
  runsAsRoot,
  type Step,
  writesFile,
} from "../../src/transform/index.ts";

import type { Head } from "./head.ts";

export interface Between {
  /** The COPY that the download goes before. */
  readonly before: Step;
  readonly call: ProjectCall;
  /** Paths in the image of the files that the download reads. */
  readonly needed: readonly string[];
  /** By `before` and the COPYs after it. */
  readonly brought: readonly Brought[];
  /** Goes up with the download. */
  readonly head: Head | undefined;
  readonly facts: Facts;
}

/** Commands that no download could miss. */
const HARMLESS: readonly string[] = [
  ...["cd", "mkdir", "echo", "printf", "set", "true", ":", "ls", "pwd", "date", "chown", "touch", "sleep"],
  ...["addgroup", "adduser", "groupadd", "useradd"],
];

/** Texts of commands that the download needs before it as well: `chmod +x mvnw`. Throws a `Decline` for a step that it may depend on. */
export function between(place: Between): readonly string[] {
  const { before, call, facts } = place;
  const { stage, index } = call.step;
  const { user, shell } = before.before;
  const { user: laterUser, shell: laterShell } = call.step.before;
  const said = quoted(facts.dockerfile, before.instruction.span);
  if (user !== laterUser)
    throw new Decline(
      "user-between",
      `the user changes between ${said} and \`${commandText(call.invocation.command, call.step)}\``,
    );
  if (shell.words.join(" ") !== laterShell.words.join(" "))
    throw new Decline("shell-between", `the shell changes behind ${said}`);
  const steps = stage.steps.slice(before.index, index);
  return [
    ...steps.flatMap((step) => stepBetween(step, place)),
    ...commandsOf(call.step, place, call.invocation.command),
  ];
}

function stepBetween(step: Step, place: Between): readonly string[] {
  const { instruction } = step;
  switch (instruction.keyword) {
    case "COPY":
    case "ADD":
      checkCopy(step, place);
      return [];
    case "RUN":
      if (!step.script || step.script.unknown !== undefined)
        throw new Decline(
          "run-between",
          `${quoted(place.facts.dockerfile, instruction.span)} may be what the download needs`,
        );
      return commandsOf(step, place);
    default:
      return [];
  }
}

/** Files for other places than the project may be the tool, or its settings. */
function checkCopy(step: Step, { brought, needed, facts }: Between): void {
  const { instruction, before } = step;
  const own = brought.find(({ copy }) => copy.step === step);
  const words = copyView(instruction)?.destination.text ?? "$";
  const destination =
    words.includes("$") || (before.cwd === undefined && !words.startsWith("/"))
      ? "/"
      : posix.resolve(before.cwd ?? "/", words);
  const root = posix.dirname(needed[0] ?? "/");
  const isApart = own
    ? [...own.places.keys()].every((path) => brought[0] === own || isWithin(path, root))
    : isWithin(destination, root) && !needed.some((path) => isWithin(path, destination));
  if (!isApart)
    throw new Decline(
      "copy-between",
      `${quoted(facts.dockerfile, instruction.span)} may bring what the download needs`,
    );
}

/** The commands of a RUN up to `end`. */
function commandsOf(step: Step, place: Between, end?: Command): readonly string[] {
  const commands = step.script?.commands ?? [];
  const until = commands.findIndex(({ span }) => span.start === end?.span.start);
  const repeated: string[] = [];
  for (const command of until < 0 ? commands : commands.slice(0, until)) {
    if (isCd(command) || place.head?.commands.includes(command)) continue;
    const cwd = step.script && folderBefore(step.script, command, step.before.cwd, step.before.env);
    const action = writesFile(command) ? undefined : recognise(command);
    if (action?.ecosystem === "files" && HARMLESS.includes(action.action)) continue;
    if (action?.ecosystem === "files" && isAboutSources(action, cwd, step, place)) continue;
    if (action && isOfOtherProject(action, place)) continue;
    const repeats =
      (action?.action === "chmod" && changesMode(command, cwd, place)) || (end !== undefined && exportsKnown(command));
    if (!repeats) throw new Decline("run-between", `\`${commandText(command, step)}\` may be what the download needs`);
    if (repeats === "repeat" || repeats === true) repeated.push(commandText(command, step));
  }
  return repeated;
}

/** Whether a command changes nothing but sources: files below the project's folder that no package manager looks for. */
function isAboutSources(action: Invocation, cwd: string | undefined, step: Step, { needed, call }: Between): boolean {
  const { folder = "/" } = call;
  const footprint = footprintOf(action, { ...step.before, cwd, base: undefined });
  const isSource = (path: string) =>
    path !== folder &&
    isWithin(path, folder) &&
    !isManifest(path) &&
    !needed.some((each) => isWithin(each, path) || isWithin(path, each));
  return folder !== "/" && footprint !== undefined && footprint.writes.length > 0 && footprint.writes.every(isSource);
}

/** A build or an install of another project, which gives this one nothing; `go run` and `go generate` run what they want. */
function isOfOtherProject({ ecosystem, purpose, action }: Invocation, { call }: Between): boolean {
  const isWork = purpose === "build" || purpose === "dependencies";
  return ecosystem === call.invocation.ecosystem && isWork && !/\b(run|generate|exec|script)\b/.test(action);
}

/** Whether a `chmod` is of files that the download reads, or of others; false where that is not known. */
function changesMode(command: Command, cwd: string | undefined, place: Between): "repeat" | "other" | false {
  const { needed, call, facts } = place;
  const [, ...paths] = command.words.slice(1).filter(({ raw }) => !/^-[A-Za-z]+$/.test(raw) || /^-[rwx]+$/.test(raw));
  const isRecursive = command.words.some(({ raw }) => /^(-[a-z]*R|--recursive)/.test(raw));
  const files = paths.map(({ literal }) =>
    literal === undefined || cwd === undefined ? undefined : posix.resolve(cwd, literal),
  );
  if (files.includes(undefined)) return false;
  // Root may read everything; what it runs must be executable.
  if (isRecursive) return runsAsRoot(call.step, facts) && !call.invocation.call.path.includes("/") ? "other" : false;
  if (!files.some((path) => needed.includes(path ?? ""))) return "other";
  return cwd === call.folder && files.every((path) => needed.includes(path ?? "")) ? "repeat" : false;
}

/** `export A=b`, with nothing that only the shell knows. */
function exportsKnown({ name, words, redirects }: Command): boolean {
  return (
    name === "export" &&
    redirects.length === 0 &&
    words.length > 1 &&
    words.every(({ literal }) => literal !== undefined)
  );
}
