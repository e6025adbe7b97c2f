/** What can make a step run again, beside an edit of its own line and of those above it. */
import { copyView, flagNamed, type Instruction, mountsOf, pairsView } from "../dockerfile/index.ts";
import { changed, type StageDifference, type StepForecast, stageOf, stepsOf } from "./cache.ts";
import type { Facts, Stage } from "./types.ts";

export interface Causes {
  /** What it takes from the build context, as written: `src`, `*.json`. */
  readonly files: readonly string[];
  /** URLs and repositories that it fetches, as written. */
  readonly remote: readonly string[];
  /** Build arguments in its key, used or not, that are in none before: not in what the stage is built on, nor in a step above. */
  readonly buildArgs: readonly string[];
  /** Stages that it copies or mounts from, as written. */
  readonly stages: readonly string[];
  /** The nearest step before it that has causes of its own: what runs that again runs this again. */
  readonly above: StepForecast | undefined;
}

export interface ExplainedStep extends StepForecast {
  readonly causes: Causes;
}

/** The steps of a build of `target`, each with what can make it run again; and the build arguments that choose what a stage is built on. */
export function explainSteps(facts: Facts, target?: string) {
  const declared = declaredIn(facts.dockerfile.instructions);
  const differences = declared.map((argument) => changed(facts, { argument }).differences);
  const named = (has: (difference: readonly StageDifference[]) => boolean | undefined) =>
    declared.filter((_, at) => has(differences[at] ?? []));
  const last = new Map<number, StepForecast | undefined>();
  const baseArguments = (stage: Stage) => named((difference) => difference[stage.index]?.base);
  const told = new Map<number, Set<string>>();
  const toldIn = ({ index, base }: Stage): Set<string> => {
    const before = base.kind === "stage" ? toldIn(facts.stages[base.index]!) : [];
    const names = told.get(index) ?? new Set([...before, ...baseArguments(facts.stages[index]!)]);
    told.set(index, names);
    return names;
  };
  const steps = stepsOf(facts, target).map((forecast): ExplainedStep => {
    const { stage, instruction, index } = forecast;
    const { base } = stage;
    const above = last.has(stage.index)
      ? last.get(stage.index)
      : base.kind === "stage"
        ? last.get(base.index)
        : undefined;
    const names = toldIn(stage);
    const buildArgs = named((difference) => difference[stage.index]?.steps[index]).filter((name) => !names.has(name));
    for (const name of buildArgs) names.add(name);
    const own = { ...takenFrom(facts, stage, instruction), buildArgs };
    last.set(stage.index, Object.values(own).some(({ length }) => length > 0) ? forecast : above);
    return { ...forecast, causes: { ...own, above } };
  });
  return { steps, baseArguments };
}

function declaredIn(instructions: readonly Instruction[]): readonly string[] {
  const declarations = instructions.filter(({ keyword }) => keyword === "ARG");
  return [...new Set(declarations.flatMap((each) => pairsView(each).map(({ name }) => name.text)))];
}

function takenFrom(facts: Facts, stage: Stage, instruction: Instruction) {
  const isStage = (name: string) => stageOf(facts, name, stage.index) !== undefined;
  const mounts = mountsOf(instruction).filter(({ type, from }) => type === "bind" || (type === "cache" && from));
  const from = flagNamed(instruction, "from")?.value;
  const words = copyView(instruction)?.sources.flatMap(({ text, heredoc }) => (heredoc ? [] : text)) ?? [];
  const isRemote = (word: string) => instruction.keyword === "ADD" && /^([a-z][a-z0-9+.-]*:\/\/|git@)/i.test(word);
  const named = [from, ...mounts.map((mount) => mount.from?.value)].flatMap((name) => name ?? []);
  return {
    files: [
      ...(from === undefined ? words.filter((word) => !isRemote(word)) : []),
      ...mounts.flatMap(({ from, source }) => (from === undefined ? (source?.value ?? ".") : [])),
    ],
    remote: words.filter(isRemote),
    stages: [...new Set(named.filter(isStage))],
  };
}
