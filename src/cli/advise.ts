/** `refit advise [paths…]`: what is known of the base images that Dockerfiles name. */
import { UsageError } from "../config/index.ts";
import { parseDockerfile } from "../dockerfile/index.ts";
import { factsOf } from "../image/index.ts";
import {
  adviceJson,
  adviceOf,
  adviceText,
  type BaseUse,
  baseUsesOf,
  fileReportOf,
  isError,
  textReporter,
} from "../report/index.ts";
import type { FileReport } from "../report/types.ts";
import { Complaint } from "./complaint.ts";
import { colours, type ExitCode, type Io } from "./io.ts";
import { failureOf, type Job } from "./job.ts";
import type { LoadTransforms } from "./run.ts";
import { type Selection, type Workload, workloadOf } from "./workload.ts";

export interface AdviseArguments extends Pick<Selection, "paths" | "stdinFilename"> {
  readonly format: "text" | "json";
}

/** Where no terminal says how wide it is. */
const usualWidth = 80;

export async function advise(args: AdviseArguments, io: Io, load: LoadTransforms): Promise<ExitCode> {
  const work = await workloadOf({ ...args, offline: true }, io, load);
  const failed: FileReport[] = work.complaints.map((complaint) => failureOf(complaint));
  const uses: BaseUse[] = [];
  let dockerfiles = 0;
  for (const job of work.jobs) {
    const read = readBases(job, work);
    if ("problems" in read) failed.push(read);
    else {
      dockerfiles++;
      uses.push(...read.uses);
    }
  }
  const today = new Date().toISOString().slice(0, 10);
  const advice = adviceOf(uses, dockerfiles, today);
  if (args.format === "json") io.stdout.write(adviceJson(advice, failed));
  else {
    const colour = { out: colours(io, io.stdout), err: colours(io, io.stderr) };
    const reporter = textReporter({ verbosity: "normal", colour, written: false });
    for (const report of failed) io.stderr.write(reporter.file(report).err ?? "");
    const width = (io.stdout.isTTY && io.stdout.columns) || usualWidth;
    if (dockerfiles > 0) io.stdout.write(adviceText(advice, { colour: colour.out, width }));
  }
  return failed.some(({ problems }) => problems.some(isError)) ? 2 : 0;
}

/** The bases of one file, or why it has none to be told. */
function readBases(job: Job, work: Workload): FileReport | { readonly uses: readonly BaseUse[] } {
  try {
    const source = job.read();
    const dockerfile = parseDockerfile(source);
    const { problems } = dockerfile;
    if (problems.length > 0) {
      const untouched = { before: source, after: source, files: [], outcomes: [], steps: [], passes: 0, settled: true };
      return fileReportOf(job.path, { ...untouched, problems });
    }
    const named = work.buildsOf(job).flatMap(({ name, contexts }) => contexts.map((each) => [each, name] as const));
    return { uses: baseUsesOf(job.path, factsOf(dockerfile, { namedContexts: new Map(named) })) };
  } catch (error) {
    if (error instanceof Complaint || error instanceof UsageError) {
      return failureOf({ path: job.path, message: error.message });
    }
    throw error;
  }
}
