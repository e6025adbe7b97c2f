/** Services that a Compose file builds (Compose specification, build.md and merge rules). */
import { posix } from "node:path";
import { type Document, isMap, LineCounter, parseAllDocuments } from "yaml";
import { interpolate, type Lookup } from "./interpolate.ts";
import { over } from "./merge.ts";
import { type RawTarget, type Scalar, UNKNOWN } from "./types.ts";

export type ComposeFile =
  | { readonly services: Services }
  | { readonly problem: { readonly line: number; readonly column: number; readonly message: string } };

type Services = ReadonlyMap<string, RawTarget>;

type Plain = Readonly<Record<string, unknown>>;

/** The text of the file at a path, as it is written. */
type Read = (path: string) => string | undefined;

/** As deep as files include others; one may include itself. */
const DEEPEST = 8;

/** Reads services with a `build`, or what another one of the name starts. What is no Compose file at all has none. `read` gives the text of a file that is included, or that a service extends. */
export function readCompose(text: string, lookup: Lookup, read: Read, depth = 0): ComposeFile {
  const parsed = parse(text);
  if ("problem" in parsed) return parsed;
  const included = depth < DEEPEST ? includedServices(parsed.root, lookup, read, depth) : [];
  const services = new Map<string, RawTarget>();
  for (const name of Object.keys(servicesOf(parsed.root))) {
    const service = serviceOf(parsed.root, name, read, []);
    const starts = startsOf(service, lookup);
    if (service.build !== undefined || starts.size > 0)
      services.set(name, {
        ...targetOf(plain(service.build), lookup),
        ...(service.build !== undefined && { builds: true }),
        starts,
      });
  }
  return { services: [...included, services].reduce(over) };
}

/** Services of each of the files that `include` names, whose paths are relative to their own project (Compose specification, include.md). */
function includedServices(root: Plain, lookup: Lookup, read: Read, depth: number): Services[] {
  const entries = Array.isArray(root.include) ? root.include : [];
  return entries.flatMap((entry: unknown) => {
    const { path = entry, project_directory: project } = plain(entry);
    const paths = [path].flat().filter((each) => typeof each === "string");
    const folder = typeof project === "string" ? project : posix.dirname(paths[0] ?? "");
    return paths.map((file) => {
      const found = readCompose(read(file) ?? "", lookup, beside(file, read), depth + 1);
      const targets = "problem" in found ? [] : [...found.services];
      return new Map(targets.map(([name, target]) => [name, below(folder, target)] as const));
    });
  });
}

/** Reads by paths as the file at `file` has them. */
function beside(file: string, read: Read): Read {
  return (path) => read(posix.join(posix.dirname(file), path));
}

function below(folder: string, target: RawTarget): RawTarget {
  const { context = ".", builds } = target;
  return !builds || typeof context !== "string" || /^\/|:/.test(context)
    ? target
    : { ...target, context: posix.join(folder, context) };
}

/** What the service has containers start and its health be asked by; text is split into words as a shell would. */
function startsOf(service: Plain, lookup: Lookup): NonNullable<RawTarget["starts"]> {
  const starts = new Map<string, readonly Scalar[] | Scalar>();
  const add = (key: string, value: unknown) => {
    if (typeof value === "string") starts.set(key, interpolate(value, lookup));
    else if (Array.isArray(value))
      starts.set(
        key,
        value.map((word) => interpolate(String(word), lookup)),
      );
  };
  const { test, disable } = plain(service.healthcheck);
  const [kind, ...words] = Array.isArray(test) ? test : [];
  add("entrypoint", service.entrypoint);
  add("command", service.command);
  if (disable !== true && kind !== "NONE") add("healthcheck", kind === "CMD-SHELL" ? words[0] : kind ? words : test);
  return starts;
}

function parse(text: string): { readonly root: Plain } | Extract<ComposeFile, { problem: unknown }> {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { merge: true, lineCounter, logLevel: "silent", uniqueKeys: false });
  const [first] = documents as readonly Document[];
  const error = first?.errors[0];
  if (error) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    return { problem: { line, column: col, message: error.message.split(/ at line |\n/)[0]! } };
  }
  return { root: plain(first && isMap(first.contents) ? first.toJS({ maxAliasCount: 1000 }) : {}) };
}

function plain(value: unknown): Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Plain) : {};
}

/** The first version of the format had services at the top. */
function servicesOf(root: Plain): Plain {
  return plain(root.services);
}

/** The service with the one that it extends below it; its `build` is a mapping. */
function serviceOf(root: Plain, name: string, read: Read, seen: readonly string[]): Plain {
  const own = plain(servicesOf(root)[name]);
  const below = extendedService(root, own.extends, read, seen);
  return {
    ...below,
    ...own,
    build: mergedBuild(buildMapping(below.build), buildMapping(own.build)),
    healthcheck: { ...plain(below.healthcheck), ...plain(own.healthcheck) },
  };
}

function extendedService(root: Plain, extended: unknown, read: Read, seen: readonly string[]): Plain {
  const name = typeof extended === "string" ? extended : plain(extended).service;
  const file = plain(extended).file;
  const key = `${file}:${name}`;
  if (typeof name !== "string" || seen.includes(key)) return {};
  if (typeof file !== "string") return serviceOf(root, name, read, [...seen, key]);
  const text = read(file);
  const other = text === undefined ? undefined : parse(text);
  if (!other || "problem" in other) return {};
  const service = serviceOf(other.root, name, beside(file, read), [...seen, key]);
  const build = plain(service.build);
  // Its paths are relative to its own file.
  if (typeof build.context !== "string" || /^[/$]|:/.test(build.context)) return service;
  return { ...service, build: { ...build, context: `${posix.dirname(file)}/${build.context}` } };
}

function buildMapping(build: unknown): Plain | undefined {
  if (typeof build === "string") return { context: build };
  return typeof build === "object" && build !== null ? plain(build) : undefined;
}

function mergedBuild(below: Plain | undefined, above: Plain | undefined): Plain | undefined {
  if (below === undefined || above === undefined) return above ?? below;
  const both = (key: string) => ({
    ...Object.fromEntries(pairsOf(below[key])),
    ...Object.fromEntries(pairsOf(above[key])),
  });
  return { ...below, ...above, args: both("args"), additional_contexts: both("additional_contexts") };
}

/** A mapping, or a list of `NAME=value`; a name alone has undefined. */
function pairsOf(value: unknown): (readonly [string, string | undefined])[] {
  if (Array.isArray(value))
    return value.map((item) => {
      const [, name = "", given] = /^([^=]*)(?:=(.*))?$/s.exec(String(item)) ?? [];
      return [name, given] as const;
    });
  return Object.entries(plain(value)).map(([name, given]) => [
    name,
    given === null || given === undefined ? undefined : String(given),
  ]);
}

function targetOf(build: Plain, lookup: Lookup): RawTarget {
  const scalar = (key: string): Scalar | undefined => {
    const value = build[key];
    return typeof value === "string" || typeof value === "number" ? interpolate(String(value), lookup) : undefined;
  };
  const optional = { context: scalar("context"), dockerfile: scalar("dockerfile"), target: scalar("target") };
  return {
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    ...(build.dockerfile_inline === undefined ? {} : { inline: true }),
    args: new Map(
      pairsOf(build.args).map(([name, value]) => [name, value === undefined ? UNKNOWN : interpolate(value, lookup)]),
    ),
    contexts: pairsOf(build.additional_contexts).map(([name]) => name),
  };
}
