/**
 * Step times from a file, in one of two forms: what `buildx --progress rawjson` writes, a stream of BuildKit's SolveStatus values (client/graph.go;
 * up to buildx 0.13 indented, later one a line), and what `refit prove --save-weights` writes. docs/explain.md has the second.
 */
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { type StepTime, StepTimes, stepOf } from "../image/index.ts";
import { ConfigError } from "./errors.ts";

/** Of the form that `weightsFile` writes. Raised when a field changes its meaning or goes. */
const VERSION = 1;

/** valibot says of a missing key what it says of a value that is no object. */
const absent = ({ received }: { readonly received: string }) =>
  received === "undefined" ? "is missing" : "must be an object";

const ours = v.object(
  {
    version: v.literal(VERSION, `must be ${VERSION}`),
    steps: v.array(
      v.object(
        {
          instruction: v.string("must be a text"),
          seconds: v.pipe(v.number("must be a number"), v.minValue(0, "must not be negative")),
        },
        absent,
      ),
      "must be an array",
    ),
  },
  absent,
);

const vertex = v.object({
  digest: v.string(),
  name: v.string(),
  started: v.optional(v.nullable(v.string())),
  completed: v.optional(v.nullable(v.string())),
  cached: v.optional(v.boolean()),
  error: v.optional(v.string()),
});

const status = v.object({ vertexes: v.optional(v.nullable(v.array(vertex))) });

const NEITHER = "is neither a build's log (--progress rawjson) nor step times of refit";

/** What a line of a build's log has at its top, and nothing else. */
const STATUS_KEYS: ReadonlySet<string> = new Set(["vertexes", "statuses", "logs", "warnings"]);

/** Reads either form; `path` names the file for people. Throws a `ConfigError` for a file that is neither, or that has no step that ran. */
export function readWeights(file: string, path = file): StepTimes {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new ConfigError(path, "the file of step times cannot be read");
  }
  return new StepTimes(stepTimesIn(text, path));
}

/** The step times in a text of either form. */
function stepTimesIn(text: string, path: string): readonly StepTime[] {
  const values = valuesIn(text, path);
  const [first] = values;
  if (!first) throw new ConfigError(path, "is empty, where step times were expected");
  const times = isStatus(first.value) ? timesOfLog(values, path) : timesOfOurs(first, text, values[1], path);
  if (times.length === 0) throw new ConfigError(path, "has no step that ran: a build without cache has them all");
  return times;
}

/** The form that is ours, of steps in the order in which they are listed. */
export function weightsFile(steps: readonly (StepTime & { readonly stage: string })[]): string {
  const listed = steps.map(({ stage, instruction, seconds }) => ({ stage, instruction, seconds }));
  return `${JSON.stringify({ version: VERSION, steps: listed }, undefined, 2)}\n`;
}

interface Placed {
  readonly value: unknown;
  /** Counts from 1. */
  readonly line: number;
}

/** What buildx says beside the log, on the same stream: of what it warns, and at its end why a build failed. */
function isAside(text: string, at: number, isFirst: boolean): boolean {
  return text.startsWith("WARNING: ", at) || (!isFirst && !/["{[]/.test(text[at]!));
}

/** JSON values one behind the other, on one line or on many. */
function valuesIn(text: string, path: string): readonly Placed[] {
  const values: Placed[] = [];
  for (let at = 0, line = 1; ; ) {
    const blank = /\s*/y;
    blank.lastIndex = at;
    const skipped = blank.exec(text)?.[0] ?? "";
    at += skipped.length;
    line += linesIn(skipped);
    if (at === text.length) return values;
    const end = endOfValue(text, at);
    const piece = text.slice(at, end);
    if (isAside(text, at, values.length === 0)) {
      at = end;
      continue;
    }
    try {
      values.push({ value: JSON.parse(piece), line });
    } catch (error) {
      throw new ConfigError(`${path}:${line + linesIn(piece.slice(0, placeIn(error, piece)))}`, NEITHER);
    }
    at = end;
    line += linesIn(piece);
  }
}

/** Where a text stops being JSON, as far as the error tells; else its start. */
function placeIn(error: unknown, text: string): number {
  if (/Unexpected end/.test(String(error))) return text.trimEnd().length;
  return Number(/at position (\d+)/.exec(String(error))?.[1] ?? 0);
}

/** Behind the brace that closes the object at `start`; without one, the end of the line. */
function endOfValue(text: string, start: number): number {
  const token = /"(?:[^"\\]|\\.)*"|[{}]/gs;
  token.lastIndex = start;
  let depth = 0;
  if (text[start] === "{") {
    for (let match = token.exec(text); match; match = token.exec(text)) {
      depth += match[0] === "{" ? 1 : match[0] === "}" ? -1 : 0;
      if (depth === 0) return token.lastIndex;
    }
  }
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}

function linesIn(text: string): number {
  return text.split("\n").length - 1;
}

function isStatus(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).every((key) => STATUS_KEYS.has(key));
}

/** A vertex is told of again and again; it may run in several stretches of time. */
function timesOfLog(values: readonly Placed[], path: string): readonly StepTime[] {
  const steps = new Map<
    string,
    { readonly instruction: string; readonly stretches: Map<string, number>; isCached: boolean }
  >();
  for (const { value, line } of values) {
    const read = v.safeParse(status, value);
    if (!read.success || !isStatus(value)) throw new ConfigError(`${path}:${line}`, "is no status of a build");
    for (const { digest, name, started, completed, cached, error } of read.output.vertexes ?? []) {
      const instruction = stepOf(name)?.instruction;
      if (instruction === undefined || error) continue;
      const step = steps.get(digest) ?? { instruction, stretches: new Map(), isCached: false };
      steps.set(digest, step);
      step.isCached ||= cached === true;
      if (started && completed) step.stretches.set(started, (Date.parse(completed) - Date.parse(started)) / 1000);
    }
  }
  return [...steps.values()]
    .filter(({ stretches, isCached }) => stretches.size > 0 && !isCached)
    .map(({ instruction, stretches }) => ({ instruction, seconds: [...stretches.values()].reduce((a, b) => a + b) }));
}

function timesOfOurs(
  { value, line }: Placed,
  text: string,
  next: Placed | undefined,
  path: string,
): readonly StepTime[] {
  if (next) throw new ConfigError(`${path}:${next.line}`, `${NEITHER}: another value begins here`);
  const read = v.safeParse(ours, value, { abortEarly: true });
  if (read.success) return read.output.steps;
  const [issue] = read.issues;
  const step = issue.path?.[1]?.key;
  const at = typeof step === "number" ? lineOfStep(text, step) : line;
  throw new ConfigError(`${path}:${at}`, `${NEITHER}: ${v.getDotPath(issue) ?? "it"} ${issue.message}`);
}

/** The line on which a step begins that is listed in a text of our own form. */
function lineOfStep(text: string, index: number): number {
  const list = /"steps"\s*:\s*\[\s*/g;
  list.exec(text);
  let at = list.lastIndex;
  for (let before = 0; before < index; before++) {
    const comma = /\s*,\s*/y;
    comma.lastIndex = text[at] === "{" ? endOfValue(text, at) : text.indexOf(",", at);
    comma.exec(text);
    at = comma.lastIndex;
  }
  return linesIn(text.slice(0, at)) + 1;
}
