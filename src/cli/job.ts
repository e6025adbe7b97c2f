import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Config } from "../config/index.ts";
import { type BuildContext, type BuildUse, openContext, type UseFinder } from "../context/index.ts";
import type { StepTimes } from "../image/index.ts";
import { type LeaveOut, type Result, refit } from "../pipeline/index.ts";
import type { FileReport } from "../report/index.ts";
import type { Transform } from "../transform/index.ts";
import type { Answers } from "./answers.ts";
import type { Complaint } from "./complaint.ts";
import { readSource } from "./read.ts";

/** One Dockerfile to look at. */
export interface Job {
  /** As the user would type it. */
  readonly path: string;
  /** Absolute; undefined for standard input. */
  readonly file: string | undefined;
  /** Throws a `Complaint` where there is no text to be had. */
  read(): string;
  /** The folder whose config file counts, and the build context unless another is named; undefined where nobody knows. */
  readonly folder: string | undefined;
}

export function fileJob(path: string, cwd: string): Job {
  const file = resolve(cwd, path);
  return { path, file, folder: dirname(file), read: () => readSource(file, path) };
}

export function stdinJob(text: () => string, name: string | undefined, cwd: string): Job {
  const folder = name === undefined ? undefined : dirname(resolve(cwd, name));
  return { path: name ?? "Dockerfile", file: undefined, folder, read: text };
}

/** Reads the file and runs the pipeline over it. Throws a `Complaint` or a `UsageError` for what the user can mend. */
export function rewriteOf(job: Job, input: RewriteInput): Result {
  const { config, contexts, transforms, answers, times, leaveOut } = input;
  const uses = usesOf(job, config, input.uses);
  const folder = contextFolderOf(job, config, input.uses);
  const opened = (at: string | undefined) => (at === undefined ? undefined : contexts(at, job.file));
  const context = opened(folder);
  return refit(job.read(), {
    ...config,
    transforms,
    context,
    uses: uses.map((use) => ({ ...use, context: use.context === folder ? context : opened(use.context) })),
    ...answers,
    times: config.weights === undefined ? undefined : times(config.weights),
    leaveOut,
  });
}

/** Builds that Compose and Bake files describe; a context that the user names is the only one. */
export function usesOf({ file }: Job, { context }: Config, finder: UseFinder): readonly BuildUse[] {
  return file === undefined || context !== undefined ? [] : finder.usesOf(file);
}

/** The folder of the build context: as the user says, as the first build has it, or the Dockerfile's own; undefined where nobody knows. */
export function contextFolderOf(job: Job, config: Config, finder: UseFinder): string | undefined {
  return config.context ?? usesOf(job, config, finder)[0]?.context ?? job.folder;
}

export interface RewriteInput {
  readonly config: Config;
  readonly uses: UseFinder;
  readonly contexts: ContextOpener;
  readonly transforms: readonly Transform[];
  readonly answers: Answers;
  /** Reads a file of step times. */
  readonly times: (file: string) => StepTimes;
  readonly leaveOut?: readonly LeaveOut[] | undefined;
}

/** The build context in a folder for one Dockerfile. */
export type ContextOpener = (folder: string, file: string | undefined) => BuildContext;

/** Keeps the context opened last: files come folder by folder, and a large folder takes long to read. */
export function contextOpener(): ContextOpener {
  let last: { readonly folder: string; readonly context: BuildContext } | undefined;
  return (folder, file) => {
    // Its own .dockerignore makes a context of its own.
    if (file !== undefined && existsSync(`${file}.dockerignore`)) return openContext(folder, file);
    if (last?.folder !== folder) last = { folder, context: openContext(folder) };
    return last.context;
  };
}

/** A file that could not be read, not be built, or not be written: nothing about it has changed. */
export function failureOf(complaint: Pick<Complaint, "path" | "message">, code?: "engine"): FileReport {
  return { ...noTextOf(complaint, code), before: "", after: "", files: [], outcomes: [], settled: true };
}

/** The problem of a file of which there is nothing else to say. */
export function noTextOf(
  { path, message }: Pick<Complaint, "path" | "message">,
  code: "unreadable" | "engine" = "unreadable",
) {
  return { path, problems: [{ code, message, at: undefined }] };
}
