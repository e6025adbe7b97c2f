/**
 * The build cache as BuildKit keeps it (solver/edge.go, solver/llbsolver/ops/file.go and exec.go, cache/contenthash/checksum.go): which
 * steps run again when a path of the build context, a build argument or a line of the Dockerfile changes. A step's key is what it does, the
 * key of the step before it, and a digest of the content that it takes from elsewhere: what a COPY copies, what a RUN mounts. Content is
 * names, modes and bytes, never times.
 */
import { expandWord, flagNamed, type Instruction, mountsOf, parseDockerfile } from "../dockerfile/index.ts";
import { applyEdits } from "../text/index.ts";
import { copyEffect } from "./cache-copy.ts";
import { definitionsOf, type StageDefinition } from "./cache-definitions.ts";
import { editOf } from "./cache-line.ts";
import { ANYWHERE, type Origin, type Place, type Rerun, seenThrough, worst } from "./cache-places.ts";
import { writesSameRecipe } from "./cooking.ts";
import { unknownText } from "./digest.ts";
import { argumentPolicy, factsOf, stageNamed } from "./facts.ts";
import type { Facts, Stage, Step, StepState } from "./types.ts";

export type { Rerun } from "./cache-places.ts";

/** A path of the build context (no leading slash) and what happens to it. A `mode` is that of a file or folder. */
export interface ContextEdit {
  readonly path: string;
  readonly kind: "changed" | "added" | "removed" | "mode";
}

/** Another value for a build argument, which it did not have before. */
export interface ArgumentEdit {
  readonly argument: string;
}

/** Another text for an instruction of the Dockerfile. */
export interface LineEdit {
  readonly instruction: Instruction;
}

export type Change = ContextEdit | ArgumentEdit | LineEdit;

/** One step of a build, as BuildKit counts them: a RUN, COPY or ADD, and a WORKDIR that is not `/`. */
export interface StepForecast {
  readonly stage: Stage;
  /** One behind ONBUILD stands in the stage that it runs in. */
  readonly instruction: Instruction;
  /** Undefined for one behind ONBUILD. */
  readonly step: Step | undefined;
  /** Among the triggers that the stage inherits and its own instructions. */
  readonly index: number;
  readonly rerun: Rerun;
}

/**
 * What a build of `target` (the last stage where none is named) runs again after the change, everything else being as it was in the build
 * before, and nothing of it unknown to the cache. Stages that the target does not need are left out. `unsure` is a step whose input a step
 * before it makes again, perhaps the same: BuildKit looks at the bytes that it made. Of a line that is edited, the instructions are those of
 * the edited file, in the same order.
 */
export function forecastReruns(facts: Facts, change: Change, target?: string): readonly StepForecast[] {
  if ("path" in change) return forecast(facts, contextAfter(facts, change), undefined, target);
  const { after, differences } = changed(facts, change);
  return forecast(after, UNCHANGED, differences, target);
}

/** The steps of a build of `target`, with nothing changed. */
export function stepsOf(facts: Facts, target?: string): readonly StepForecast[] {
  return forecast(facts, UNCHANGED, undefined, target);
}

/** Whether a stage can be built by that name or number. */
export function hasTarget(facts: Facts, target: string): boolean {
  return stageOf(facts, target, facts.stages.length) !== undefined;
}

const UNCHANGED: Origin = { places: [], mayLink: () => false };

function forecast(
  facts: Facts,
  context: Origin,
  differences: readonly StageDifference[] | undefined,
  target: string | undefined,
): readonly StepForecast[] {
  const built = new Map<Stage, StageForecast>();
  for (const stage of stagesFor(facts, target))
    built.set(stage, new StageForecast(facts, stage, context, built, differences?.[stage.index]));
  return [...built.values()].flatMap(({ steps }) => steps);
}

/** The stages that a build of `target` (the last where none is named) needs, in the order of the file. */
export function stagesFor(facts: Facts, target?: string): readonly Stage[] {
  const last = target === undefined ? facts.stages.at(-1) : stageOf(facts, target, facts.stages.length);
  const needed = new Set<Stage>();
  if (last) need(facts, last, needed);
  return facts.stages.filter((stage) => needed.has(stage));
}

/** What is not as it was in a stage: what it is built on, and its triggers and instructions one by one. */
export interface StageDifference {
  readonly base: boolean;
  readonly steps: readonly boolean[];
}

