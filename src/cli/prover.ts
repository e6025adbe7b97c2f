/** Proofs for the command line: one session with an engine, opened when the first file needs it. */
import { readFileSync, statSync } from "node:fs";
import type { BuildUse } from "../context/index.ts";
import {
  askImages,
  askPackages,
  type BuildSettings,
  type BuildStep,
  changesNothing,
  EngineError,
  nothingToProve,
  openSession,
  type ProofRequest,
  promiseOf,
  prove,
  provenRewrite,
  type Session,
  stepTimesOf,
} from "../engine/index.ts";
import type { LeaveOut, Result } from "../pipeline/index.ts";
import type { FileReport, ProofReport } from "../report/index.ts";
import type { PromiseName } from "../transform/index.ts";
import { type BuildFlags, settingsOf } from "./building.ts";
import { Complaint } from "./complaint.ts";
import { closeOnSignal, type Interruptible } from "./interrupt.ts";
import type { Io } from "./io.ts";
import { failureOf, type Job, noTextOf } from "./job.ts";
import { type StepProgress, stepProgress } from "./progress.ts";
import type { EngineSources, Workload } from "./workload.ts";

interface ProverFlags extends BuildFlags {
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** What is proved is measured as well. */
  readonly saveWeights?: string | undefined;
}

/** A Dockerfile to compare with, and what it must promise. */
export interface Against {
  readonly job: Job;
  readonly promise: PromiseName;
}

export class Prover {
  readonly progress: StepProgress;
  /** Of what was proved, where it is measured. */
  readonly stepTimes: BuildStep[] = [];
  readonly #flags: ProverFlags;
  readonly #io: Io;
  readonly #work: Workload;
  #opened: Promise<Session> | undefined;
  #signals: Interruptible | undefined;

  constructor(flags: ProverFlags, io: Io, work: Workload) {
    this.#flags = flags;
    this.#io = io;
    this.#work = work;
    this.progress = stepProgress(io, flags);
  }

  /** What the engine knows of base images. Where none can be had, nothing: a proof says so again, where one is needed. */
  readonly engine: EngineSources = {
    images: (names) => this.#answers(askImages, names),
    packages: (texts) => this.#answers(askPackages, texts),
  };

