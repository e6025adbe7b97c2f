/** The config file: where it is looked for, and what may be in it. */
import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { lilconfigSync } from "lilconfig";
import * as v from "valibot";
import { Lines, type Position } from "../text/index.ts";
import { ConfigError } from "./errors.ts";
import { placesIn } from "./json-places.ts";

const names = v.array(v.string("must be an array of transform names"), "must be an array of transform names");

const schema = v.strictObject(
  {
    level: v.optional(v.picklist(["safe", "standard"], 'must be "safe" or "standard"')),
    only: v.optional(names),
    skip: v.optional(names),
    also: v.optional(names),
    options: v.optional(v.record(v.string(), v.unknown(), "must be an object: transform name to its options")),
    context: v.optional(v.string("must be a path")),
    offline: v.optional(v.boolean("must be true or false")),
    weights: v.optional(v.string("must be a path")),
  },
  "must be an object",
);

/** What a config file says. `context` and `weights` are absolute. */
export type FileConfig = v.InferOutput<typeof schema>;

const searchPlaces = ["refit.config.json", ".refitrc.json", "package.json"];

/** Finds the nearest config file, from a folder upwards. One finder reads each file once. */
export function configFinder(): (folder: string) => FileConfig {
  const searcher = lilconfigSync("refit", { searchPlaces, stopDir: "/", loaders: { ".json": loadJson } });
  const checked = new Map<string, FileConfig>();
  return (folder) => {
    const found = search(searcher, folder);
    if (found === null) return {};
    const known = checked.get(found.filepath) ?? check(found.filepath, found.config);
    checked.set(found.filepath, known);
    return known;
  };
}

function search(searcher: ReturnType<typeof lilconfigSync>, folder: string) {
  try {
    return searcher.search(folder);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError((error as NodeJS.ErrnoException).path ?? folder, "the config file cannot be read");
  }
}

/** Reads the config file that the user named. */
export function readConfig(path: string): FileConfig {
  let content: string;
  try {
    content = readFileSync(path, "utf8");
  } catch {
    throw new ConfigError(path, "the config file cannot be read");
  }
  const config = loadJson(path, content);
  return check(path, basename(path) === "package.json" ? ((config as { refit?: unknown }).refit ?? {}) : config);
}

/** A package.json that is no JSON object is not ours to complain about: it counts as one without a `refit` key. */
function loadJson(path: string, content: string): unknown {
  const ours = basename(path) !== "package.json";
  const text = withoutMark(content);
  try {
    const parsed: unknown = JSON.parse(text);
    return ours || (typeof parsed === "object" && parsed !== null) ? parsed : {};
  } catch (error) {
    if (!ours) return {};
    throw new ConfigError(
      path,
      `is not JSON: ${(error as Error).message.split("\n")[0]}`,
      placeAt(text, placesIn(text).error),
    );
  }
}

function check(path: string, raw: unknown): FileConfig {
  // An array is an object to valibot.
  if (Array.isArray(raw)) throw new ConfigError(path, "must be an object");
  const result = v.safeParse(schema, raw, { abortEarly: true });
  if (!result.success) throw new ConfigError(path, explain(result.issues[0]), placeOf(path, result.issues[0]));
  const absolute = (named: string | undefined) => (named === undefined ? undefined : resolve(dirname(path), named));
  const { context, weights, ...rest } = result.output;
  return { ...rest, context: absolute(context), weights: absolute(weights) };
}

/** valibot says of an unknown key only that it expected never. */
function explain(issue: v.BaseIssue<unknown>): string {
  const key = v.getDotPath(issue);
  if (key === null) return issue.message;
  if (issue.expected !== "never") return `${key} ${issue.message}`;
  return `unknown key ${key}, known: ${Object.keys(schema.entries).join(", ")}`;
}

/** Of the key that `issue` is about, in the file at `path`. */
function placeOf(path: string, issue: v.BaseIssue<unknown>): Position | undefined {
  const text = withoutMark(readFileSync(path, "utf8"));
  const key = [basename(path) === "package.json" ? "refit" : [], v.getDotPath(issue) ?? []].flat().join(".");
  return placeAt(text, placesIn(text).places.get(key));
}

function placeAt(text: string, offset: number | undefined): Position | undefined {
  return offset === undefined ? undefined : new Lines(text).position(offset);
}

/** Some editors put a byte order mark in front. */
function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, "");
}