/** The Dockerfile after the change, and what differs in it, stage by stage. */
export function changed(facts: Facts, change: ArgumentEdit | LineEdit) {
  const { dockerfile, buildArgs } = facts;
  const policy = argumentPolicy(buildArgs);
  const edited = "instruction" in change ? editOf(change.instruction) : [];
  const after = edited.length > 0 ? factsOf(parseDockerfile(applyEdits(dockerfile.source, edited)), facts) : facts;
  const novel = "argument" in change ? change.argument : undefined;
  const before = definitionsOf(dockerfile, policy);
  const now = definitionsOf(after.dockerfile, (name, fallback) =>
    name === novel ? unknownText("another", name) : policy(name, fallback),
  );
  return { after, differences: now.map((stage, index) => differenceOf(before[index], stage)) };
}

function differenceOf(before: StageDefinition | undefined, { base, steps }: StageDefinition): StageDifference {
  return { base: before?.base !== base, steps: steps.map((step, index) => before?.steps[index] !== step) };
}

function need(facts: Facts, stage: Stage, needed: Set<Stage>): void {
  if (needed.has(stage)) return;
  needed.add(stage);
  if (stage.base.kind === "stage") need(facts, facts.stages[stage.base.index]!, needed);
  for (const instruction of instructionsOf(facts, stage)) {
    for (const name of [
      flagNamed(instruction, "from")?.value,
      ...mountsOf(instruction).map(({ from }) => from?.value),
    ]) {
      const source = name === undefined ? undefined : stageOf(facts, name, stage.index);
      if (source) need(facts, source, needed);
    }
  }
}

/** The triggers that the stage inherits, then its own. */
function instructionsOf(facts: Facts, { base, steps }: Stage): Instruction[] {
  const parent = base.kind === "stage" ? facts.stages[base.index] : undefined;
  const triggers = parent?.steps.flatMap(({ instruction }) => instruction.trigger ?? []) ?? [];
  return [...triggers, ...steps.map(({ instruction }) => instruction)];
}

/** A stage before stage `before`, by name or number. */
export function stageOf({ stages }: Pick<Facts, "stages">, name: string, before: number): Stage | undefined {
  const earlier = stages.slice(0, before);
  return stageNamed(earlier, name) ?? (/^\d+$/.test(name) ? earlier[Number(name)] : undefined);
}

function contextAfter({ context }: Facts, { path, kind }: ContextEdit): Origin {
  // The transfer of the context does not always notice a folder's mode.
  const isFolder = kind === "mode" && context?.isFolder(path) === true;
  const places: Place[] = context?.keepsOut(path) ? [] : [{ path, sure: !isFolder, isFile: !isFolder }];
  // Other files may come or go with it.
  if (path === ".dockerignore") places.push(ANYWHERE);
  return {
    places,
    isContent: kind === "changed" && places.length === 1,
    mayLink: (source) => {
      const names = source.split("/").filter((name) => name !== "" && name !== ".");
      return names.some((_, index) => context?.isLink(names.slice(0, index + 1).join("/")));
    },
  };
}

interface Taken extends Pick<StepForecast, "instruction" | "step" | "index"> {
  /** It is not the instruction that it was. */
  readonly differs: boolean;
}

class StageForecast implements Origin {
  readonly steps: StepForecast[] = [];
  places: readonly Place[];
  /** Of the step before. */
  #chain: Rerun;
  #hasLinks: boolean;
  readonly #facts: Facts;
  readonly #stage: Stage;
  readonly #context: Origin;
  readonly #built: ReadonlyMap<Stage, StageForecast>;

  constructor(
    facts: Facts,
    stage: Stage,
    context: Origin,
    built: ReadonlyMap<Stage, StageForecast>,
    difference: StageDifference | undefined,
  ) {
    this.#facts = facts;
    this.#stage = stage;
    this.#context = context;
    this.#built = built;
    const { base, steps, after } = stage;
    const parent = base.kind === "stage" ? built.get(facts.stages[base.index]!) : undefined;
    const hasTriggers = base.kind === "image" && /[:-]onbuild\b/.test(base.reference ?? "");
    this.places = parent?.places ?? (hasTriggers ? [ANYWHERE] : []);
    this.#chain = parent ? parent.#chain : hasTriggers ? "unsure" : "cached";
    this.#hasLinks = parent ? parent.#hasLinks : false;
    if (difference?.base) {
      this.#chain = "runs";
      this.places = [ANYWHERE];
    }

    const instructions = instructionsOf(facts, stage);
    const triggers = instructions.length - steps.length;
    const stateAt = (index: number) => steps[Math.max(0, index - triggers)]?.before ?? after;
    for (const [index, instruction] of instructions.entries()) {
      const differs = difference?.steps[index] === true;
      this.#take({ instruction, step: steps[index - triggers], index, differs }, stateAt(index), stateAt(index + 1));
    }
  }

