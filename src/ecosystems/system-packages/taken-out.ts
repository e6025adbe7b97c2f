/** Packages that a stage installs and takes out again: its container has none of them, though its layers do. */
import { knownBase } from "../../bases/index.ts";
import { isForBuilds, plainName, programsOf } from "./names.ts";
import type { PackagePart, PackageStep } from "./step.ts";

/**
 * By names as the file has them, those of Alpine's virtual packages too. Swept is what came along as well, but for what other packages suggest
 * (apt.conf(5), APT::AutoRemove::SuggestsImportant), which nobody asked for.
 */
export type TakenOut = ReadonlyMap<string, Taken>;

export interface Taken {
  /** The packages behind the name: those of a virtual one, or itself. */
  readonly names: readonly string[];
  readonly swept: boolean;
}

export const NOTHING_TAKEN: TakenOut = new Map();

/**
 * Of the steps of a stage on `base`, in their order; undefined stands for steps that do something else. Nothing where the container may run a
 * program that is among it.
 */
export function takenOut(
  steps: readonly (PackageStep | undefined)[],
  base: string | undefined,
  isCalled: (program: string) => boolean,
): TakenOut {
  if (!hasNoTools(base)) return NOTHING_TAKEN;
  const installed = new Map<string, readonly string[]>();
  const gone = new Map<string, Taken>();
  for (const step of steps) {
    for (const part of step?.parts ?? []) {
      const { does, names } = part;
      if (does === "install") {
        const group = virtualOf(part);
        const plain = names.map(plainName);
        if (group !== undefined) installed.set(group, plain);
        for (const name of plain) {
          installed.set(name, [name]);
          gone.delete(name);
        }
      }
      if (does === "remove")
        for (const word of names) {
          const found = installed.get(word);
          const taken = { names: found ?? [], swept: step?.manager === "apk" };
          for (const name of found ? [word, ...found] : []) gone.set(name, taken);
        }
      if (part.sweeps) for (const [name, taken] of gone) gone.set(name, { ...taken, swept: true });
    }
  }
  if ([...gone.keys()].flatMap((name) => programsOf(name)).some(isCalled)) return NOTHING_TAKEN;
  // What comes with other packages stays where these alone are taken out.
  return new Map([...gone].filter(([, { names, swept }]) => swept || names.every((name) => isForBuilds(name))));
}

/** `.build-deps` of `apk add --virtual .build-deps`. */
function virtualOf({ options }: PackagePart): string | undefined {
  const at = options.findIndex((option) => /^(-t|--virtual)/.test(option));
  return at < 0 ? undefined : (/=(.*)/.exec(options[at]!)?.[1] ?? options[at + 1]);
}

/** Whether an image has nothing by itself of what people install for builds: taking that out would change it. */
export function hasNoTools(base: string | undefined): boolean {
  const known = base === undefined ? undefined : knownBase(base);
  switch (known?.family.name) {
    case "debian":
    case "ubuntu":
    case "alpine":
      return true;
    case "node":
    case "python":
      return known.isSlim || known.distribution?.name === "alpine";
    default:
      return false;
  }
}
