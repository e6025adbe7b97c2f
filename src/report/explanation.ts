/** What `refit explain` tells of a Dockerfile: each step, what makes it run again, and what it weighs, before and after the rewrite. */
import type { Instruction } from "../dockerfile/types.ts";
import {
  type Causes,
  type Change,
  type Example,
  explainSteps,
  type Facts,
  forecastReruns,
  heavyCommandsIn,
  manifestExample,
  printedText,
  type Rerun,
  type Stage,
  type StepForecast,
  sourceExample,
  stagesFor,
  sumOf,
  type Weight,
  weightOf,
} from "../image/index.ts";

/** The edits that a file is shown by. */
export type EditKind = "source" | "manifest" | "line";

export const EDIT_KINDS: readonly EditKind[] = ["source", "manifest", "line"];

export interface Explanation {
  /** As the user would type it. */
  readonly path: string;
  readonly target: string | undefined;
  /** Compose and Bake build the file like this: the one that is told of, and others. */
  readonly builds: readonly Build[];
  /** The build context is known. */
  readonly hasContext: boolean;
  /** Undefined where there is no such file that a step notices. */
  readonly source: Example | undefined;
  readonly manifest: Example | undefined;
  /** Undefined where there is no RUN and none was named. */
  readonly line: EditedLine | undefined;
  /** Weights are seconds, of those steps that were measured. */
  readonly measured: boolean;
  readonly before: Explained;
  /** Undefined where refit changes nothing. */
  readonly after: Explained | undefined;
}

export interface Build {
  /** For people: `service web in compose.yaml`. */
  readonly name: string;
  readonly target: string | undefined;
}

export interface EditedLine {
  /** Counts from 1, in the file as it is. */
  readonly line: number;
  /** `RUN npm ci`, on one line; undefined for a comment or an empty line, which runs nothing again. */
  readonly text: string | undefined;
}

export interface Explained {
  readonly stages: readonly ExplainedStage[];
  /** Names, or numbers, of the stages that the target does not need. */
  readonly notBuilt: readonly string[];
  /** By the edit; undefined where there is none of that kind, or the edited line is gone. */
  readonly totals: Readonly<Record<EditKind, Total | undefined>>;
}

export interface ExplainedStage {
  /** `FROM node:20 AS build`. */
  readonly from: string;
  readonly line: number;
  readonly name: string | undefined;
  /** Build arguments that choose what it is built on. */
  readonly buildArgs: readonly string[];
  readonly steps: readonly ExplainedRow[];
}

export interface ExplainedRow {
  readonly line: number;
  /** On one line, whole. */
  readonly text: string;
  readonly causes: Omit<Causes, "above">;
  /** The line of the nearest step before it that runs again for a reason of its own. */
  readonly above: number | undefined;
  readonly weight: Weight;
  /** Commands that make it heavy. */
  readonly heavy: number;
  readonly rerun: Readonly<Record<EditKind, Rerun | undefined>>;
}

/** Steps that run again, and those that perhaps do; what is heavy and weights are the sums of both. */
export interface Total {
  readonly runs: number;
  readonly unsure: number;
  /** Commands. */
  readonly heavy: number;
  readonly weight: number;
  /** Each RUN among them was. */
  readonly measured: boolean;
}

export interface ExplainInput {
  readonly path: string;
  readonly before: Facts;
  /** Of the rewritten file; undefined where nothing changes. */
  readonly after: Facts | undefined;
  readonly target?: string | undefined;
  readonly builds?: readonly Build[] | undefined;
  /** Instead of those that are chosen. */
  readonly source?: string | undefined;
  readonly manifest?: string | undefined;
  /** Counts from 1; within the file. */
  readonly line?: number | undefined;
}

export function explanationOf({ path, before, after, target, builds = [], ...chosen }: ExplainInput): Explanation {
  const named = (given: string | undefined) => (given === undefined ? undefined : { path: given, isMadeUp: false });
  const source = named(chosen.source) ?? sourceExample(before, target);
  const manifest = named(chosen.manifest) ?? manifestExample(before, target);
  const edited = instructionAt(before, chosen.line);
  const line = lineOf(before, edited, chosen.line);
  const changes = (instruction: Instruction | undefined): Changes => ({
    source: source && { path: source.path, kind: "changed" },
    manifest: manifest && { path: manifest.path, kind: "changed" },
    line: line && (line.text === undefined ? NOTHING : instruction && { instruction }),
  });
  return {
    ...{ path, target, builds, source, manifest, line },
    hasContext: before.context !== undefined,
    measured: before.times !== undefined,
    before: explained(before, changes(edited), target),
    after: after && explained(after, changes(edited && sameIn(after, edited)), target),
  };
}

type Changes = Readonly<Record<EditKind, Change | undefined>>;

