/** `refit [paths…]`: show, check or write. */
import { resolve } from "node:path";
import { UsageError } from "../config/index.ts";
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
import type { Transform } from "../transform/index.ts";
import type { BuildFlags } from "./building.ts";
import { Complaint } from "./complaint.ts";
import { colours, type ExitCode, type Io } from "./io.ts";
import { failureOf, type Job } from "./job.ts";
import { Narrator } from "./narrator.ts";
import { progressOf } from "./progress.ts";
import type { LoadTransforms } from "./run.ts";
import { type EngineSources, type Selection, type Workload, workloadOf } from "./workload.ts";
import { replaceFiles } from "./write.ts";

export interface RewriteArguments extends Selection, BuildFlags {
  readonly write: boolean;
  readonly check: boolean;
  readonly prove: boolean;
  readonly format: "text" | "diff" | "json";
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Files whose references are resolved together: enough to keep registries busy, few enough to see results soon. */
const batchSize = 64;

export async function rewrite(args: RewriteArguments, io: Io, load: LoadTransforms): Promise<ExitCode> {
  const work = await workloadOf(args, io, load);
  const { jobs, complaints } = work;
  const progress = progressOf(io, jobs.length, args.quiet);
  const narrator = new Narrator(reporterOf(args, io), { none: noTotals, add: addTo }, progress, io);
  const rewriter = await rewriterOf(args, io, work, await load());
  let unproved = false;

  narrator.begin();
  for (const complaint of complaints) narrator.tell(failureOf(complaint));
  try {
    for (let start = 0; start < jobs.length; start += batchSize) {
      const batch = jobs.slice(start, start + batchSize);
      await work.ask(batch, rewriter.engine);
      for (const [index, job] of batch.entries()) {
        progress.show(start + index, job.path);
        try {
          const report = await rewriter.rewrite(job);
          if (args.write) await write(report, job, io);
          unproved ||= isUnproved(report);
          const isFilter = args.write && job.file === undefined && args.format !== "json";
          narrator.tell(report, isFilter ? report.after : undefined);
        } catch (error) {
          // Whatever it is, it spoils this file alone.
          if (error instanceof UsageError || error instanceof Complaint)
            narrator.tell(failureOf({ path: job.path, message: error.message }));
          else narrator.confess(error, job.path);
        }
      }
    }
  } finally {
    await rewriter.close();
  }
  narrator.end();
  if (narrator.failed) return 2;
  return unproved || (args.check && narrator.totals.changed > 0) ? 1 : 0;
}

interface Rewriter {
  /** Where there is one. */
  readonly engine?: EngineSources | undefined;
  rewrite(job: Job): Promise<FileReport> | FileReport;
  close(): Promise<void> | void;
}

async function rewriterOf(
  args: RewriteArguments,
  io: Io,
  work: Workload,
  transforms: readonly Transform[],
): Promise<Rewriter> {
  if (args.prove) return new (await import("./with-engine.ts")).Prover(args, io, work);
  const needProof = new Set(transforms.flatMap(({ name, needsProof }) => (needsProof ? [name] : [])));
  return {
    rewrite(job) {
      const result = work.rewrite(job);
      const unproved = result.steps.find(({ transform }) => needProof.has(transform));
      if (args.write && unproved)
        throw new UsageError(
          `${unproved.transform} goes with --write --prove: only a build shows that nothing is missing`,
        );
      return work.reportOf(job, result);
    },
    close() {},
  };
}

/** Writes the file and those that are edited with it, or none. */
async function write({ before, after, files }: FileReport, { file, path }: Job, { cwd }: Io): Promise<void> {
  if (file === undefined && files[0])
    throw new Complaint(path, `${files[0].path} is edited together with it: name the file instead of -`);
  if (file === undefined || before === after) return;
  const others = files.map((other) => ({
    file: resolve(cwd, other.path),
    path: other.path,
    bytes: encodeText(other.after),
  }));
  await replaceFiles([...others, { file, path, bytes: encodeText(after) }]);
}

function isUnproved({ proof, leftOut = [] }: FileReport): boolean {
  return leftOut.length > 0 || (proof !== undefined && proof.verdict !== "kept");
}

function reporterOf({ format, quiet, verbose, write }: RewriteArguments, io: Io): Reporter {
  if (format === "json") return jsonReporter();
  const style = { colour: { out: colours(io, io.stdout), err: colours(io, io.stderr) }, written: write };
  if (format === "diff") return diffReporter(style);
  return textReporter({ ...style, verbosity: quiet ? "quiet" : verbose ? "verbose" : "normal" });
}
