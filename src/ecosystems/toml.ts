/** TOML files: `Cargo.toml`, `pyproject.toml`. */
import { parse } from "smol-toml";

export type TomlTable = Readonly<Record<string, unknown>>;

/** Undefined where `text` is no TOML. */
export function readToml(text: string): TomlTable | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** The table at `path`; an empty one where there is none. */
export function tableAt(table: TomlTable, ...path: readonly string[]): TomlTable {
  let at: unknown = table;
  for (const name of path) at = isTable(at) ? at[name] : undefined;
  return isTable(at) ? at : {};
}

/** The strings of the array at `name`. */
export function stringsAt(table: TomlTable, name: string): string[] {
  const found = table[name];
  return Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
}

export function isTable(value: unknown): value is TomlTable {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
