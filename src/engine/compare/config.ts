/** How the configurations of two images differ, in plain words. */
import { isDeepStrictEqual } from "node:util";
import { OWN_LABELS } from "../labels.ts";
import type { Difference, ImageInfo } from "../types.ts";

type Config = ImageInfo["config"];

/** Keys whose values are sets or maps, told by their members. */
const MAPS = ["ExposedPorts", "Volumes", "Labels"];
const PLAIN = ["Cmd", "Entrypoint", "WorkingDir", "User", "StopSignal", "Healthcheck", "Shell", "OnBuild"];

/** All that `same-image` says of a configuration. What is null, absent or empty is alike; labels of refit's own are left out. */
export function configDifferences(before: ImageInfo, after: ImageInfo): Difference[] {
  const plain = before.platform.startsWith("windows") ? [...PLAIN, "ArgsEscaped"] : PLAIN;
  return [
    ...memberDifferences("platform", new Map([["", before.platform]]), new Map([["", after.platform]])),
    ...memberDifferences("Env", variables(before.config), variables(after.config)),
    ...MAPS.flatMap((key) => memberDifferences(key, members(before.config, key), members(after.config, key))),
    ...plain.flatMap((key) => memberDifferences(key, value(before.config, key), value(after.config, key))),
  ];
}

/** By name; the value as it is shown. */
export type Members = ReadonlyMap<string, string>;

export function memberDifferences(key: string, before: Members, after: Members): Difference[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => ({ at: key, kind: "config", what: change(name, before.get(name), after.get(name)) }));
}

function change(name: string, before: string | undefined, after: string | undefined): string {
  const what =
    before === undefined ? `${after} is new` : after === undefined ? `${before} is gone` : `${before} → ${after}`;
  return name === "" ? what : `${name}: ${what}`;
}

/** Values in quotes. Of a name that is given twice the first counts, as for getenv(3). */
export function variables({ Env }: Config): Members {
  const pairs = ((Env ?? []) as readonly string[]).map((pair): [string, string] => {
    const equals = pair.indexOf("=");
    return equals < 0 ? [pair, "nothing"] : [pair.slice(0, equals), JSON.stringify(pair.slice(equals + 1))];
  });
  return new Map(pairs.reverse());
}

function members(config: Config, key: string): Members {
  const pairs = Object.entries((config[key] ?? {}) as Record<string, unknown>);
  const own = pairs.filter(([name]) => !OWN_LABELS.includes(name));
  return new Map(own.map(([name, value]) => [name, typeof value === "string" ? JSON.stringify(value) : name]));
}

function value(config: Config, key: string): Members {
  const found = meant(key, config[key]);
  return new Map(found === undefined ? [] : [["", JSON.stringify(found)]]);
}

/** Undefined for what says nothing. An image without a working directory has the root folder. */
function meant(key: string, value: unknown): unknown {
  if (key === "WorkingDir" && value === "/") return undefined;
  if (isOrdinaryObject(value)) {
    const fields = Object.entries(value).filter(([, field]) => field !== 0 && meant("", field) !== undefined);
    return fields.length === 0 ? undefined : Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  const isNothing = [null, "", false].includes(value as null) || isDeepStrictEqual(value, []);
  return isNothing ? undefined : value;
}

function isOrdinaryObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
