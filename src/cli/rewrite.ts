/** `refit [paths…]`: show, check or write. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { type Config, configSource, UsageError } from "../config/index.ts";
import type { Level } from "../pipeline/index.ts";
import { planOf } from "../pipeline/index.ts";
import {
  addTo,
  diffReporter,
  type FileReport,
  jsonReporter,
  noTotals,
  type Reporter,
  textReporter,
} from "../report/index.ts";
import { encodeText } from "../text/index.ts";
import { Complaint } from "./complaint.ts";
import { AskedReferences, lazyResolver } from "./digests.ts";
import { findDockerfiles } from "./find.ts";
import { colours, type ExitCode, type Io } from "./io.ts";
import { failureOf, fileJob, type Job, reportOf, runJob, stdinJob } from "./job.ts";
import { progressOf } from "./progress.ts";
import { decode } from "./read.ts";
import { bugReport, type LoadTransforms } from "./run.ts";
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
  const reporter = reporterOf(args, io);
  const progress = progressOf(io, jobs.length, args.quiet);
  const resolveAll = lazyResolver(io.env);
  let totals = noTotals;
  let failed = false;

  function say(said: ReturnType<Reporter["begin"]>): void {
    progress.clear();
    if (said.out) io.stdout.write(encodeText(said.out));
    if (said.err) io.stderr.write(encodeText(said.err));
  }

  function tell(report: FileReport, job?: Job): void {
    const filter = args.write && job?.file === undefined && args.format !== "json";
    const said = reporter.file(report);
    say(filter ? { ...said, out: report.after } : said);
    totals = addTo(totals, report);
    failed ||= report.problems.some(({ code }) => code === "syntax" || code === "unreadable");
  }

  /** What a user can mend is told and spoils one file; a bug of ours is told with its stack and spoils no other file either. */
  function guarded<Value>(job: Job, action: () => Value): Value | undefined {
    try {
      return action();
    } catch (error) {
      if (error instanceof UsageError) tell(failureOf({ path: job.path, message: error.message }), job);
      else if (error instanceof Complaint) tell(failureOf(error), job);
      else say({ err: bugReport(error, job.path) });
      failed = true;
      return undefined;
    }
  }

  /** The references of one file that some transform would like to see resolved. */
  function referencesOf(job: Job): Iterable<string> {
    try {
      const asked = new AskedReferences();
      const config = configFor(job);
      if (!config.offline) runJob(job, job.read(), config, transforms, asked);
      return asked.names;
    } catch {
      return []; // Told when the file's turn comes.
    }
  }

  function configFor(job: Job): Config {
    return configOf(job.folder ?? io.cwd);
  }

  say(reporter.begin());
  for (const complaint of complaints) tell(failureOf(complaint));
  for (let start = 0; start < jobs.length; start += batchSize) {
    const batch = jobs.slice(start, start + batchSize);
    const digests = await resolveAll(batch.flatMap((job) => [...referencesOf(job)]));
    for (const [index, job] of batch.entries()) {
      progress.show(start + index, job.path);
      const report = guarded(job, () => {
        const config = configFor(job);
        const result = runJob(job, job.read(), config, transforms, config.offline ? undefined : digests);
        if (args.write && job.file !== undefined && result.before !== result.after) {
          replaceFile(job.file, job.path, encodeText(result.after));
        }
        return reportOf(job, result);
      });
      if (report) tell(report, job);
    }
  }
  say(reporter.end(totals));

  if (failed) return 2;
  return args.check && totals.changed > 0 ? 1 : 0;
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
