/** RUNs that work on the project and on the system at once, each thought of as several: the builder stage runs it as it is written. */
import {
  type Command,
  type Cut,
  cutRuns,
  type Edit,
  type Facts,
  mountsOf,
  type Pipeline,
  partsBy,
  type Stage,
  type Step,
} from "../../src/transform/index.ts";
import { mixed } from "./checks.ts";
import { effectOf } from "./commands.ts";
import { isRemoval } from "./reductions.ts";

export interface Parted {
  readonly facts: Facts;
  readonly stage: Stage;
  /** The last of the steps that are one RUN in the file. */
  endOf(step: Step): Step;
  /** The same edits, of the file. Throws a `Decline` for one inside of such a RUN. */
  inFile(edits: readonly Edit[]): readonly Edit[];
}

export function inParts(stage: Stage, facts: Facts, project: string): Parted {
  const cuts = stage.steps.flatMap((step) => cutsIn(step, project));
  if (cuts.length === 0) return { facts, stage, endOf: (step) => step, inFile: (edits) => edits };
  const file = cutRuns(facts, cuts);
  const parted = file.facts.stages[stage.index]!;
  let end = -1;
  const ends = stage.steps.map((step) => {
    end += 1 + cuts.filter((cut) => cut.step === step).length;
    return end;
  });
  return {
    facts: file.facts,
    stage: parted,
    endOf: ({ index }) => parted.steps[ends.find((each) => index <= each)!]!,
    inFile: (edits) =>
      edits.map(({ span, text }) => {
        const [start, end] = [file.inFile(span.start), file.inFile(span.end)];
        if (start === undefined || end === undefined) throw mixed(cuts[0]!.step);
        return { span: { start, end }, text };
      }),
  };
}

/** Between what works on the project and what works on the system. */
function cutsIn(step: Step, project: string): readonly Cut[] {
  const { script, instruction } = step;
  const isPlain = mountsOf(instruction).every(({ type }) => ["cache", "secret", "ssh"].includes(type));
  if (!script || instruction.heredocs.length > 0 || !isPlain) return [];
  const sides = new Map<Command, Side | undefined>();
  let behind: Side | undefined;
  for (const command of script.commands.toReversed()) {
    const side = sideOfCommand(command, step, project) ?? (command.name === "cd" ? behind : undefined);
    sides.set(command, side);
    behind = side ?? behind;
  }
  if (new Set(sides.values()).size < 2) return [];
  // What cleans up, or does nothing, goes with what stands before it; what leads somewhere with what comes next.
  const sideOf = ({ commands }: Pipeline) => commands.map((command) => sides.get(command)).find((side) => side);
  const parts = partsBy(script, (part, next) => {
    const [side, other] = [part.map(sideOf).findLast((each) => each), sideOf(next)];
    return side === undefined || other === undefined || side === other;
  });
  return parts.slice(1).map(({ span: { start } }, at) => {
    const between = { start: parts[at]!.span.end, end: start };
    return { step, between: script.source.toSourceSpan(between) };
  });
}

type Side = "project" | "system";

function sideOfCommand(command: Command, step: Step, project: string): Side | undefined {
  const invocation = step.invocations.find((each) => each.command === command);
  if (invocation && isRemoval(invocation)) return "system";
  switch (effectOf(command, step, project).kind) {
    case "work":
    case "edit":
      return "project";
    case "system":
      return "system";
    default:
      return undefined;
  }
}
