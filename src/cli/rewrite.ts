/** `refit [paths…]`: show, check or write. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { configSource, UsageError } from "../config/index.ts";
import { type Level, planOf } from "../pipeline/index.ts";
import { diffReporter, fileReportOf, jsonReporter, type Reporter, textReporter } from "../report/index.ts";
import { encodeText } from "../text/index.ts";
import { Complaint } from "./complaint.ts";
import { AskedReferences, lazyResolver } from "./digests.ts";
import { findDockerfiles } from "./find.ts";
import { colours, type ExitCode, type Io } from "./io.ts";
import { contextOpener, type Digests, failureOf, fileJob, type Job, rewriteOf, stdinJob } from "./job.ts";
import { Narrator } from "./narrator.ts";
import { progressOf } from "./progress.ts";
import { decode } from "./read.ts";
import type { LoadTransforms } from "./run.ts";
import { readAll, stdinPath } from "./stdin.ts";
import { replaceFile } from "./write.ts";

export interface RewriteArguments {
  readonly paths: readonly string[];
  readonly write: boolean;
  readonly check: boolean;
  readonly format: "text" | "diff" | "json";
  readonly level?: Level | undefined;
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly context?: string | undefined;
  readonly offline?: boolean | undefined;
  readonly config?: string | undefined;
  readonly stdinFilename?: string | undefined;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Files whose references are resolved together: enough to keep registries busy, few enough to see results soon. */
const batchSize = 64;

export async function rewrite(args: RewriteArguments, io: Io, load: LoadTransforms): Promise<ExitCode> {
  const transforms = await load();
  planOf(transforms, args);
  const configOf = configSource({ ...args, ...absolutePaths(args, io.cwd) });
  const { jobs, complaints } = await jobsOf(args, io);
  const narrator = new Narrator(reporterOf(args, io), progressOf(io, jobs.length, args.quiet), io);
  const resolveAll = lazyResolver(io.env);
  const contexts = contextOpener();
  const runJob = (job: Job, digests: Digests) =>
    rewriteOf(job, { config: configOf(job.folder ?? io.cwd), contexts, transforms, digests });

  narrator.begin();
  for (const complaint of complaints) narrator.tell(failureOf(complaint));
  for (let start = 0; start < jobs.length; start += batchSize) {
    const batch = jobs.slice(start, start + batchSize);
    const digests = await resolveAll(batch.flatMap((job) => referencesOf(job, runJob)));
    for (const [index, job] of batch.entries()) {
      narrator.progress(start + index, job.path);
      try {
        const result = runJob(job, digests);
        if (args.write && job.file !== undefined && result.before !== result.after) {
          await replaceFile(job.file, job.path, encodeText(result.after));
        }
        const isFilter = args.write && job.file === undefined && args.format !== "json";
        narrator.tell(fileReportOf(job.path, result), isFilter ? result.after : undefined);
      } catch (error) {
        // Whatever it is, it spoils this file alone.
        if (error instanceof UsageError || error instanceof Complaint)
          narrator.tell(failureOf({ path: job.path, message: error.message }));
        else narrator.confess(error, job.path);
      }
    }
  }
  narrator.end();
  if (narrator.failed) return 2;
  return args.check && narrator.totals.changed > 0 ? 1 : 0;
}

/** The references of one file that some transform would like to see resolved. */
function referencesOf(job: Job, runJob: (job: Job, digests: Digests) => unknown): readonly string[] {
  const asked = new AskedReferences();
  try {
    runJob(job, asked);
  } catch {
    // Told when the file's turn comes.
  }
  return [...asked.names];
}

function absolutePaths({ context, config }: RewriteArguments, cwd: string) {
  const absolute = (path: string | undefined) => (path === undefined ? undefined : resolve(cwd, path));
  const folder = absolute(context);
  if (folder !== undefined && !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`--context ${context} is not a folder`);
  }
  return { context: folder, config: absolute(config) };
}

async function jobsOf({ paths, stdinFilename }: RewriteArguments, io: Io) {
  const found = findDockerfiles(
    paths.filter((path) => path !== stdinPath),
    io.cwd,
  );
  const jobs = found.paths.map((path) => fileJob(path, io.cwd));
  if (paths.includes(stdinPath)) {
    const bytes = await readAll(io.stdin);
    const name = stdinFilename ?? "standard input";
    jobs.unshift(stdinJob(() => decode(bytes, name), stdinFilename, io.cwd));
  }
  return { jobs, complaints: found.complaints };
}

function reporterOf({ format, quiet, verbose, write }: RewriteArguments, io: Io): Reporter {
  if (format === "json") return jsonReporter();
  const style = { colour: { out: colours(io, io.stdout), err: colours(io, io.stderr) }, written: write };
  if (format === "diff") return diffReporter(style);
  return textReporter({ ...style, verbosity: quiet ? "quiet" : verbose ? "verbose" : "normal" });
}
