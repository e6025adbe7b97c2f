/**
 * Entries of BuildKit's build cache, and which of them a run of refit made.
 *
 * BuildKit lets nobody label an entry. One is taken for a run's own when all of this holds: it was not there when the run began; a step that
 * the run's own build log shows as executed describes it; and it was created after that build began and before that step ended.
 * A build of somebody else's at the same moment that has a step of the same words can lose the entry of that step too. That costs it a
 * step that runs again, never a result: an entry in use can't be removed, and a missing one is made anew.
 */

import { stepOf } from "../image/index.ts";
import type { Client } from "./client.ts";
import type { BuildRecord, Ledger, VertexRecord } from "./ledger.ts";

export interface CacheEntry {
  readonly id: string;
  readonly description: string;
  /** Milliseconds since 1970 by the builder's clock. */
  readonly created: number;
  /** Bytes that come back with it, rounded as BuildKit prints them. */
  readonly bytes: number;
  /** A build or another entry holds it. */
  readonly inUse: boolean;
}

/** Clocks are read, logs are flushed and steps are ended at slightly different moments. */
const SLACK_MS = 1000;

/**
 * BuildKit removes ten entries at a time, and for each ten compares the filter, compiled anew, with every entry that it has
 * (cache/manager.go, pruneOnce). So a filter that names many costs the square of their number.
 */
const BATCH = 50;

/** So many of an identifier's 25 random letters and digits are enough to tell it from all others. */
const TELLING = 10;

export async function listEntries(client: Client, builder: string | undefined): Promise<CacheEntry[]> {
  return parseEntries(String(await client.ask(["buildx", "du", "--verbose", ...builderFlag(builder)])));
}

/** Removes those of `entries` that nothing uses any more: an entry goes after those that were made of it. */
export async function pruneEntries(
  client: Client,
  entries: readonly CacheEntry[],
  builder: string | undefined,
): Promise<void> {
  const newestFirst = entries.toSorted((a, b) => b.created - a.created).map(({ id }) => id.slice(0, TELLING));
  for (let start = 0; start < newestFirst.length; start += BATCH) {
    // buildx takes the filter on `id` as a regular expression. Without `--all` it keeps entries whose layers an image has.
    const filter = `id=^(${newestFirst.slice(start, start + BATCH).join("|")})`;
    await client.ask(["buildx", "prune", "--force", "--all", `--filter=${filter}`, ...builderFlag(builder)]);
  }
}

export function builderFlag(builder: string | undefined): string[] {
  return builder === undefined ? [] : [`--builder=${builder}`];
}

/** Reads what `docker buildx du --verbose` prints. Source: docker/buildx, commands/diskusage.go. */
export function parseEntries(text: string): CacheEntry[] {
  return text.split(/^(?=ID:\t)/m).flatMap((block) => {
    const id = /^ID:\s+([a-z0-9]+)$/m.exec(block)?.[1];
    const created = /^Created at:\s+(\S+) (\S+) \+0000 UTC$/m.exec(block);
    if (id === undefined || created === null) return [];
    const description = /^Description:\s(.*?)\n(?:Usage count|Last used|Type):/ms.exec(block)?.[1]?.trim() ?? "";
    // Layers of a base image stay with that image.
    const size = BASE.test(description) ? undefined : /^Size:\s+(\S+)$/m.exec(block)?.[1];
    const inUse = /^Reclaimable:\s+false$/m.test(block);
    return [
      { id, description, created: Date.parse(`${created[1]}T${created[2]}Z`), bytes: bytesOf(size ?? ""), inUse },
    ];
  });
}

const BASE = /^(from local|pulled from)\b/;

/** Whether a build that goes on holds the entry of a step: base images and contexts are held by whoever builds at the moment. */
export function isHeldStep({ inUse, description }: CacheEntry): boolean {
  return inUse && !BASE.test(description) && !description.startsWith("local source for ");
}

const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

/** `345.9MB`; 0 for what is no size. Source: docker/go-units. */
export function bytesOf(size: string): number {
  const [, number, unit] = /^([\d.]+)([kMGTP]?B)/.exec(size) ?? [];
  return number === undefined ? 0 : Math.round(Number(number) * 1000 ** UNITS.indexOf(unit!));
}

