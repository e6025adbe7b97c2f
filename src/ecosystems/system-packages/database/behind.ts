/** Which of the packages that come along with headers a linked program needs. */
import { isForBuilds } from "../names.ts";
import type { Dependencies, Transaction } from "./types.ts";

/** Packages of headers, and tools that come with them: what these need in turn, no program is linked to. */
const HEADERS = /-(dev|multidev|devel|static)$/;
const TOOLS = /-(dev-bin|headers|arch-config|proto|doctools|rpm-macros)$|^(pkgconf|cmake-filesystem$)/;

const NAME = /^[a-z0-9][\w.+-]+$/i;

/**
 * What has to be installed in the place of the package of headers `name` for a program that is linked to it: whatever would come along and is
 * not for builds, also by way of other packages of headers, but for what comes with the others. What the base image has is there. Undefined
 * where `name` is only a word for another package, or one of the names is none that an install takes.
 */
export function behindHeaders(name: string, { installed, dependencies }: Transaction): readonly string[] | undefined {
  if (installed.size > 0 && !installed.has(name)) return undefined;
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

/** Whether one package is sure to come with another. */
function brings(one: string, other: string, dependencies: ReadonlyMap<string, Dependencies>): boolean {
  const seen = new Set([one]);
  for (const at of seen) for (const next of dependencies.get(at)?.sure ?? []) seen.add(next);
  return one !== other && seen.has(other);
}