  /** What refit makes of a file, proved for one of its builds; nothing is written. */
  async prove(job: Job, build?: BuildUse): Promise<ProofReport> {
    const { path } = job;
    return this.#orProblem(noTextOf, job, async () => {
      const result = this.#work.rewrite(job);
      const { problems } = this.#work.reportOf(job, result);
      if (problems.length > 0) return { path, problems };
      return this.#proved({ ...this.#about(job, build), ...pairOf(result) });
    });
  }

  /** A file compared with another one, whoever wrote it. */
  async compare(job: Job, { job: other, promise }: Against): Promise<ProofReport> {
    return this.#orProblem(noTextOf, job, async () => {
      const about = { ...this.#about(job), newIgnoreFile: ignoreFileOf(other) };
      return this.#proved({ ...about, before: job.read(), after: other.read(), promise });
    });
  }

  /** The rewrite of a file without all that can't be proved. */
  async rewrite(job: Job): Promise<FileReport> {
    return this.#orProblem(failureOf, job, async () => {
      const source = job.read();
      const rewrite = (leaveOut: readonly LeaveOut[]) => this.#work.rewrite({ ...job, read: () => source }, leaveOut);
      const first = rewrite([]);
      if (first.before === first.after) return this.#work.reportOf(job, first);
      const session = await this.#session();
      const [plain, ...others] = this.#work.buildsOf(job);
      const { result, proof: firstProof, leftOut } = await provenRewrite(session, this.#about(job, plain), rewrite);
      const report = this.#work.reportOf(job, result);
      let proof = firstProof;
      for (const build of others)
        if (proof.verdict === "kept") proof = await prove(session, { ...this.#about(job, build), ...pairOf(result) });
      if (proof.verdict === "kept") return { ...report, proof: firstProof, leftOut };
      const outcomes = report.outcomes.filter(({ kind }) => kind !== "applied");
      return { ...report, after: report.before, files: [], outcomes, proof, leftOut };
    });
  }

  async close(): Promise<void> {
    this.progress.clear();
    const session = await this.#opened?.catch(() => undefined);
    await session?.close();
    this.#signals?.release();
  }

  async #answers<Answer>(
    ask: (
      session: Session,
      settings: BuildSettings,
      questions: readonly string[],
    ) => Promise<ReadonlyMap<string, Answer>>,
    questions: readonly string[],
  ): Promise<ReadonlyMap<string, Answer>> {
    try {
      this.progress.show("asking for what base images have");
      return await ask(await this.#session(), settingsOf(this.#flags), questions);
    } catch (error) {
      if (error instanceof EngineError) return new Map();
      throw error;
    } finally {
      this.progress.clear();
    }
  }

  async #proved(request: ProofRequest): Promise<ProofReport> {
    const proof = changesNothing(request) ? nothingToProve(request) : await prove(await this.#session(), request);
    const isBuilt = proof.targets.every(({ failure }) => failure === undefined);
    if (this.#flags.saveWeights !== undefined && isBuilt)
      this.stepTimes.push(...(await stepTimesOf(await this.#session(), request)));
    return { path: request.path, problems: [], proof };
  }

  /** What the user can mend about the engine spoils this file alone. */
  async #orProblem<Report>(
    problem: (complaint: Complaint, code: "engine") => Report,
    { path }: Job,
    report: () => Promise<Report>,
  ): Promise<Report> {
    try {
      return await report();
    } catch (error) {
      this.progress.clear();
      await this.#signals?.goOn();
      if (error instanceof EngineError) return problem(new Complaint(path, error.message), "engine");
      throw error;
    } finally {
      this.progress.clear();
    }
  }

  #session(): Promise<Session> {
    const { engine } = this.#flags;
    this.#opened ??= openSession({ engine, env: this.#io.env, cwd: this.#io.cwd }).then((session) => {
      this.#signals = closeOnSignal(session);
      return session;
    });
    return this.#opened;
  }

  /** `build` is one that Compose or Bake describes, of several or with something of its own. */
  #about(job: Job, build?: BuildUse) {
    const context = build?.context ?? this.#work.contextOf(job);
    if (context === undefined) {
      throw new Complaint(job.path, "a proof builds the file: say over which folder with --context");
    }
    const { target, probe = ["/"], scan, rebuild } = this.#flags;
    const ignoreFile = ignoreFileOf(job);
    return {
      path: build && this.#work.buildsOf(job).length > 1 ? `${job.path} (${build.name})` : job.path,
      context,
      ignoreFile,
      newIgnoreFile: ignoreFile,
      settings: withArguments(settingsOf(this.#flags), build),
      target,
      probes: probe,
      scan: scan ? { env: this.#io.env } : undefined,
      rebuild,
      onProgress: (what: string) => this.progress.show(what),
    };
  }
}

function pairOf(result: Result) {
  const { before, after, files, steps } = result;
  return { before, after, files, promise: promiseOf(steps), rewrite: result };
}

/** The arguments that a build gives, where their values are known; those on the command line go over them. */
function withArguments(settings: BuildSettings, build: BuildUse | undefined): BuildSettings {
  const given = [...(build?.args ?? [])].flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  return { ...settings, buildArgs: [...given, ...settings.buildArgs] };
}

/** A Dockerfile's own `.dockerignore`. */
function ignoreFileOf({ file }: Job): string | undefined {
  const path = `${file}.dockerignore`;
  return file !== undefined && statSync(path, { throwIfNoEntry: false })?.isFile()
    ? readFileSync(path, "utf8")
    : undefined;
}
