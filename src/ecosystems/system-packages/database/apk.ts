/** Alpine's, in all releases that are in use: apk-tools 2.14 and 3.0 say the same. */
import type { Asking, Dependencies } from "./types.ts";

export const apk: Asking = {
  refresh: "apk update -q",
  // A package that asks for nothing has no graph, and `dot` fails.
  ask: ({ name }) => `apk add --simulate ${name} && { apk dot ${name} || true; }`,
  read(said) {
    const names = new Map([...said.matchAll(INSTALLED)].map(([, name, version]) => [`${name}-${version}`, name!]));
    const edges = [...said.matchAll(EDGE)].map(([, from, to, label]) => ({ from: from!, to: to!, label }));
    if (!/^OK: /m.test(said) || (names.size > 1 && edges.length === 0)) return undefined;
    return { installed: new Set(names.values()), dependencies: dependenciesIn(edges, names) };
  },
};

/** `( 1/10) Installing cmark-libs (0.31.1-r0)`. What would be upgraded is there, and `apk add` of its name leaves it as it is. */
const INSTALLED = /^\( *\d+\/\d+\) Installing (\S+) \((\S+)\)$/gm;

/** `"cmark-dev-0.31.1-r0" -> "cmark-libs-0.31.1-r0"[]`, with a label where it asks for something that the other provides: `so:libcmark.so.0.31.1`. */
const EDGE = /^ *"(\S+)" -> "(\S+)"\[(?:[^\]]*label="([^"]*)")?/gm;

interface Edge {
  /** Packages with their versions. */
  readonly from: string;
  readonly to: string;
  readonly label: string | undefined;
}

/** Whoever provides what a package asks for has an edge of its own. */
function dependenciesIn(edges: readonly Edge[], names: ReadonlyMap<string, string>): ReadonlyMap<string, Dependencies> {
  const found = new Map<string, Dependencies>();
  for (const { from, to, label } of edges) {
    const [name, next] = [names.get(from), names.get(to)];
    if (name === undefined || next === undefined) continue;
    const at = found.get(name) ?? { any: [], sure: [] };
    found.set(name, at);
    at.any.push(next);
    const isAnother = (edge: Edge) => edge.from === from && edge.label === label && !isOf(next, edge.to);
    if (label === undefined || !edges.some(isAnother)) at.sure.push(next);
  }
  return found;
}

/** Whether `node` is some version of the package `name`. */
function isOf(name: string, node: string): boolean {
  return node.replace(/-[^-]+-r\d+$/, "") === name;
}