  mayLink(): boolean {
    return this.#hasLinks;
  }

  #take({ instruction, step, index, differs }: Taken, before: StepState, after: StepState): void {
    const { places } = this;
    const own = this.#rerunOf(instruction, before, after);
    if (own === undefined) return;
    const rerun = differs ? "runs" : own;
    // What lay around it before lies there still.
    if (step && !differs && this.#context.isContent && instruction.keyword === "RUN" && writesSameRecipe(step, places))
      this.places = places;
    if (differs) this.places = instruction.keyword === "RUN" ? [ANYWHERE] : [...this.places, ANYWHERE];
    this.steps.push({ stage: this.#stage, step, instruction, index, rerun });
    // What a linked copy lies on may run again all the same.
    this.#chain = instruction.keyword === "RUN" ? rerun : worst(this.#chain, rerun);
  }

  /** Undefined for what is no step. */
  #rerunOf(instruction: Instruction, before: StepState, after: StepState): Rerun | undefined {
    switch (instruction.keyword) {
      case "WORKDIR":
        return after.cwd === "/" ? undefined : this.#chain;
      case "COPY":
      case "ADD":
        return this.#copy(instruction, before);
      case "RUN":
        return this.#run(instruction, before);
      default:
        return undefined;
    }
  }

  #copy(instruction: Instruction, before: StepState): Rerun {
    const from = flagNamed(instruction, "from")?.value;
    const effect = copyEffect({
      instruction,
      origin: this.#originNamed(from),
      context: from === undefined ? this.#facts.context : undefined,
      cwd: before.cwd,
      expand: this.#expander(before),
    });
    const earlier = this.places.map((place) => (effect.overwrites(place.path) ? { ...place, sure: false } : place));
    this.places = [...earlier, ...effect.places];
    // Only an image store that can merge layers keeps a linked copy apart from what it lies on.
    const isLinked = flagNamed(instruction, "link") !== undefined && this.#chain !== "cached";
    return worst(effect.rerun, isLinked ? "unsure" : this.#chain);
  }

  /** Mounts count by their content, whether they are written to or not; secrets and what a cache holds don't count at all. */
  #run(instruction: Instruction, before: StepState): Rerun {
    const expand = this.#expander(before);
    const mounted = mountsOf(instruction).map(({ type, from, source }): Rerun => {
      const isRead = type === "bind" || (type === "cache" && from !== undefined);
      const origin = isRead ? this.#originNamed(from?.value) : undefined;
      return origin ? seenThrough(source?.value === undefined ? "" : expand(source.value), origin).rerun : "cached";
    });
    const rerun = worst(
      this.#looksAtContent(instruction) && this.#chain === "runs" ? "unsure" : this.#chain,
      ...mounted,
    );
    if (rerun !== "cached") this.places = [ANYWHERE];
    const script = [instruction.args.text, ...instruction.heredocs.map(({ content }) => content)].join("\n");
    this.#hasLinks ||= /\bln\b/.test(script);
    return rerun;
  }

  /**
   * Whether the step's key has the bytes of what it runs on instead of how that was made: so BuildKit 0.13 has it, and the newest no more, with a secret or
   * an SSH socket, whose mounts it counts as mounts of the root (exec.go, getMountDeps), and any with a mount of the very stage that it runs on.
   */
  #looksAtContent(instruction: Instruction): boolean {
    const { base, index } = this.#stage;
    const isBase = (from: string) =>
      base.kind === "stage" &&
      this.steps.length === 0 &&
      stageOf(this.#facts, from, index) === this.#facts.stages[base.index];
    return mountsOf(instruction).some(
      ({ type, from }) => type === "secret" || type === "ssh" || (from?.value !== undefined && isBase(from.value)),
    );
  }

  /** Undefined for an image. */
  #originNamed(from: string | undefined): Origin | undefined {
    if (from === undefined) return this.#context;
    const stage = stageOf(this.#facts, from, this.#stage.index);
    return stage && this.#built.get(stage);
  }

  #expander({ env }: StepState): (word: string) => string | undefined {
    const { escape: escapeCharacter } = this.#facts.dockerfile;
    return (word) => expandWord(word, (name) => env.get(name), escapeCharacter);
  }
}
