import type { Phase, Transform } from "../transform/index.ts";
import { UsageError } from "../transform/index.ts";
import type { Settings } from "./types.ts";

/**
 * Manifests are ordered before a stage is split, so that both stages get the better order; only a stage that no
 * longer builds can do with less of the app, and with less of a base; RUNs are merged in the stages that stand at the end, and what stays
 * apart then cleans up for itself; names are pinned last, when no stage moves any more.
 */
const phases: readonly Phase[] = ["order", "split", "serve", "slim", "merge", "clean", "pin"];

/** A transform with its checked options. */
export interface Planned {
  readonly transform: Transform;
  readonly options: unknown;
}

/** The transforms to run, in order. Throws a `UsageError` for names that no transform has and for options it can't take. */
export function planOf(transforms: readonly Transform[], settings: Settings): readonly Planned[] {
  const { level = "standard", only, also = [], skip = [], options = {} } = settings;
  checkNames(transforms, [...(only ?? []), ...also, ...skip, ...Object.keys(options)]);
  return transforms
    .filter(({ name, asked = false }) => (only ? [...only, ...also].includes(name) : !asked || also.includes(name)))
    .filter(({ name }) => !skip.includes(name))
    .filter(({ promise }) => level === "standard" || promise === "same-image")
    .sort((a, b) => phases.indexOf(a.phase) - phases.indexOf(b.phase) || compareNames(a.name, b.name))
    .map((transform) => ({ transform, options: optionsOf(transform, options[transform.name]) }));
}

function checkNames(transforms: readonly Transform[], names: readonly string[]): void {
  const known = transforms.map(({ name }) => name);
  for (const name of names) {
    if (!known.includes(name)) throw new UsageError(`unknown transform ${name}, known: ${known.join(", ")}`);
  }
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function optionsOf(transform: Transform, raw: unknown): unknown {
  if (raw === undefined) return transform.options?.defaults;
  if (transform.options === undefined) throw new UsageError(`${transform.name} has no options`);
  try {
    return transform.options.parse(raw);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${transform.name}: ${error.message}`);
    throw error;
  }
}
