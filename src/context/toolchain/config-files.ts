import type { BuildContext } from "../types.ts";
import { COMPUTED, readModule, type StaticObject, type StaticValue } from "./static-module.ts";
import { type Unknown, unknown } from "./types.ts";

export interface ConfigFile {
  readonly file: string;
  /** One or, where the file exports an array, several configurations. */
  readonly configs: readonly StaticObject[];
  readonly imports: readonly string[];
}

const EXTENSIONS = ["js", "mjs", "ts", "cjs", "mts", "cts"];

/** The configuration of a tool: `named` on the command line, or the first of `stem`.js, .mjs, .ts, …; undefined where there is none. */
export function readConfig(
  project: BuildContext,
  stem: string,
  named: string | undefined,
): ConfigFile | Unknown | undefined {
  const file =
    named?.replace(/^\.\//, "") ?? EXTENSIONS.map((end) => `${stem}.${end}`).find((path) => project.has(path));
  if (file === undefined) return undefined;
  const text = project.read(file);
  if (text === undefined) return unknown(`${file} is not in the build context`);
  const module = readModule(text, file);
  if (!module) return unknown(`${file} can't be parsed`);
  const configs: readonly StaticValue[] = Array.isArray(module.exported) ? module.exported : [module.exported];
  const objects = configs.filter(isObject);
  if (objects.length < configs.length) return unknown(`${file} computes its configuration`);
  return { file, configs: objects, imports: module.imports };
}

export function isObject(value: StaticValue): value is StaticObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at `path` of `config`; `COMPUTED` where any step to it is. */
export function at(config: StaticObject, ...path: readonly string[]): StaticValue {
  let value: StaticValue = config;
  for (const key of path) {
    if (!isObject(value)) return value === undefined ? undefined : COMPUTED;
    value = value[key];
  }
  return value;
}
