/** `package.json`, as far as an install reads it. */
import type { BuildContext } from "../../context/types.ts";

export interface PackageJson {
  /** Where it is in the context. */
  readonly path: string;
  readonly name: string | undefined;
  readonly scripts: ReadonlyMap<string, string>;
  /** Name to specifier, of all kinds together; a later kind does not hide an earlier one. */
  readonly dependencies: readonly Dependency[];
  /** The whole document, for fields that one package manager alone reads. */
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface Dependency {
  readonly kind: "dependencies" | "devDependencies" | "optionalDependencies" | "peerDependencies";
  readonly name: string;
  readonly specifier: string;
}

const KINDS = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"] as const;

/** Undefined where the file is missing or is not a JSON object. */
export function readPackageJson(context: BuildContext, path: string): PackageJson | undefined {
  const raw = objectOf(parseJson(context.read(path)));
  if (!raw) return undefined;
  const dependencies = KINDS.flatMap((kind) =>
    stringsOf(raw[kind]).map(([name, specifier]) => ({ kind, name, specifier })),
  );
  const name = typeof raw.name === "string" ? raw.name : undefined;
  return { path, name, scripts: new Map(stringsOf(raw.scripts)), dependencies, raw };
}

/** Undefined where `text` is not JSON. A byte order mark is allowed, as npm does. */
export function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

export function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** The entries of an object whose values are strings. */
export function stringsOf(value: unknown): [string, string][] {
  return Object.entries(objectOf(value) ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
}

/** Every string inside `value`, however deep. */
export function allStrings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(allStrings);
}
