/** `refit prove [paths…]`: build the files as they are and as they would be, and compare the images. */
import { UsageError } from "../config/index.ts";
import { addProof, jsonProofReporter, noProofs, type ProofReporter, textProofReporter } from "../report/index.ts";
import type { PromiseName } from "../transform/index.ts";
import type { BuildFlags } from "./building.ts";
import { Complaint } from "./complaint.ts";
import { colours, type ExitCode, type Io } from "./io.ts";
import { fileJob, noTextOf } from "./job.ts";
import { Narrator } from "./narrator.ts";
import { type Against, Prover } from "./prover.ts";
import type { LoadTransforms } from "./run.ts";
import { WeightsToSave } from "./weights-to-save.ts";
import { type Selection, workloadOf } from "./workload.ts";

export interface ProveArguments extends Selection, BuildFlags {
  readonly against?: string | undefined;
  readonly promise?: PromiseName | undefined;
  /** A file for step times, as given. */
  readonly saveWeights?: string | undefined;
  readonly format: "text" | "json";
  readonly quiet: boolean;
  readonly verbose: boolean;
}

export async function proveFiles(args: ProveArguments, io: Io, load: LoadTransforms): Promise<ExitCode> {
  const work = await workloadOf(args, io, load);
  const against = againstOf(args, io, work.jobs.length + work.complaints.length);
  const weights = args.saveWeights === undefined ? undefined : new WeightsToSave(args.saveWeights, args.quiet, io);
  const prover = new Prover(args, io, work);
  const narrator = new Narrator(reporterOf(args, io), { none: noProofs, add: addProof }, prover.progress, io);

  narrator.begin();
  for (const complaint of work.complaints) narrator.tell(noTextOf(complaint));
  try {
    for (const job of work.jobs) {
      try {
        if (against) narrator.tell(await prover.compare(job, against));
        else {
          await work.ask([job], prover.engine);
          const builds = work.buildsOf(job);
          for (const build of builds.length > 0 ? builds : [undefined]) narrator.tell(await prover.prove(job, build));
        }
      } catch (error) {
        // Whatever it is, it spoils this file alone.
        if (error instanceof Complaint) narrator.tell(noTextOf(error));
        else if (error instanceof UsageError) narrator.tell(noTextOf({ path: job.path, message: error.message }));
        else narrator.confess(error, job.path);
      }
    }
  } finally {
    await prover.close();
  }
  narrator.end();
  weights?.write(prover.stepTimes);
  if (narrator.failed) return 2;
  return narrator.totals.broken + narrator.totals.undecided > 0 ? 1 : 0;
}

function againstOf({ against, promise }: ProveArguments, io: Io, files: number): Against | undefined {
  if (against === undefined) {
    if (promise === undefined) return undefined;
    throw new UsageError("--promise goes with --against: what refit rewrites has the promise of its transforms");
  }
  if (files !== 1) throw new UsageError(`--against compares with one Dockerfile, and ${files} are given`);
  return { job: fileJob(against, io.cwd), promise: promise ?? "same-image" };
}

function reporterOf({ format, quiet, verbose }: ProveArguments, io: Io): ProofReporter {
  if (format === "json") return jsonProofReporter();
  const colour = { out: colours(io, io.stdout), err: colours(io, io.stderr) };
  return textProofReporter({ colour, verbosity: quiet ? "quiet" : verbose ? "verbose" : "normal" });
}
