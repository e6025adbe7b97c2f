/** Targets of Bake files, JSON or HCL (buildx, bake/bake.go and docs/bake-reference.md). */
import { type Block, type Expression, HclError, parseHcl, type Scope, type Value, type ValueObject } from "./hcl.ts";
import { mergedTarget } from "./merge.ts";
import { type RawTarget, type Scalar, UNKNOWN } from "./types.ts";

/** What one file says: of its targets only what is written there, not what they inherit. */
export interface BakeFile {
  readonly targets: ReadonlyMap<string, BakeTarget>;
}

export interface BakeTarget {
  readonly own: RawTarget;
  readonly inherits: readonly string[];
}

export type BakeResult =
  | BakeFile
  | { readonly problem: { readonly line: number; readonly column: number; readonly message: string } };

const NONE: RawTarget = { args: new Map(), contexts: [] };

export function readBakeHcl(text: string): BakeResult {
  try {
    return targetsOf(parseHcl(text));
  } catch (error) {
    if (!(error instanceof HclError)) throw error;
    const before = text.slice(0, error.at).split("\n");
    return { problem: { line: before.length, column: before.at(-1)!.length + 1, message: error.message } };
  }
}

/** The same in JSON: blocks are objects by their labels, strings are templates. */
export function readBakeJson(text: string): BakeResult {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return { problem: { line: 1, column: 1, message: (error as Error).message.split("\n")[0]! } };
  }
  const root = objectOf(parsed);
  const blocks = ["variable", "target"].flatMap((type) =>
    Object.entries(objectOf(root[type])).map(
      ([label, attributes]): Block => ({
        type,
        labels: [label],
        attributes: new Map(Object.entries(objectOf(attributes)).map(([key, value]) => [key, expressionOf(value)])),
        blocks: [],
      }),
    ),
  );
  return targetsOf({ type: "", labels: [], attributes: new Map(), blocks });
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function expressionOf(json: unknown): Expression {
  if (typeof json === "string") {
    try {
      const { attributes } = parseHcl(`value = ${JSON.stringify(json)}\n`);
      return attributes.get("value") ?? (() => UNKNOWN);
    } catch {
      return () => UNKNOWN;
    }
  }
  if (Array.isArray(json)) {
    const items = json.map(expressionOf);
    return (scope) => items.map((item) => item(scope));
  }
  if (typeof json === "object" && json !== null) {
    const entries = Object.entries(json).map(([key, value]) => [key, expressionOf(value)] as const);
    return (scope) => Object.fromEntries(entries.map(([key, value]) => [key, value(scope)]));
  }
  return () => json as Value;
}

function targetsOf(root: Block): BakeFile {
  const global = globalScope(root);
  const targets = new Map<string, BakeTarget>();
  for (const block of root.blocks) {
    const [name] = block.labels;
    if (block.type !== "target" || name === undefined) continue;
    for (const { scope, label } of instancesOf(block, name, global)) targets.set(label, targetOf(block, scope));
  }
  return { targets };
}

/** Variables with their defaults, which the environment may override, and attributes at the top. */
function globalScope(root: Block): Scope {
  const defaults = new Map<string, Expression>(root.attributes);
  for (const { type, labels, attributes } of root.blocks)
    if (type === "variable" && labels[0] !== undefined)
      defaults.set(labels[0], attributes.get("default") ?? (() => UNKNOWN));
  const active = new Set<string>();
  const scope: Scope = (name) => {
    const expression = defaults.get(name);
    if (!expression || active.has(name)) return UNKNOWN;
    active.add(name);
    try {
      return expression(scope);
    } finally {
      active.delete(name);
    }
  };
  return scope;
}

/** A target with a `matrix` is many, one for each combination. */
function instancesOf(
  block: Block,
  name: string,
  global: Scope,
): readonly { readonly scope: Scope; readonly label: string }[] {
  const matrix = block.attributes.get("matrix")?.(global);
  if (matrix === undefined) return [{ scope: global, label: name }];
  let combinations: ReadonlyMap<string, Value>[] = [new Map()];
  for (const [variable, values] of Object.entries(isObject(matrix) ? matrix : {})) {
    const each: readonly Value[] = Array.isArray(values) ? values : [UNKNOWN];
    combinations = combinations.flatMap((known) =>
      each.map((value) => new Map<string, Value>([...known, [variable, value]])),
    );
  }
  return combinations.map((known) => {
    const scope: Scope = (variable) => (known.has(variable) ? known.get(variable)! : global(variable));
    const label = block.attributes.get("name")?.(scope);
    return {
      scope,
      label: typeof label === "string" ? label : `${name} (${[...known.values()].map(String).join(", ")})`,
    };
  });
}

function isObject(value: Value): value is ValueObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function targetOf(block: Block, scope: Scope): BakeTarget {
  const attribute = (key: string) => block.attributes.get(key)?.(scope);
  const scalars = Object.fromEntries(
    ["context", "dockerfile", "target"].flatMap((key) => {
      const value = attribute(key);
      return value === undefined || value === null ? [] : [[key, scalarOf(value)]];
    }),
  );
  const mapping = (key: string): readonly (readonly [string, Value])[] => {
    const value = attribute(key);
    const nested = block.blocks.filter(({ type }) => type === key).flatMap(({ attributes }) => [...attributes]);
    return [
      ...(value !== undefined && isObject(value) ? Object.entries(value) : []),
      ...nested.map(([name, each]) => [name, each(scope)] as const),
    ];
  };
  const inherits = attribute("inherits");
  return {
    own: {
      ...scalars,
      ...(block.attributes.has("dockerfile-inline") ? { inline: true } : {}),
      args: new Map(
        mapping("args")
          .filter(([, value]) => value !== null)
          .map(([name, value]) => [name, scalarOf(value)]),
      ),
      contexts: mapping("contexts").map(([name]) => name),
    },
    inherits: Array.isArray(inherits) ? inherits.filter((name) => typeof name === "string") : [],
  };
}

function scalarOf(value: Value): Scalar {
  return typeof value === "string"
    ? value
    : typeof value === "number" || typeof value === "boolean"
      ? String(value)
      : UNKNOWN;
}

/**
 * The targets of several files together, what they inherit taken in; `services` are those of Compose files, which Bake reads first. A later
 * file's words go over those of an earlier one.
 */
export function bakeTargets(
  files: readonly BakeFile[],
  services: ReadonlyMap<string, RawTarget>,
): ReadonlyMap<string, RawTarget> {
  const merged = new Map<string, BakeTarget>([...services].map(([name, own]) => [name, { own, inherits: [] }]));
  for (const { targets } of files)
    for (const [name, target] of targets) {
      const earlier = merged.get(name);
      merged.set(name, {
        own: earlier ? mergedTarget(earlier.own, target.own) : target.own,
        inherits: target.inherits.length > 0 ? target.inherits : (earlier?.inherits ?? []),
      });
    }
  const resolve = (name: string, seen: readonly string[]): RawTarget => {
    const target = merged.get(name);
    if (!target || seen.includes(name)) return NONE;
    const parents = target.inherits.map((parent) => resolve(parent, [...seen, name]));
    return [...parents, target.own].reduce(mergedTarget, NONE);
  };
  const named = new Set(files.flatMap(({ targets }) => [...targets.keys()]));
  return new Map([...named].map((name) => [name, resolve(name, [])]));
}
