/** `refit tests [Dockerfile]`: write a property-test file beside a Dockerfile. */
import { existsSync, writeFileSync } from "node:fs";
import { basename, dirname, relative, resolve, sep } from "node:path";
import { UsageError } from "../config/index.ts";
import { openContext } from "../context/index.ts";
import { fromView, pairsView, parseDockerfile } from "../dockerfile/index.ts";
import { fileInGit, promiseOf } from "../engine/index.ts";
import { type ContextEdit, type Facts, factsOf, forecastReruns, installStepsOf, sourcesOf } from "../image/index.ts";
import { fileReportOf } from "../report/index.ts";
import { Complaint, complaintOf } from "./complaint.ts";
import type { ExitCode, Io } from "./io.ts";
import { fileJob } from "./job.ts";
import type { LoadTransforms } from "./run.ts";
import { type BuildArgument, testFile } from "./test-file.ts";
import { workloadOf } from "./workload.ts";

export interface TestsArguments {
  readonly path: string;
  readonly out?: string | undefined;
  readonly force: boolean;
  readonly oldFromGit?: string | undefined;
  readonly context?: string | undefined;
  readonly config?: string | undefined;
}

export async function writeTests(args: TestsArguments, io: Io, load: LoadTransforms): Promise<ExitCode> {
  try {
    const { out, text, warnings } = await composed(args, io, load);
    writeFileSync(resolve(io.cwd, out), text, { flag: args.force ? "w" : "wx" });
    io.stdout.write(`${out} is written; with refit as a dev dependency, run it with: node --test ${out}\n`);
    for (const warning of warnings) io.stderr.write(`refit: ${warning}\n`);
    return 0;
  } catch (error) {
    const { path, message } =
      error instanceof UsageError ? { path: "", message: error.message } : complaintOf(args.out ?? args.path, error);
    io.stderr.write(path === "" ? `refit: ${message}\n` : `refit: ${path}: ${message}\n`);
    return 2;
  }
}

async function composed(args: TestsArguments, io: Io, load: LoadTransforms) {
  const { path, oldFromGit } = args;
  const job = fileJob(path, io.cwd);
  const file = resolve(io.cwd, path);
  const out = args.out ?? `${path}.test.mjs`;
  if (!args.force && existsSync(resolve(io.cwd, out)))
    throw new UsageError(`${out} is there already; --force replaces it`);

  const text = oldFromGit === undefined ? job.read() : fileInGit(oldFromGit, file);
  // What refit would make of the file: it says which promise the two can keep.
  const work = await workloadOf({ ...args, paths: [], offline: true }, io, load);
  const result = work.rewrite({ ...job, read: () => text });
  const [problem] = fileReportOf(path, result).problems;
  if (problem)
    throw new Complaint(problem.at ? `${path}:${problem.at.line}:${problem.at.column}` : path, problem.message);

  const folder = work.contextOf(job) ?? dirname(file);
  const context = openContext(folder, file);
  const [old, now] = [text, oldFromGit === undefined ? result.after : job.read()].map((each) =>
    factsOf(parseDockerfile(each), { context }),
  ) as [Facts, Facts];
  const sources = sourcesOf(context, [old, now]);
  const hasInstalls = sources.length > 0 && installStepsOf(now).length > 0;
  const from = dirname(resolve(io.cwd, out));
  return {
    out,
    text: testFile({
      name: basename(out),
      dockerfile: relativeTo(from, file),
      context: folder === dirname(file) ? undefined : `${relativeTo(from, folder) || "."}/`,
      promise: promiseOf(result.steps),
      old: oldFromGit === undefined ? { text } : { revision: oldFromGit },
      buildArguments: buildArgumentsOf(old),
      hasInstalls,
    }),
    warnings: hasInstalls ? installedAgain(now, sources) : [],
  };
}

function relativeTo(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/");
}

/** Set by BuildKit for each build. */
const PLATFORM = /^(BUILD|TARGET)(PLATFORM|OS|OSVERSION|ARCH|VARIANT|STAGE)$/;

/** ARGs, each name once, with their defaults as far as they are plain. */
function buildArgumentsOf({ dockerfile }: Facts): BuildArgument[] {
  const froms = dockerfile.instructions.flatMap((instruction) => fromView(instruction)?.image.text ?? []);
  const declared = new Map<string, string | undefined>();
  for (const instruction of dockerfile.instructions) {
    if (instruction.keyword !== "ARG") continue;
    for (const { name, value } of pairsView(instruction)) {
      if (!declared.has(name.text) || value) declared.set(name.text, value?.text.replace(/^(["'])(.*)\1$/, "$2"));
    }
  }
  return [...declared]
    .filter(([name]) => /^\w+$/.test(name) && !PLATFORM.test(name))
    .map(([name, value]) => ({
      name,
      value: value?.includes("$") ? undefined : value,
      choosesImage: froms.some((image) => new RegExp(`\\$\\{?${name}\\b`).test(image)),
    }));
}

/** The installs that the cache model sees run again after an edit, so that nobody takes that for a bug of the test. */
function installedAgain(facts: Facts, sources: readonly string[]): string[] {
  const installs = new Set(installStepsOf(facts).map(({ instruction }) => instruction));
  const found = new Map<string, string>();
  for (const path of sources) {
    const edit: ContextEdit = { path, kind: "changed" };
    for (const { instruction, rerun } of forecastReruns(facts, edit)) {
      if (rerun === "runs" && installs.has(instruction)) found.set(instruction.args.text, path);
    }
  }
  return [...found].map(([text, path]) => `RUN ${text} runs again after an edit of ${path}: the test will say so`);
}
