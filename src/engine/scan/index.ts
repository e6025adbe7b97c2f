/** What a vulnerability scanner that the user has finds in both images. */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { EngineError } from "../error.ts";
import { type Ended, type RunOptions, runProgram } from "../process.ts";
import type { Scan, Session } from "../types.ts";
import { type Finding, SCANNERS, type Scanner } from "./scanners.ts";

/** Seconds for one image: the first scan fetches the scanner's database. */
const TIMEOUT = 900;

type Unavailable = { readonly unavailable: string };

/**
 * Scans both images, saved to files, since all scanners read those alike, whatever engine made them. `env` is what the scanner is
 * found and started in.
 */
export async function scanBoth(
  session: Session,
  before: string,
  after: string,
  { env }: Pick<RunOptions, "env">,
): Promise<Scan | Unavailable> {
  const options = { env, signal: session.signal };
  const scanner = await installed(options);
  if (!scanner) {
    const names = SCANNERS.map(({ name }) => name);
    return {
      unavailable: `no vulnerability scanner found: refit knows ${names.slice(0, -1).join(", ")} and ${names.at(-1)}`,
    };
  }
  const found: (readonly Finding[])[] = [];
  for (const image of [before, after]) {
    const findings = await scan(session, scanner, image, options);
    if ("unavailable" in findings) return findings;
    found.push(findings);
  }
  return compared(scanner.name, found[0]!, found[1]!);
}

async function installed(options: RunOptions): Promise<Scanner | undefined> {
  for (const scanner of SCANNERS) {
    const answer = await attempt(scanner.program, scanner.presence, { ...options, timeout: 60 });
    if (answer?.code === 0) return scanner;
  }
  return undefined;
}

/** Undefined where there is no such program. */
async function attempt(program: string, args: readonly string[], options: RunOptions): Promise<Ended | undefined> {
  try {
    return await runProgram(program, args, options);
  } catch (error) {
    if (error instanceof EngineError && !options.signal?.aborted) return undefined;
    throw error;
  }
}

async function scan(
  session: Session,
  scanner: Scanner,
  image: string,
  options: RunOptions,
): Promise<readonly Finding[] | Unavailable> {
  const [archive, report] = [join(session.scratch, "scanned.tar"), join(session.scratch, "report.json")];
  try {
    await session.engine.save([image], archive);
    const ended = await runProgram(scanner.program, scanner.scan(archive, report), { ...options, timeout: TIMEOUT });
    if (ended.timedOut) return { unavailable: `${scanner.name} took more than ${TIMEOUT} seconds` };
    // One that is set up to fail where it finds something gives its report all the same.
    const findings = scanner.read(parsed(await readFile(report, "utf8").catch(() => String(ended.stdout))));
    return findings ?? { unavailable: `${scanner.name} failed: ${lastLine(ended)}` };
  } finally {
    for (const file of [archive, report]) await rm(file, { force: true });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function lastLine({ stderr, stdout, code }: Ended): string {
  const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => line.trim() !== "");
  return lines.at(-1)?.trim() ?? `it says no reason (exit code ${code ?? "of a signal"})`;
}

function compared(scanner: string, before: readonly Finding[], after: readonly Finding[]): Scan {
  const [old, now] = [before, after].map((findings) => new Set(findings.map(({ id }) => id)));
  const missingIn = (some: ReadonlySet<string>, other: ReadonlySet<string>) =>
    [...some].filter((id) => !other.has(id)).sort();
  return {
    scanner,
    before: bySeverity(before),
    after: bySeverity(after),
    gone: missingIn(old!, now!),
    added: missingIn(now!, old!),
  };
}

/** A package that lies in several places has each finding once. */
function bySeverity(findings: readonly Finding[]): Record<string, number> {
  const counts: Record<string, number> = {};
  const distinct = new Map(findings.map((finding) => [`${finding.id} ${finding.package}`, finding]));
  for (const { severity } of distinct.values()) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
}
