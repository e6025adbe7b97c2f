/** `refit explain [path]`: what makes each step of a Dockerfile run again, as it is and as refit would rewrite it. */

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { UsageError } from "../config/index.ts";
import type { BuildUse } from "../context/index.ts";
import { parseDockerfile } from "../dockerfile/index.ts";
import { type Facts, type FactsInput, factsOf, hasTarget, isManifest } from "../image/index.ts";
import {
  type ExplainInput,
  explanationJson,
  explanationOf,
  explanationText,
  fileReportOf,
  textReporter,
} from "../report/index.ts";
import { Complaint } from "./complaint.ts";
import { colours, type ExitCode, type Io, type Terminal } from "./io.ts";
import type { LoadTransforms } from "./run.ts";
import { stdinPath } from "./stdin.ts";
import { type Selection, workloadOf } from "./workload.ts";

export interface ExplainArguments extends Omit<Selection, "paths"> {
  readonly path: string;
  readonly target?: string | undefined;
  readonly buildArg?: readonly string[] | undefined;
  readonly edit?: readonly string[] | undefined;
  readonly line?: number | undefined;
  readonly format: "text" | "json";
}

/** Where no terminal says how wide it is. */
const usualWidth = 110;

export async function explain(args: ExplainArguments, io: Io, load: LoadTransforms): Promise<ExitCode> {
  const work = await workloadOf({ ...args, paths: [ownDockerfile(args.path, io.cwd)], offline: true }, io, load);
  const [complaint] = work.complaints;
  const [job, ...more] = work.jobs;
  if (complaint ?? !job) throw new UsageError(complaint ? `${complaint.path}: ${complaint.message}` : "no Dockerfile");
  if (more.length > 0) {
    throw new UsageError(`${args.path} has ${more.length + 1} Dockerfiles, and one can be explained: ${job.path}, …`);
  }
  try {
    const result = work.rewrite(job);
    const report = fileReportOf(job.path, result);
    if (report.problems.length > 0) {
      const colour = { out: false, err: colours(io, io.stderr) };
      io.stderr.write(textReporter({ verbosity: "normal", colour, written: false }).file(report).err ?? "");
      return 2;
    }
    const builds = buildsFor(args.target, work.buildsOf(job));
    const target = args.target ?? builds[0]?.target;
    const buildArgs = new Map([...givenBy(builds[0]), ...buildArgsOf(args.buildArg)]);
    const known: FactsInput = { ...work.knownOf(job), buildArgs };
    const before = factsOf(parseDockerfile(result.before), known);
    const after = result.after === result.before ? undefined : factsOf(parseDockerfile(result.after), known);
    const chosen = chosenBy({ ...args, target }, job.path, before);
    const explanation = explanationOf({ path: job.path, before, after, builds, ...chosen });
    const style = { colour: colours(io, io.stdout), width: widthOf(io.stdout) };
    io.stdout.write(args.format === "json" ? explanationJson(explanation) : explanationText(explanation, style));
    return 0;
  } catch (error) {
    if (error instanceof Complaint) throw new UsageError(`${error.path}: ${error.message}`);
    throw error;
  }
}

/** Of a folder, the Dockerfile right in it, whatever lies further down. */
function ownDockerfile(path: string, cwd: string): string {
  const names = ["Dockerfile", "Containerfile"].map((name) => join(path, name));
  return (path === stdinPath ? undefined : names.find((name) => existsSync(resolve(cwd, name)))) ?? path;
}

/** The builds that Compose and Bake describe, that of the target first. */
function buildsFor(target: string | undefined, builds: readonly BuildUse[]): readonly BuildUse[] {
  const own = target === undefined ? builds[0] : builds.find((build) => build.target === target);
  return own ? [own, ...builds.filter((build) => build !== own)] : [];
}

/** What it gives to build arguments, as far as that is known. */
function givenBy(build: BuildUse | undefined): readonly (readonly [string, string])[] {
  return [...(build?.args ?? [])].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

function chosenBy(
  { target, edit = [], line }: ExplainArguments,
  path: string,
  facts: Facts,
): Omit<ExplainInput, "path" | "before" | "after"> {
  if (target !== undefined && !hasTarget(facts, target)) throw new UsageError(`${path} has no stage ${target}`);
  const { lines, source } = facts.dockerfile;
  const last = lines.position(source.replace(/\n$/, "").length).line;
  if (line !== undefined && line > last)
    throw new UsageError(`--line ${line} is behind the end of ${path}, which has ${last}`);
  const paths = edit.map((each) => each.replace(/^\.\//, ""));
  for (const each of paths) checkEdit(each, facts);
  return {
    target,
    line,
    source: paths.find((each) => !isManifest(each)),
    manifest: paths.find((each) => isManifest(each)),
  };
}

/** Where the context is known, the file must be in it, or the table would speak of nothing. */
function checkEdit(path: string, { context }: Facts): void {
  if (!context || context.has(path)) return;
  const isKeptOut = context.ignores(path);
  const reason = isKeptOut ? "is kept out of the build by .dockerignore" : "is no file of the build context";
  throw new UsageError(`--edit ${path} ${context.isFolder(path) ? "is a folder: name a file in it" : reason}`);
}

/** `NAME=VALUE`; a name alone has its value from the environment of a build, which nobody knows here. */
function buildArgsOf(given: readonly string[] = []): ReadonlyMap<string, string> {
  return new Map(
    given.flatMap((each) => {
      const equals = each.indexOf("=");
      return equals < 0 ? [] : [[each.slice(0, equals), each.slice(equals + 1)] as const];
    }),
  );
}

function widthOf(terminal: Terminal): number {
  return (terminal.isTTY && terminal.columns) || usualWidth;
}
