/** Commands that work in a project: where they stand, in which folder they run, and what of the build context is there by then. */
import { posix } from "node:path";
import { type BuildContext, viewOf } from "../context/index.ts";
import { flagNamed } from "../dockerfile/index.ts";
import { askedBy, type Invocation, recognise, type Surroundings, workingFolderOf } from "../ecosystems/index.ts";
import { type Command, folderBefore, type Sequence, sequenceOf } from "../shell/index.ts";
import { type Brought, broughtBy, type ContextCopy, contextCopiesOf, isWithin, looksBroad } from "./context-copies.ts";
import { baseOf, stepsBefore } from "./lineage.ts";
import type { Facts, Stage, Step } from "./types.ts";

/** A command of a RUN that works in a project. */
export interface ProjectCall {
  readonly step: Step;
  readonly invocation: Invocation;
  /** The whole RUN, where it is one simple command after the other. */
  readonly sequence: Sequence | undefined;
  /** Its place in `sequence`. */
  readonly at: number;
  /** The folder that it works in, absolute; undefined where it is not known. */
  readonly folder: string | undefined;
}

/** The RUNs of `stage` that have a COPY before them: reading scripts is most of the work, so others are not read. */
export function stepsBehindCopies(stage: Stage): readonly Step[] {
  const copy = stage.steps.findIndex(({ instruction: { keyword } }) => keyword === "COPY" || keyword === "ADD");
  return copy < 0 ? [] : stage.steps.slice(copy + 1).filter(({ instruction }) => instruction.keyword === "RUN");
}

/** `invocation` of `step` with its place. */
export function projectCall(step: Step, invocation: Invocation): ProjectCall {
  const { script, before } = step;
  const sequence = script && sequenceOf(script);
  const { command } = invocation;
  const at = sequence?.commands.findIndex(({ span }) => span.start === command.span.start) ?? 0;
  const cwd = script ? folderBefore(script, command, before.cwd, before.env) : before.cwd;
  return { step, invocation, sequence: at < 0 ? undefined : sequence, at, folder: workingFolderOf(invocation, cwd) };
}

export function isCd(command: Command): boolean {
  return recognise(command)?.action === "cd";
}

/** A redirection into anything but the terminal or nowhere. */
export function writesFile(command: Command): boolean {
  return command.redirects.some(({ operator, target }) => {
    const isOutput = operator.includes(">");
    return !isOutput || !/^(\/dev\/(null|stdout|stderr)|[12])$/.test(target?.literal ?? "");
  });
}

/** A project of the build context as COPYs bring it into the image. */
export interface Project {
  /** All that the COPYs of the stage bring, in order. */
  readonly brought: readonly Brought[];
  /** Its files below the highest folder that a COPY writes to, paths relative to that. */
  readonly view: BuildContext;
  /** Where `view` is in the image, absolute. */
  readonly root: string;
  /** The command's folder in `view`. */
  readonly folder: string;
  readonly surroundings: Surroundings;
}

/** Why the files that a command finds are not known, by its code. */
export type NoProject = { readonly unknown: "unknown-folder" | "no-context" };

/** The project that `call` works in; undefined where no COPY of a folder before it brings one. */
export function projectOf(call: ProjectCall, facts: Facts): Project | NoProject | undefined {
  const { step, folder } = call;
  const { context, dockerfile } = facts;
  const copies = contextCopiesOf(dockerfile, step.stage.steps.slice(0, step.index));
  if (folder === undefined) {
    const inRoot = (copy: ContextCopy) => ({ ...copy, destination: { text: "/", path: "/" } });
    return copies.some((copy) => looksBroad(inRoot(copy), "/")) ? { unknown: "unknown-folder" } : undefined;
  }
  if (!context) return copies.some((copy) => looksBroad(copy, folder)) ? { unknown: "no-context" } : undefined;
  const brought = broughtBy(context, copies);
  const roots = brought.flatMap(({ copy: { destination }, bringsFolder }) =>
    destination && isWithin(folder, destination.path) && (bringsFolder || destination.path !== "/")
      ? [destination.path]
      : [],
  );
  const root = roots.sort((a, b) => a.length - b.length)[0] ?? folder;
  const places = placesBelow(root, brought);
  if (places.size === 0) return undefined;
  return {
    brought,
    view: viewOf(context, places, {
      keepsModes: !brought.some(({ copy }) => flagNamed(copy.step.instruction, "chmod")),
    }),
    root,
    folder: posix.relative(root, folder),
    surroundings: {
      cwd: folder,
      env: step.before.env,
      base: baseOf(step.stage, facts.stages),
      corepack: usesCorepack(step, facts.stages),
      versions: versionsBefore(step, facts.stages),
    },
  };
}

/** Files below `root`, by path below it; the last COPY wins. */
function placesBelow(root: string, brought: readonly Brought[]): Map<string, string> {
  const places = new Map<string, string>();
  for (const each of brought)
    for (const [path, source] of each.places) if (isWithin(path, root)) places.set(posix.relative(root, path), source);
  return places;
}

/** Versions of package managers that the steps so far, and this one, asked for. */
function versionsBefore(step: Step, stages: readonly Stage[]): ReadonlyMap<string, string | undefined> {
  const steps = [...stepsBefore(step, stages), step];
  return new Map(steps.flatMap(({ invocations }) => invocations.flatMap(askedBy)));
}

/** Whether a step so far sets up Corepack. */
function usesCorepack(step: Step, stages: readonly Stage[]): boolean {
  return [...stepsBefore(step, stages), step].some(({ script }) => script?.source.text.includes("corepack"));
}
