/**
 * The build cache as BuildKit keeps it (solver/edge.go, solver/llbsolver/ops/file.go and exec.go, cache/contenthash/checksum.go): which
 * steps run again when a path of the build context changes. A step's key is what it does, the key of the step before it, and a digest of
 * the content that it takes from elsewhere: what a COPY copies, what a RUN mounts. Content is names, modes and bytes, never times.
 */
import { expandWord, flagNamed, type Instruction, mountsOf } from "../dockerfile/index.ts";
import { copyEffect } from "./cache-copy.ts";
import { ANYWHERE, type Origin, type Place, type Rerun, seenThrough, worst } from "./cache-places.ts";
import { stageNamed } from "./facts.ts";
import type { Facts, Stage, Step, StepState } from "./types.ts";

export type { Rerun } from "./cache-places.ts";

/** A path of the build context (no leading slash) and what happens to it. A `mode` is that of a file or folder. */
export interface ContextEdit {
  readonly path: string;
  readonly kind: "changed" | "added" | "removed" | "mode";
}

/** One step of a build, as BuildKit counts them: a RUN, COPY or ADD, and a WORKDIR that is not `/`. */
export interface StepForecast {
  readonly stage: Stage;
  /** One behind ONBUILD stands in the stage that it runs in. */
  readonly instruction: Instruction;
  /** Undefined for one behind ONBUILD. */
  readonly step: Step | undefined;
  readonly rerun: Rerun;
}

/**
 * What a build of `target` (the last stage where none is named) runs again after the edit, everything else being as it was in the build
 * before, and nothing of it unknown to the cache. Stages that the target does not need are left out, as are the words that `--build-arg`
 * changes. `unsure` is a step whose input a step before it makes again, perhaps the same: BuildKit looks at the bytes that it made.
 */
export function forecastReruns(facts: Facts, edit: ContextEdit, target?: string): readonly StepForecast[] {
  const last = target === undefined ? facts.stages.at(-1) : stageOf(facts, target, facts.stages.length);
  const needed = new Set<Stage>();
  if (last) need(facts, last, needed);
  const context = contextAfter(facts, edit);
  const built = new Map<Stage, StageForecast>();
  for (const stage of facts.stages) {
    if (needed.has(stage)) built.set(stage, new StageForecast(facts, stage, context, built));
  }
  return [...built.values()].flatMap(({ steps }) => steps);
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
function stageOf({ stages }: Facts, name: string, before: number): Stage | undefined {
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
    mayLink: (source) => {
      const names = source.split("/").filter((name) => name !== "" && name !== ".");
      return names.some((_, index) => context?.isLink(names.slice(0, index + 1).join("/")));
    },
  };
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

  constructor(facts: Facts, stage: Stage, context: Origin, built: ReadonlyMap<Stage, StageForecast>) {
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

    const instructions = instructionsOf(facts, stage);
    const triggers = instructions.length - steps.length;
    const stateAt = (index: number) => steps[Math.max(0, index - triggers)]?.before ?? after;
    for (const [index, instruction] of instructions.entries()) {
      this.#take(instruction, steps[index - triggers], stateAt(index), stateAt(index + 1));
    }
  }

  mayLink(): boolean {
    return this.#hasLinks;
  }

  #take(instruction: Instruction, step: Step | undefined, before: StepState, after: StepState): void {
    const rerun = this.#rerunOf(instruction, before, after);
    if (rerun === undefined) return;
    this.steps.push({ stage: this.#stage, step, instruction, rerun });
    this.#chain = worst(this.#chain, rerun);
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
    const rerun = worst(this.#chain, ...mounted);
    if (rerun !== "cached") this.places = [ANYWHERE];
    const script = [instruction.args.text, ...instruction.heredocs.map(({ content }) => content)].join("\n");
    this.#hasLinks ||= /\bln\b/.test(script);
    return rerun;
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
