/** Which declarations go down, and below what. */
import {
  clonesBranch,
  effectOf,
  type Facts,
  hoistsIn,
  isStamp,
  type NoSwap,
  pairsView,
  type Stage,
  type Step,
  saidStep,
  weightOf,
  whyNotSwap,
} from "../../src/transform/index.ts";

/** Declarations that go down together, since what names them keeps its place among them. */
export interface Sink {
  readonly parts: readonly Part[];
  /** In the order of the file. */
  readonly steps: readonly Step[];
  /** The first step that another value no longer runs again. */
  readonly gains: Step;
}

/** What goes right below `anchor`, in the order of the file. */
interface Part {
  readonly steps: readonly Step[];
  readonly anchor: Step;
}

/** A declaration that would gain from going down, and what keeps it where it is. */
export interface Kept {
  readonly step: Step;
  readonly obstacle: Obstacle;
}

export type Obstacle = Pick<NoSwap, "reason" | "because"> & {
  readonly code: NoSwap["code"] | "may-read" | "hoist-first" | "moving-source";
};

export interface Plan {
  readonly sinks: readonly Sink[];
  readonly kept: readonly Kept[];
}

export function planFor(stage: Stage, facts: Facts): Plan {
  const { steps } = stage;
  const volatile = steps.filter((step) => isVolatile(step, facts));
  if (volatile.length === 0) return { sinks: [], kept: [] };
  const held = steps.filter((step) => !volatile.includes(step) && usesAny(step, volatile, facts));
  const all = simulate(stage, [...volatile, ...held], facts);
  const needed = neededFor(
    volatile.filter((step) => all.get(step)?.gains),
    held,
    all,
    facts,
  );
  const moves = simulate(stage, needed, facts);
  const anchorOf = (step: Step): Step | undefined => {
    const used = needed.filter((each) => volatile.includes(each) && usesAny(step, [each], facts));
    // What names a declaration stays with it, however far it could go.
    const own = volatile.includes(step) ? [step] : used;
    return own.map((each) => moves.get(each)?.anchor).sort((a, b) => (b?.index ?? -1) - (a?.index ?? -1))[0];
  };

  const moved = steps.filter((step) => moves.get(step)?.anchor);
  const sinks = togetherIn(moved, facts).flatMap((group): Sink[] => {
    const anchors = [...new Set(group.map((step) => anchorOf(step)!))];
    const parts = anchors.map((anchor) => ({ anchor, steps: group.filter((step) => anchorOf(step) === anchor) }));
    const gains = group.flatMap((step) => moves.get(step)!.gains ?? [])[0];
    return gains ? [{ parts, steps: group, gains }] : [];
  });
  const kept = volatile.flatMap((step): Kept[] => {
    const { gains, blocker, heavyBelow } = all.get(step)!;
    // Right below the heavy steps is as low as it gets.
    const isLow =
      !all.get(step)!.anchor && steps.slice(0, step.index).some((above) => weightOf(above, facts.times).heavy);
    const obstacle = !gains && !isLow && blocker && heavyBelow ? obstacleTo(step, blocker, facts) : undefined;
    return obstacle ? [{ step, obstacle }] : [];
  });
  return waiting(sinks, stage, facts) ?? { sinks, kept };
}

/** Groups of `moved`, each in the order of the file: steps that can't pass by each other are in one. */
function togetherIn(moved: readonly Step[], facts: Facts): readonly (readonly Step[])[] {
  let groups: readonly (readonly Step[])[] = [];
  for (const step of moved) {
    const bound = groups.filter((group) => group.some((each) => whyNotSwap(each, step, facts)));
    groups = [...groups.filter((group) => !bound.includes(group)), [...bound.flat(), step]];
  }
  return groups.map((group) => moved.filter((step) => group.includes(step)));
}

/** An install that goes up could not pass a declaration that went down too far: it goes first, so that the order of the two does not matter. */
function waiting(sinks: readonly Sink[], stage: Stage, facts: Facts): Plan | undefined {
  const first = sinks.length > 0 ? hoistsIn(stage, facts).hoists[0]?.steps[0] : undefined;
  if (!first) return undefined;
  const reason = `${saidStep(first, facts)} goes above what is copied first (hoist-stable)`;
  const obstacle = { code: "hoist-first", reason, because: first.instruction.span } as const;
  return { sinks: [], kept: sinks.map(({ steps: [step] }) => ({ step: step!, obstacle })) };
}

/**
 * ARG and ENV of names that say which build this is, and of no others: each run of a build may give another value. A date that stands there
 * as a literal, or that nothing names, is left alone: people change it to run all below again.
 */
