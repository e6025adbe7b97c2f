/** Alpine's, in all releases that are in use: apk-tools 2.14 and 3.0 say the same. */
import type { Asking, Dependencies } from "./types.ts";

export const apk: Asking = {
  refresh: "apk update -q",
  // A package that asks for nothing has no graph, and `dot` fails.
  ask: ({ name }) => `apk add --simulate ${name} && { apk dot ${name} || true; }`,
  read(said) {
    if (!/^OK: /m.test(said)) return undefined;
    const installed = [...said.matchAll(INSTALLED)].map(([, name, version]) => [`${name}-${version}`, name!] as const);
    return {
      installed: new Set(installed.map(([, name]) => name)),
      dependencies: dependenciesIn(said, new Map(installed)),
    };
  },
};

/** `( 1/10) Installing cmark-libs (0.31.1-r0)`. What would be upgraded is there, and `apk add` of its name leaves it as it is. */
const INSTALLED = /^\( *\d+\/\d+\) Installing (\S+) \((\S+)\)$/gm;

/** `"cmark-dev-0.31.1-r0" -> "cmark-libs-0.31.1-r0"[]`, with a label where it asks for something that the other provides: `so:libcmark.so.0.31.1`. */
const EDGE = /^ *"(\S+)" -> "(\S+)"\[(?:[^\]]*label="([^"]*)")?/gm;

/** All that a package asks for stands for those that provide it, each on a line of its own. */
function dependenciesIn(text: string, names: ReadonlyMap<string, string>): ReadonlyMap<string, Dependencies> {
  const found = new Map<string, Dependencies>();
  const edges = [...text.matchAll(EDGE)].map(([, from, to, label]) => ({ from: from!, to: to!, label }));
  for (const { from, to, label } of edges) {
    const [name, next] = [names.get(from), names.get(to)];
    if (name === undefined || next === undefined) continue;
    const at = found.get(name) ?? { any: [], sure: [] };
    found.set(name, at);
    at.any.push(next);
    const isOnly = !edges.some((other) => other.from === from && other.label === label && other.to !== to);
    if (label === undefined || isOnly) at.sure.push(next);
  }
  return found;
}