/** Those of a builder's entries that the run which kept `ledger` made with it. */
export function madeBy(ledger: Ledger, entries: readonly CacheEntry[], builder: string | undefined): CacheEntry[] {
  const stock = ledger.stocks.find((candidate) => candidate.builder === builder);
  if (stock === undefined) return [];
  const known = new Set(stock.known);
  const builds = ledger.builds.filter((build) => build.builder === builder);
  return entries.filter(({ id, description, created }) => {
    if (known.has(id)) return false;
    // Cache mounts are in a namespace of the run (see `cacheNamespace`).
    if (description.includes(` with id "${ledger.run}-`)) return true;
    const at = created - stock.clockAhead;
    return builds.some(
      (build) =>
        at >= build.begun - SLACK_MS &&
        verticesOf(build).some(({ name, ended }) => at <= ended + SLACK_MS && describes(name, description)),
    );
  });
}

/** Of a run that was killed, a build may have gone on until its time was over, with steps that its log did not show yet. */
function verticesOf({ vertices, planned, ended, deadline }: BuildRecord): Required<VertexRecord>[] {
  const last = ended ?? deadline;
  const more = ended === undefined ? planned.map((name) => ({ name })) : [];
  return [...vertices, ...more].map((vertex) => ({ ended: last, ...vertex }));
}

/** Whether the entry with this description comes of the vertex with this name. */
export function describes(vertex: string, description: string): boolean {
  const [, execution] = /^mount \S+ from exec (.*)$/s.exec(description) ?? [];
  if (execution !== undefined) return isExecutionOf(vertex, execution);
  const [, context] = /^local source for (.*)$/.exec(description) ?? [];
  if (context === "dockerfile") return vertex.startsWith("[internal] load build definition");
  if (context === "context") return /^\[internal\] load (\.dockerignore|build context)/.test(vertex);
  if (context !== undefined) return vertex.startsWith(`[context ${context}] load`);
  if (BASE.test(description)) return /\bFROM |^\[context /.test(vertex);
  const [, source] = /^(?:http url|git snapshot for|shared git repo for) (\S+)/.exec(description) ?? [];
  if (source !== undefined) return vertex.includes(source.split("#")[0]!);
  if (collapsed(vertex) === collapsed(description)) return true;
  const [planned, made] = [stepOf(vertex)?.instruction, stepOf(description)?.instruction];
  return planned !== undefined && made !== undefined && vertex.startsWith("[0/0] ") && matches(planned, made);
}

/**
 * The log shows the script with its variables expanded, the entry as it was written, with the shell before it (none in the exec form); of a
 * here-document the log shows the first line. So what stands between variables must be there, in order.
 */
function isExecutionOf(vertex: string, execution: string): boolean {
  const [, logged] = /^RUN (?:--\S+ )*(.*)$/s.exec(stepOf(vertex)?.instruction ?? "") ?? [];
  if (logged === undefined) return false;
  const script = execution.replace(/^\S+(?: (?:-\S+|pipefail))*? -\w*c /, "");
  const [, summary] = /^.*<<\S+ \((.*?)(?:\.\.\.)?\)$/s.exec(logged) ?? [];
  if (summary !== undefined) return matches(script.trim().split("\n")[0]!, summary);
  return matches(script, logged) || matches(execution, logged);
}

const VARIABLE = /\$(?:\{(?:[^{}]|\{[^{}]*\})*\}|\w+|[@*#?$!-])/;

function matches(script: string, logged: string): boolean {
  const parts = script.split(VARIABLE).map(bare);
  const text = bare(logged);
  if (parts.length === 1) return parts[0] === text;
  const [first, last] = [parts[0]!, parts.at(-1)!];
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, from);
    if (found === -1) return false;
    from = found + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}

/** Without what quoting, JSON and line breaks add or take away. */
function bare(text: string): string {
  return text.replace(/[\s"'\\,[\]]+/g, "");
}

function collapsed(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
