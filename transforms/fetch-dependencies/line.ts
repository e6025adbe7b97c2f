/** The RUN of the download: with the mounts, the variables and in the folder of the command that it is for. */
import { posix } from "node:path";
import {
  baseOf,
  type Command,
  cacheOf,
  commandText,
  contextCopiesOf,
  Decline,
  type Facts,
  fetchedPlace,
  folderBefore,
  footprintOf,
  isCd,
  isWithin,
  lineageOf,
  mountsOf,
  type ProjectCall,
  quoted,
  recognise,
  runsAsRoot,
  type Step,
  sliceOf,
} from "../../src/transform/index.ts";
import type { FetchInputs } from "./plan.ts";
import { prefixOf, variablesFor } from "./variables.ts";

/** What stands behind `RUN`. */
export interface Line {
  readonly flags: readonly string[];
  readonly script: string;
}

export interface Wanted {
  readonly command: string;
  readonly inputs: FetchInputs;
  readonly call: ProjectCall;
  /** The COPY that the download goes before. */
  readonly before: Step;
  /** Commands that it needs before it. */
  readonly repeated: readonly string[];
  /** Paths in the build context of what it reads. */
  readonly manifests: readonly string[];
  readonly folder: string;
  readonly facts: Facts;
}

export function lineFor(wanted: Wanted): Line {
  const { command, call, before, repeated, folder, facts } = wanted;
  checkAfter(wanted);
  const enter = before.before.cwd === folder ? [] : [`cd ${pathTo(wanted)}`];
  if (!/^[\w./@+-]+$/.test(folder))
    throw new Decline("unusual-name", `${folder} has characters that a shell reads in its own way`);
  const assigned = variablesFor(before, call, wanted.manifests, facts);
  const { first, last } = around(wanted);
  const fetch = `${assigned}${prefixOf(call, assigned !== "")}${command}`;
  return { flags: flagsFor(wanted), script: [...enter, ...repeated, ...first, fetch, ...last].join(" && ") };
}

/** The folder of the command, from where `before` works: by the variable that the command's own `cd` names, since a build may give its value. */
function pathTo({ call: { step, invocation }, before, folder, facts }: Wanted): string {
  const { script } = step;
  const { cwd, env } = before.before;
  const moves = script?.commands.filter((each) => isCd(each) && each.span.start < invocation.command.span.start) ?? [];
  const [move] = moves;
  const word = move?.words[1];
  const isSame = word?.variables.every((name) => step.before.env.get(name) === env.get(name));
  const named = word && word.literal === undefined && isSame && moves.length === 1;
  if (named && script && folderBefore(script, invocation.command, step.before.cwd, env) === folder) return word.raw;
  return facts.workdir !== undefined && cwd !== undefined && isWithin(folder, cwd)
    ? posix.relative(cwd, folder)
    : folder;
}

/** Commands that put empty files in place of sources, and take them away again. */
function around({ inputs: { standIns = [] }, call, before, folder, facts }: Wanted): {
  first: string[];
  last: string[];
} {
  const strange = standIns.find((path) => !/^(?!-)[\w./@+-]+$/.test(path));
  if (strange !== undefined)
    throw new Decline("unusual-name", `${strange} has characters that a shell reads in its own way`);
  const folders = [...new Set(standIns.map((path) => posix.dirname(path)))].filter((path) => path !== ".");
  const inManifests = folders.find((path) => posix.normalize(path).includes("/"));
  if (inManifests !== undefined && !mayMakeFolders(call, before, facts))
    throw new Decline(
      "user",
      `who runs ${quoted(facts.dockerfile, call.step.instruction.span)} may not make ${posix.join(folder, inManifests)}`,
    );
  if (standIns.length === 0) return { first: [], last: [] };
  // A folder that the COPY of manifests makes is root's.
  if (folder !== before.before.cwd && !runsAsRoot(call.step, facts))
    throw new Decline(
      "user",
      `who runs ${quoted(facts.dockerfile, call.step.instruction.span)} may not write in ${folder}`,
    );
  const unknown = runsAsRoot(call.step, facts) ? undefined : unknownBefore(before, facts);
  if (unknown)
    throw new Decline(
      "user",
      `who runs ${quoted(facts.dockerfile, call.step.instruction.span)} may not write in ${folder} after ${quoted(facts.dockerfile, unknown.instruction.span)}`,
    );
  const made = folders.find((path) => isGoal(posix.join(folder, path), call, before, facts));
  if (made !== undefined && !runsAsRoot(call.step, facts))
    throw new Decline(
      "user",
      `who runs ${quoted(facts.dockerfile, call.step.instruction.span)} would own ${posix.join(folder, made)}`,
    );
  return {
    first: [...(folders.length > 0 ? [`mkdir -p ${folders.join(" ")}`] : []), `touch ${standIns.join(" ")}`],
    last: [`rm ${standIns.join(" ")}`],
  };
}