function isVolatile(step: Step, facts: Facts): boolean {
  const { keyword } = step.instruction;
  if (keyword !== "ARG" && keyword !== "ENV") return false;
  return pairsView(step.instruction).every(({ name: { text }, value }) => {
    if (!isStamp(text)) return false;
    if (!/date|time|created|built/i.test(text)) return true;
    return keyword === "ENV" ? (value?.text.includes("$") ?? false) : isNamedBelow(text, step, facts);
  });
}

function isNamedBelow(name: string, { instruction, stage, index }: Step, { dockerfile }: Facts): boolean {
  const end = stage.steps.at(-1)!.instruction.span.end;
  return stage.steps[index + 1] !== undefined && mentions(dockerfile.source.slice(instruction.span.end, end), name);
}

function isAnyNamedBelow(step: Step, facts: Facts): boolean {
  return pairsView(step.instruction).some(({ name }) => isNamedBelow(name.text, step, facts));
}

function mentions(text: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(text);
}

/** ENV and LABEL that hold a declaration back by naming it. */
function usesAny(step: Step, declarations: readonly Step[], facts: Facts): boolean {
  if (step.instruction.keyword !== "ENV" && step.instruction.keyword !== "LABEL") return false;
  const { readsVariable } = effectOf(step, facts);
  return declarations.some(
    (each) => each.index < step.index && effectOf(each, facts).variables.some((name) => readsVariable(name)),
  );
}

/** The declarations that gain, and what must move for that. */
function neededFor(
  gaining: readonly Step[],
  held: readonly Step[],
  moves: ReadonlyMap<Step, Move>,
  facts: Facts,
): readonly Step[] {
  const needed = new Set(gaining);
  for (const step of held) {
    const isPassed = (above: Step) => above.index < step.index && step.index < (moves.get(above)?.anchor?.index ?? -1);
    const holds = [...needed].some((above) => isPassed(above) && whyNotSwap(above, step, facts));
    if (holds && moves.get(step)?.anchor) needed.add(step);
  }
  return [...needed];
}

/** Undefined where `blocker` is what the declaration is for. */
function obstacleTo(step: Step, blocker: Step, facts: Facts): Obstacle | undefined {
  const names = effectOf(step, facts).variables;
  const { span } = blocker.instruction;
  const text = facts.dockerfile.source.slice(span.start, span.end);
  if (names.some((name) => mentions(text, name))) return undefined;
  if (clonesBranch(blocker))
    return {
      code: "moving-source",
      reason: `${saidStep(blocker, facts)} may fetch another commit each time`,
      because: span,
    };
  const read = names.find((name) => effectOf(blocker, facts).readsVariable(name));
  if (read === undefined) return whyNotSwap(step, blocker, facts);
  return { code: "may-read", reason: `${saidStep(blocker, facts)} may read ${read}`, because: span };
}

interface Move {
  /** The last step of the image that it passes; undefined where it passes none. */
  readonly anchor: Step | undefined;
  /** The first heavy step that it passes. */
  readonly gains: Step | undefined;
  /** What it does not pass. */
  readonly blocker: Step | undefined;
  /** There is a heavy step from the blocker on. */
  readonly heavyBelow: boolean;
}

/** Instructions that make files or run something. */
const STEPS: readonly string[] = ["RUN", "COPY", "ADD", "WORKDIR"];

/** Moves each of `movable` as far down as it goes, the lowest first. */
function simulate(stage: Stage, movable: readonly Step[], facts: Facts): ReadonlyMap<Step, Move> {
  const order = [...stage.steps];
  const moves = new Map<Step, Move>();
  for (const step of stage.steps.filter((each) => movable.includes(each)).toReversed()) {
    const start = order.indexOf(step) + 1;
    const stops = (other: Step) => whyNotSwap(step, other, facts) || clonesBranch(other);
    const found = order.findIndex((other, at) => at >= start && stops(other));
    const end = found < 0 ? order.length : found;
    const passed = order.slice(start, end);
    const anchor = passed.findLast(({ instruction }) => STEPS.includes(instruction.keyword));
    const gains = passed.find((each) => weightOf(each, facts.times).heavy);
    const heavyBelow = order
      .slice(end)
      .some((each) => weightOf(each, facts.times).heavy && each.instruction.keyword === "RUN");
    // What nothing below names or may read is there to run all below again.
    if (order[end] === undefined && step.instruction.keyword === "ARG" && !isAnyNamedBelow(step, facts)) {
      moves.set(step, { anchor: undefined, gains: undefined, blocker: undefined, heavyBelow });
      continue;
    }
    moves.set(step, { anchor, gains, blocker: order[end], heavyBelow });
    if (!anchor) continue;
    order.splice(start - 1, 1);
    order.splice(order.indexOf(anchor) + 1, 0, step);
  }
  return moves;
}
