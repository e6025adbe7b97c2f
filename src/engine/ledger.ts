/**
 * What a run tells about itself before it makes anything, so that a later one can clear away after it: a file of one JSON value a line, only
 * ever appended to. A run that is killed leaves at worst half a line at the end, which is passed over.
 */
import { appendFileSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { markOf, type ProcessMark } from "./alive.ts";
import type { Vertex } from "./steps.ts";
import type { BuildSettings, EngineName } from "./types.ts";

/** The variables that say which engine the clients talk to. */
export const ENGINE_VARIABLES = [
  "DOCKER_HOST",
  "DOCKER_CONTEXT",
  "DOCKER_CONFIG",
  "BUILDX_BUILDER",
  "BUILDX_CONFIG",
  "CONTAINER_HOST",
  "CONTAINERS_CONF",
  "CONTAINERS_STORAGE_CONF",
  "STORAGE_DRIVER",
];

/** The first line. */
export interface Opening {
  readonly run: string;
  readonly process: ProcessMark;
  readonly engine: EngineName;
  /** Those of `ENGINE_VARIABLES` that were set. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder; it may not be there yet. */
  readonly scratch: string;
}

export interface VertexRecord {
  readonly name: string;
  /** Milliseconds since 1970, this machine's clock. Undefined of one that was not seen to end. */
  ended?: number;
}

export interface BuildRecord {
  /** Undefined for the one that the client chooses. */
  readonly builder?: string | undefined;
  readonly begun: number;
  readonly deadline: number;
  ended?: number;
  /** Those that it may have, as long as it has not ended: then `vertices` has them all. */
  readonly planned: readonly string[];
  /** Those that were executed or are being so: what came from the cache was there before. */
  readonly vertices: VertexRecord[];
}

/** A builder before the run's first build with it. */
export interface Stock {
  readonly builder?: string | undefined;
  /** Identifiers of its cache entries. */
  readonly known: readonly string[];
  /** Milliseconds by which its clock is ahead of this machine's. */
  readonly clockAhead: number;
}

/** A ledger as it is read. */
export interface Ledger extends Opening {
  readonly file: string;
  readonly stocks: readonly Stock[];
  readonly builds: readonly BuildRecord[];
}

type Line =
  | { readonly opening: Opening }
  | { readonly stock: Stock }
  | {
      readonly build: number;
      readonly builder?: string | undefined;
      readonly begun: number;
      readonly deadline: number;
      readonly planned?: readonly string[];
    }
  | { readonly build: number; readonly vertex: string; readonly state: Vertex["state"]; readonly at: number }
  | { readonly build: number; readonly ended: number };

/** Told of what happens in a build. */
export interface BuildWatch {
  vertex(vertex: Vertex): void;
  end(): void;
}

/** The ledger of a run that goes on. */
export class LedgerWriter {
  readonly file: string;
  #builds = 0;

  constructor(folder: string, opening: Omit<Opening, "process">) {
    this.file = join(folder, `${opening.run}.jsonl`);
    this.#append({ opening: { ...opening, process: markOf(process.pid) } });
  }

  takesStock(stock: Stock): void {
    this.#append({ stock });
  }

  /** A build begins that may have the vertices `planned`. */
  build({ builder, timeout }: BuildSettings, planned: readonly string[]): BuildWatch {
    const build = this.#builds++;
    const begun = Date.now();
    this.#append({ build, builder, begun, deadline: begun + timeout * 1000, planned });
    return {
      vertex: ({ name, state }) => this.#append({ build, vertex: name, state, at: Date.now() }),
      end: () => this.#append({ build, ended: Date.now() }),
    };
  }

  #append(line: Line): void {
    appendFileSync(this.file, `${JSON.stringify(line)}\n`);
  }
}

/** All ledgers in the folder, of runs that live and of dead ones. */
export function readLedgers(folder: string): Ledger[] {
  return readdirSync(folder).flatMap((name) => (name.endsWith(".jsonl") ? (readLedger(join(folder, name)) ?? []) : []));
}

export function removeLedger({ file }: Pick<Ledger, "file">): void {
  rmSync(file, { force: true });
}

/** Undefined for one that says nothing: its run was killed before it made anything, or has just ended. */
export function readLedger(file: string): Ledger | undefined {
  let opening: Opening | undefined;
  const stocks: Stock[] = [];
  const builds: BuildRecord[] = [];
  for (const line of linesOf(file)) {
    if ("opening" in line) opening = line.opening;
    else if ("stock" in line) stocks.push(line.stock);
    else if ("begun" in line) builds[line.build] = { ...line, planned: line.planned ?? [], vertices: [] };
    else note(builds[line.build], line);
  }
  return opening?.run === basename(file, ".jsonl") ? { ...opening, file, stocks, builds } : undefined;
}

function note(build: BuildRecord | undefined, line: Extract<Line, { vertex: string } | { ended: number }>): void {
  if (build === undefined) return;
  if ("ended" in line) {
    build.ended = line.ended;
    return;
  }
  const { vertices } = build;
  const index = vertices.findLastIndex(({ name, ended }) => name === line.vertex && ended === undefined);
  if (line.state === "running") vertices.push({ name: line.vertex });
  else if (index === -1) return;
  else if (line.state === "cached") vertices.splice(index, 1);
  else vertices[index]!.ended = line.at;
}

function linesOf(file: string): Line[] {
  try {
    const lines = readFileSync(file, "utf8").split("\n");
    // What comes after the last line break is half a line.
    return lines.slice(0, -1).map((line) => JSON.parse(line));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" || error instanceof SyntaxError) return [];
    throw error;
  }
}