/** Whether a COPY before the command is to the folder `path`, or to one below: a folder that is there keeps its owner. */
function isGoal(path: string, { step }: ProjectCall, before: Step, { dockerfile }: Facts): boolean {
  const copies = contextCopiesOf(dockerfile, step.stage.steps.slice(before.index, step.index));
  return copies.some(({ destination }) => destination !== undefined && isWithin(destination.path, path));
}

/** The first RUN before `before` that may have given a folder to another user. */
function unknownBefore(before: Step, facts: Facts): Step | undefined {
  const base = baseOf(before.stage, facts.stages);
  return before.stage.steps.slice(0, before.index).find((step) => {
    const isKnown = (command: Command) => {
      const does = recognise(command);
      const cwd = step.script && folderBefore(step.script, command, step.before.cwd, step.before.env);
      return does && footprintOf(does, { cwd, env: step.before.env, base }) !== undefined;
    };
    return step.instruction.keyword === "RUN" && !step.script?.commands.every(isKnown);
  });
}

/** Folders that COPY makes belong to root, or to whom `--chown` names. */
function mayMakeFolders({ step }: ProjectCall, before: Step, facts: Facts): boolean {
  return before.instruction.flags.some(({ name }) => name === "chown") || runsAsRoot(step, facts);
}

/** The flags of the RUN: of its mounts, those with secrets. */
function flagsFor({ call, before, inputs, folder, facts }: Wanted): string[] {
  const { instruction, before: state } = call.step;
  const { source } = facts.dockerfile;
  const who = { user: state.user, home: state.env.get("HOME") };
  const places = inputs.fetched.map((path) => fetchedPlace(path, folder, who));
  const kept = mountsOf(instruction).filter((mount) => {
    if (!["cache", "secret", "ssh"].includes(mount.type))
      throw new Decline("mount", `${quoted(facts.dockerfile, instruction.span)} has a ${mount.type} mount`);
    const written = mount.target?.value;
    if (written === undefined || mount.type !== "cache") return checkTarget(written);
    if (written.includes("$")) throw new Decline("mount", `where ${written} is mounted is not known`);
    const target = posix.resolve(state.cwd ?? "/", written);
    const kept = places.filter((place) => isWithin(place, target) || isWithin(target, place));
    // What is unpacked elsewhere from a cache in the mount is worth a step of its own.
    if (kept.length > 0 && kept.length < places.length && kept.every((place) => cacheOf(place) !== undefined))
      return true;
    if (kept.length > 0)
      throw new Decline("cache-mount", `its downloads are kept in the cache mount at ${written} already`);
    return false;
  });
  function checkTarget(written: string | undefined): true {
    if (written !== undefined && !written.startsWith("/") && before.before.cwd !== state.cwd)
      throw new Decline("mount", `the mount at ${written} would be elsewhere before the sources`);
    return true;
  }
  const others = instruction.flags.filter(({ name }) => name !== "mount");
  return [...others, ...kept.map(({ flag }) => flag)].map(({ span }) => sliceOf(source, span));
}

/** What a container's layers would keep, though the command's own RUN deletes it. */
function checkAfter({ call, facts, inputs, folder }: Wanted): void {
  const { step, invocation } = call;
  if (!isInFinal(step, facts)) return;
  const who = { user: step.before.user, home: step.before.env.get("HOME") };
  const places = inputs.fetched.map((path) => fetchedPlace(path, folder, who));
  const after = step.script?.commands.filter(({ span }) => span.start > invocation.command.span.start) ?? [];
  const cleaner = after.find((command) => {
    const does = recognise(command);
    const paths = command.words
      .slice(1)
      .map(({ literal, raw }) =>
        fetchedPlace(literal ?? raw.replace(/^\$\{?HOME\}?/, "~"), step.before.cwd ?? "/", who),
      );
    const removes =
      does?.action === "rm" &&
      paths.some((path) => places.some((place) => isWithin(place, path) || isWithin(path, place)));
    return removes || (does?.purpose === "clean" && does.ecosystem === invocation.ecosystem);
  });
  if (cleaner)
    throw new Decline(
      "cleans-later",
      `\`${commandText(cleaner, step)}\` would no longer keep the downloads out of the image`,
    );
}

/** Whether the layers of the step's stage are layers of the last stage. */
function isInFinal({ stage }: Step, { stages }: Facts): boolean {
  return lineageOf(stages.at(-1)!, stages).includes(stage);
}