/** A comment that somebody edits. */
const NOTHING: Change = { argument: "" };

function explained(facts: Facts, changes: Changes, target: string | undefined): Explained {
  const { steps, baseArguments } = explainSteps(facts, target);
  const reruns = new Map(
    EDIT_KINDS.map((kind) => {
      const change = changes[kind];
      const forecast = change && forecastReruns(facts, change, target);
      return [kind, forecast && new Map(forecast.map((step) => [keyOf(step), step.rerun]))];
    }),
  );
  const built = stagesFor(facts, target);
  const rows = new Map<Stage, ExplainedRow[]>(built.map((stage) => [stage, []]));
  for (const each of steps) {
    const { stage, instruction, causes } = each;
    const weighed = each.step ?? { instruction };
    const { above, ...own } = causes;
    const rerun = (kind: EditKind) => reruns.get(kind)?.get(keyOf(each)) ?? (reruns.get(kind) ? "cached" : undefined);
    const row: ExplainedRow = {
      line: lineNumber(facts, instruction),
      text: textOf(instruction),
      causes: own,
      above: above && lineNumber(facts, above.instruction),
      weight: weightOf(weighed, facts.times),
      heavy: heavyCommandsIn(weighed, facts.times),
      rerun: { source: rerun("source"), manifest: rerun("manifest"), line: rerun("line") },
    };
    rows.get(stage)?.push(row);
  }
  const all = [...rows.values()].flat();
  const total = (kind: EditKind) => (reruns.get(kind) ? totalOf(all, kind) : undefined);
  return {
    stages: [...rows].map(([stage, steps]) => ({
      from: textOf(stage.from),
      line: lineNumber(facts, stage.from),
      name: stage.name,
      buildArgs: baseArguments(stage),
      steps,
    })),
    notBuilt: facts.stages.filter((stage) => !rows.has(stage)).map(({ name, index }) => name ?? `${index}`),
    totals: { source: total("source"), manifest: total("manifest"), line: total("line") },
  };
}

function totalOf(rows: readonly ExplainedRow[], kind: EditKind): Total {
  const again = rows.filter(({ rerun }) => rerun[kind] !== "cached");
  return {
    runs: again.filter(({ rerun }) => rerun[kind] === "runs").length,
    unsure: again.filter(({ rerun }) => rerun[kind] === "unsure").length,
    heavy: again.reduce((sum, { heavy }) => sum + heavy, 0),
    weight: sumOf(again.map(({ weight }) => weight)).amount,
    measured: again.every(({ weight, text }) => weight.measured || !text.startsWith("RUN ")),
  };
}

function keyOf({ stage, index }: Pick<StepForecast, "stage" | "index">): string {
  return `${stage.index} ${index}`;
}

/** The instruction that a line is a part of; without a line the first RUN. Undefined for a comment or an empty line. */
function instructionAt({ dockerfile }: Facts, line: number | undefined): Instruction | undefined {
  const { instructions, lines } = dockerfile;
  if (line === undefined) return instructions.find(({ keyword }) => keyword === "RUN");
  const at = (offset: number) => lines.position(offset).line;
  const found = instructions.find(
    ({ span }) => at(span.start) <= line && line <= at(Math.max(span.start, span.end - 1)),
  );
  return found?.comments.some(({ start }) => at(start) === line) ? undefined : found;
}

function lineOf(facts: Facts, edited: Instruction | undefined, line: number | undefined): EditedLine | undefined {
  if (!edited) return line === undefined ? undefined : { line, text: undefined };
  return { line: line ?? lineNumber(facts, edited), text: textOf(edited) };
}

/**
 * The instruction of the rewritten file that has the text of one of the original: alone, joined with others, or, where it was cut apart, the
 * first piece of it.
 */
function sameIn({ dockerfile }: Facts, edited: Instruction): Instruction | undefined {
  const same = dockerfile.instructions.filter(({ keyword }) => keyword === edited.keyword);
  const whole = textOf(edited);
  const [text, ...others] = [edited, ...same].map(contentOf) as [string, ...string[]];
  const at = (is: (other: string) => boolean) => same[others.findIndex(is)];
  return (
    same.find((each) => textOf(each) === whole) ??
    at((other) => other.includes(text)) ??
    at((other) => other !== "" && text.includes(other))
  );
}

function contentOf({ args, heredocs }: Instruction): string {
  const texts = heredocs.length > 0 ? heredocs.map(({ content }) => content) : [args.text];
  return texts.join(" ").replace(/\s+/g, " ").trim();
}

function lineNumber({ dockerfile }: Facts, { span }: Instruction): number {
  return dockerfile.lines.position(span.start).line;
}

/** On one line; of a heredoc, how it begins. */
function textOf(instruction: Instruction): string {
  return printedText(instruction).replace(/\s+/g, " ").trim();
}
