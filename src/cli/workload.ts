/** The Dockerfiles that a command is about, and the rewrite of each: what `refit` and `refit prove` have in common. */
import { statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { configSource, type Flags, readWeights, UsageError } from "../config/index.ts";
import { type BuildUse, openUses, type UseFinder } from "../context/index.ts";
import type { FactsInput, StepTimes } from "../image/index.ts";
import { type LeaveOut, planOf, type Result } from "../pipeline/index.ts";
import { type FileReport, fileReportOf } from "../report/index.ts";
import { type Answers, Asked, eitherOf, findAnswers, registrySources, type Sources } from "./answers.ts";
import type { Complaint } from "./complaint.ts";
import { findDockerfiles } from "./find.ts";
import type { Io } from "./io.ts";
import { contextFolderOf, contextOpener, fileJob, type Job, rewriteOf, stdinJob, usesOf } from "./job.ts";
import { decode } from "./read.ts";
import type { LoadTransforms } from "./run.ts";
import { readAll, stdinPath } from "./stdin.ts";

/** Flags that say which files are meant and how they are rewritten. */
export interface Selection extends Pick<Flags, "level" | "only" | "skip" | "also" | "slim" | "offline"> {
  readonly paths: readonly string[];
  /** As given: relative to the working folder. */
  readonly context?: string | undefined;
  readonly config?: string | undefined;
  /** A file of step times, as given. */
  readonly weights?: string | undefined;
  readonly stdinFilename?: string | undefined;
}

export interface Workload {
  readonly jobs: readonly Job[];
  /** Of paths that are no files. */
  readonly complaints: readonly Complaint[];
  /** Asks what transforms would like to know for these files, so that `rewrite` knows it: a registry, and an engine where there is one. */
  ask(jobs: readonly Job[], engine?: EngineSources): Promise<void>;
  /** Throws a `Complaint` or a `UsageError` for what the user can mend. */
  rewrite(job: Job, leaveOut?: readonly LeaveOut[]): Result;
  /** What there is to say of what `rewrite` made. */
  reportOf(job: Job, result: Result): FileReport;
  /** Builds of the file that Compose and Bake files describe. */
  buildsOf(job: Job): readonly BuildUse[];
  /** The folder of the build context; undefined where nobody knows. Throws as `rewrite` does. */
  contextOf(job: Job): string | undefined;
  /** What is known beside the text: the build context that the rewrite sees, and measured step times. Throws as `rewrite` does. */
  knownOf(job: Job): Pick<FactsInput, "context" | "times">;
}

export type EngineSources = Pick<Sources, "images" | "packages">;

/** Throws a `UsageError` for flags that no file can mend. */
export async function workloadOf(args: Selection, io: Io, load: LoadTransforms): Promise<Workload> {
  const transforms = await load();
  planOf(transforms, args);
  const configOf = configSource({ ...args, ...absolutePaths(args, io.cwd) });
  const times = timesReader(args, io.cwd);
  const registries = registrySources(io.env);
  const offline: Answers = { digests: undefined, images: new Asked(), packages: new Asked() };
  const online: Answers = { ...offline, digests: new Asked(), images: new Asked() };
  const contexts = contextOpener();
  const configFor = (job: Job) => configOf(job.folder ?? io.cwd);
  const found = await jobsOf(args, io);
  const uses = await usesFor(found.jobs, io);
  const contextOf = (job: Job) => contextFolderOf(job, configFor(job), uses);
  const rewrite = (job: Job, leaveOut?: readonly LeaveOut[]) => {
    const config = configFor(job);
    const answers = config.offline ? offline : online;
    return rewriteOf(job, { config, uses, contexts, transforms, answers, times, leaveOut });
  };
  const tryOut = (jobs: readonly Job[], isOffline: boolean) => () => {
    for (const job of jobs)
      try {
        if (configFor(job).offline === isOffline) rewrite(job);
      } catch {
        // Told when the file's turn comes.
      }
  };
  return {
    ...found,
    async ask(jobs, engine) {
      const images = eitherOf(engine?.images, registries.images);
      await findAnswers(online, { ...registries, ...engine, images }, tryOut(jobs, false));
      await findAnswers(offline, { ...engine }, tryOut(jobs, true));
    },
    rewrite,
    reportOf(job, result) {
      const folder = contextOf(job) ?? io.cwd;
      return fileReportOf(job.path, result, (file) => relative(io.cwd, join(folder, file)).replaceAll(sep, "/"));
    },
    buildsOf: (job) => usesOf(job, configFor(job), uses),
    contextOf,
    knownOf(job) {
      const folder = contextOf(job);
      const { weights } = configFor(job);
      return {
        context: folder === undefined ? undefined : contexts(folder, job.file),
        times: weights === undefined ? undefined : times(weights),
      };
    },
  };
}

/** Reads Compose and Bake files; one that can't be read is told at once, and spoils no Dockerfile. */
async function usesFor(jobs: readonly Job[], io: Io): Promise<UseFinder> {
  const files = jobs.flatMap(({ file }) => file ?? []);
  const uses = await openUses(files, io.cwd);
  for (const file of files) uses.usesOf(file);
  for (const { file, line, column, message } of uses.problems()) {
    io.stderr.write(
      `refit: ${relative(io.cwd, file)}:${line}:${column}: ${message}; the builds that it describes are not known\n`,
    );
  }
  return uses;
}

/** Reads each file of step times once; the one that a flag names at once, so that a mistake is told before all else. */
function timesReader({ weights }: Selection, cwd: string): (file: string) => StepTimes {
  const known = new Map<string, StepTimes>();
  if (weights !== undefined) known.set(resolve(cwd, weights), readWeights(resolve(cwd, weights), weights));
  return (file) => {
    const times = known.get(file) ?? readWeights(file);
    known.set(file, times);
    return times;
  };
}

function absolutePaths({ context, config, weights }: Selection, cwd: string) {
  const absolute = (path: string | undefined) => (path === undefined ? undefined : resolve(cwd, path));
  const folder = absolute(context);
  if (folder !== undefined && !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`--context ${context} is not a folder`);
  }
  return { context: folder, config: absolute(config), weights: absolute(weights) };
}

async function jobsOf({ paths, stdinFilename }: Selection, io: Io) {
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
