/** What the package database of a base image tells of a package of headers, where an engine can be asked: see ADR 22. */
import { isForBuilds } from "./names.ts";

/** What an app needs that was built with the package `name` of `base`. */
export interface PackageQuestion {
  /** The image, as FROM names it. */
  readonly base: string;
  readonly name: string;
  /** Whether what packages recommend comes with them. */
  readonly recommends: boolean;
}

/** The names of packages, or why they are not known. */
export type PackageAnswer = { readonly names: readonly string[] } | { readonly unresolved: string };

/** Undefined where nobody knows. */
export type PackageDatabase = (question: PackageQuestion) => readonly string[] | undefined;

/** A question as the key of its answer. */
export function questionText({ base, name, recommends }: PackageQuestion): string {
  return JSON.stringify([base, name, recommends]);
}

export function questionOf(text: string): PackageQuestion {
  const [base, name, recommends] = JSON.parse(text);
  return { base, name, recommends };
}

/** Packages of headers, and tools that come with them: what these need in turn, no program is linked to. */
const HEADERS = /-(dev|multidev)$/;
const TOOLS = /-(dev-bin|headers|arch-config|proto|doctools)$/;

const NAME = /^[a-z0-9][a-z0-9.+-]+$/;

/**
 * What has to be installed in the place of the package of headers `name` for a program that is linked to it: whatever would come along and is
 * not for builds, also by way of other packages of headers, but for what comes with the others. What the base image has is there. Undefined
 * where a name is none that `apt-get install` takes.
 * @param depends what `apt-cache depends --recurse` says of it: the packages that each package asks for, and those that provide it
 * @param simulated what `apt-get install --simulate` says of it: which packages it would install
 */
export function behindHeaders(name: string, depends: string, simulated: string): readonly string[] | undefined {
  const installed = new Set([...simulated.matchAll(/^Inst (\S+) /gm)].map(([, each]) => each!));
  const dependencies = dependenciesIn(depends);
  const headers = [name];
  const needed = new Set<string>();
  for (const at of headers) {
    for (const next of dependencies.get(at)?.any ?? []) {
      if (!installed.has(next) || headers.includes(next)) continue;
      if (HEADERS.test(next)) headers.push(next);
      else if (!isForBuilds(next) && !TOOLS.test(next)) needed.add(next);
    }
  }
  for (const each of needed) if ([...needed].some((other) => brings(other, each, dependencies))) needed.delete(each);
  const names = [...needed].sort();
  return names.every((each) => NAME.test(each)) ? names : undefined;
}

interface Dependencies {
  /** Packages of which only one may be taken among them. */
  readonly any: string[];
  /** Those that are sure to be taken. */
  readonly sure: string[];
}

/**
 * `  Depends: libssl3`, below the name of a package. Behind a bar the next line is another choice; in angle brackets stands what no package is
 * called, and below it, further in, who provides it.
 */
const LINE = /^( *)(\|)?(?:(?:Pre)?(Depends|Recommends): )?([^\s<]\S*)?/;

function dependenciesIn(text: string): ReadonlyMap<string, Dependencies> {
  const found = new Map<string, Dependencies>();
  let at: Dependencies = { any: [], sure: [] };
  let isChoice = false;
  let last = "";
  for (const line of text.split("\n")) {
    const [, indent, bar, relation, name] = LINE.exec(line)!;
    if (name !== undefined && indent === "") {
      at = { any: [], sure: [] };
      found.set(name, at);
    } else if (name !== undefined) {
      at.any.push(name);
      if (relation === "Depends" && !bar && !isChoice) at.sure.push(name);
      // Who provides it may serve as well.
      if (relation !== undefined) last = name;
      else if (at.sure.at(-1) === last) at.sure.pop();
    }
    isChoice = bar !== undefined;
  }
  return found;
}

/** Whether one package is sure to come with another. */
function brings(one: string, other: string, dependencies: ReadonlyMap<string, Dependencies>): boolean {
  const seen = new Set([one]);
  for (const at of seen) for (const next of dependencies.get(at)?.sure ?? []) seen.add(next);
  return one !== other && seen.has(other);
}
