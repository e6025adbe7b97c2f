/** Edits to show a Dockerfile's cache by: of a file that people edit, and that some step notices. */
import { posix } from "node:path";
import { copyView, flagNamed, type Instruction, mountsOf } from "../dockerfile/index.ts";
import { ecosystemNamed } from "../ecosystems/index.ts";
import { type ContextEdit, forecastReruns } from "./cache.ts";
import { installStepsOf, isManifest, likelyManifests, likelySources } from "./editable.ts";
import type { Facts } from "./types.ts";

export interface Example {
  /** Of the build context. */
  readonly path: string;
  /** The context does not show it: it stands for what a COPY names. */
  readonly isMadeUp: boolean;
}

/** The likeliest of the sources whose edit makes a step run again. */
export function sourceExample(facts: Facts, target?: string): Example | undefined {
  return firstNoticed(facts, likelySources(facts), target) ?? madeUp(facts, (path) => !isManifest(path), target);
}

/** The likeliest of the manifests whose edit makes a step run again. */
export function manifestExample(facts: Facts, target?: string): Example | undefined {
  return firstNoticed(facts, likelyManifests(facts), target) ?? madeUp(facts, isManifest, target);
}

/** An edit of the source that is edited likeliest; undefined where the context shows none that a step notices. */
export function sourceEdit(facts: Facts, target?: string): ContextEdit | undefined {
  const example = firstNoticed(facts, likelySources(facts), target);
  return example && { path: example.path, kind: "changed" };
}

function firstNoticed(facts: Facts, paths: readonly string[], target: string | undefined): Example | undefined {
  const path = paths.find((each) => isNoticed(facts, each, target));
  return path === undefined ? undefined : { path, isMadeUp: false };
}

function isNoticed(facts: Facts, path: string, target: string | undefined): boolean {
  return forecastReruns(facts, { path, kind: "changed" }, target).some(({ rerun }) => rerun !== "cached");
}

/** A path that a COPY or a mount without a wildcard names, or one in the folder that it names. */
function madeUp(facts: Facts, isWanted: (path: string) => boolean, target: string | undefined): Example | undefined {
  const names = [...manifestNames(facts), "a-source"];
  const path = facts.stages
    .flatMap(({ steps }) => steps.map(({ instruction }) => instruction))
    .flatMap(takenFromContext)
    .filter((text) => !/[$*?[\\:]/.test(text))
    .map((text) => posix.join("/", text).slice(1))
    .flatMap((named) => (named === "" || named.endsWith("/") ? names.map((name) => named + name) : named))
    .find((each) => isWanted(each) && isNoticed(facts, each, target));
  return path === undefined ? undefined : { path, isMadeUp: true };
}

/** As written. */
function takenFromContext(instruction: Instruction): readonly string[] {
  const mounts = mountsOf(instruction).filter(({ type, from }) => type === "bind" && !from);
  const copied = flagNamed(instruction, "from") ? [] : (copyView(instruction)?.sources ?? []);
  return [
    ...copied.flatMap(({ text, heredoc }) => (heredoc ? [] : text)),
    ...mounts.map(({ source }) => source?.value ?? "."),
  ];
}

/** Of the package managers that install the app's dependencies. */
function manifestNames(facts: Facts): readonly string[] {
  const managers = new Set(
    installStepsOf(facts).flatMap(({ invocations }) => invocations.map(({ ecosystem }) => ecosystem)),
  );
  return [...managers]
    .flatMap((name) => ecosystemNamed(name)?.declares?.files ?? [])
    .filter(({ role, name }) => role === "manifest" && isManifest(name.replaceAll("*", "")) && !/[ /]/.test(name))
    .map(({ name }) => name.replaceAll("*", ""));
}
