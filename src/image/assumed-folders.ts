/** What holds wherever a base image works: what holds in each of the folders that it could work in. */
import { posix } from "node:path";
import { fromView } from "../dockerfile/index.ts";
import { contextCopiesOf } from "./context-copies.ts";
import { factsOf } from "./facts.ts";
import { baseOf } from "./lineage.ts";
import type { Facts, Stage } from "./types.ts";
import { officialWorkdir } from "./workdir.ts";

/** The root, where images work that set no WORKDIR; where some keep apps; home folders; and one that no command has to do with. */
const USUAL: readonly string[] = ["/", "/app", "/usr/src/app", "/root", "/home/user", "/a/folder/of/the/base"];

/** A file that names more folders of its own is left alone. */
const MOST = 8;

/**
 * Folders that stand for all that a base image could work in, those that the file itself names among them. Where no step depends on it, any
 * will do.
 */
export function assumedFolders({ stages, dockerfile, workdir }: Facts): readonly string[] {
  if (workdir !== undefined) return [];
  if (!stages.some((stage) => asksForFolder(stage) && officialFolder(stage, stages) === undefined)) return ["/"];
  const named = stages.flatMap(({ steps, after }) => [
    ...contextCopiesOf(dockerfile, steps).flatMap(({ destination }) => destination?.path ?? []),
    ...[...steps.map(({ before }) => before), after].flatMap(({ cwd }) => cwd ?? []),
  ]);
  const own = new Set(named.flatMap((path) => [path, posix.dirname(path)]).filter((path) => !USUAL.includes(path)));
  return own.size > MOST ? [] : [...USUAL, ...own];
}

const WORKS_IN_FOLDER: readonly string[] = ["RUN", "COPY", "ADD", "WORKDIR"];

function asksForFolder({ steps }: Stage): boolean {
  return steps.some(
    ({ instruction, before }) => before.cwd === undefined && WORKS_IN_FOLDER.includes(instruction.keyword),
  );
}

function officialFolder(stage: Stage, stages: readonly Stage[]): string | undefined {
  const image = baseOf(stage, stages);
  return image === undefined ? undefined : officialWorkdir(image);
}

/** `facts` where `stage` works in the folder of the official image that it names; undefined where it names none, or asks for no folder. */
export function workingByName(stage: Stage, facts: Facts): Facts | undefined {
  if (facts.workdir !== undefined || !asksForFolder(stage) || fromView(stage.from)?.image.text.includes("$"))
    return undefined;
  const folder = officialFolder(stage, facts.stages);
  return folder === undefined ? undefined : workingIn(folder, facts);
}

/**
 * What `look` finds of a stage wherever its image works: the same everywhere, by `isSame`. Undefined where that differs, or where nothing is
 * known of the folder; "nothing" where it finds nothing anywhere.
 */
export function wherever<T>(
  stage: Stage,
  facts: Facts,
  look: (stage: Stage, facts: Facts) => T | undefined,
  isSame: (one: T, other: T) => boolean,
): T | "nothing" | undefined {
  const [first, ...others] = assumedFolders(facts).map((folder) => {
    const assumed = workingIn(folder, facts);
    const same = assumed.stages[stage.index];
    return same && look(same, assumed);
  });
  if (first === undefined)
    return others.length > 0 && others.every((other) => other === undefined) ? "nothing" : undefined;
  return others.every((other) => other !== undefined && isSame(first, other)) ? first : undefined;
}

/** `facts` where base images work in `workdir`. */
export function workingIn(workdir: string, facts: Facts): Facts {
  const assumed = known.get(facts) ?? new Map<string, Facts>();
  known.set(facts, assumed);
  const found = assumed.get(workdir) ?? factsOf(facts.dockerfile, { ...facts, workdir });
  assumed.set(workdir, found);
  return found;
}

/** What is worked out of facts is kept by facts. */
const known = new WeakMap<Facts, Map<string, Facts>>();
