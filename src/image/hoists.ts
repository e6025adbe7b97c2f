/**
 * Which steps can go up, and above what: those that install for the system, over what is copied from the build context. hoist-stable moves
 * them; sink-volatile waits until they stand there, so that both come to the same file whichever runs first.
 */
import { isUnder } from "../context/index.ts";
import { copyView } from "../dockerfile/index.ts";
import { type Invocation, OUTSIDE_PROJECTS } from "../ecosystems/index.ts";
import { type NoSwap, saidStep, whyNotSwap } from "./commute.ts";
import { effectOf } from "./effect-of-step.ts";
import { stageNamed } from "./facts.ts";
import type { Facts, Stage, Step } from "./types.ts";
import { type Volatility, volatilityOf } from "./volatile.ts";
import { weightOf } from "./weights.ts";

/** Steps that go right above `anchor`, in the order of the file. */
export interface Hoist {
  readonly steps: readonly Step[];
  readonly anchor: Step;
}

/** A step that would gain from going up, and what keeps it where it is. */
export interface NotHoisted {
  readonly step: Step;
  readonly obstacle: Obstacle;
}

type Obstacle = Pick<NoSwap, "reason" | "because"> & { readonly code: NoSwap["code"] | "stale-index" };

export interface Hoists {
  readonly hoists: readonly Hoist[];
  readonly kept: readonly NotHoisted[];
}

/** Trying each step against each takes the square of their number, and overlay2 stacks no more than 128 layers (Docker's page on the driver). */
const MOST_STEPS = 256;

export function hoistsIn(stage: Stage, facts: Facts): Hoists {
  const { steps } = stage;
  if (steps.length > MOST_STEPS) return { hoists: [], kept: [] };
  // Reading scripts is most of the work: of those that nothing volatile stands above, and of cheap ones behind the last heavy one, none is read.
  const first = steps.find((step) => volatilityOf(step, facts) !== "never");
  const below = first ? steps.slice(first.index + 1) : [];
  const runs = below.filter((step) => step.instruction.keyword === "RUN" || bringsProgram(step, facts));
  const heavy = runs.filter((step) => installsForTheSystem(step, facts));
  const last = heavy.at(-1);
  if (!last) return { hoists: [], kept: [] };
  const cheap = below.filter((step) => step.index < last.index && !heavy.includes(step) && isArranging(step, facts));
  const plan = (candidates: readonly Step[]): Simulation => {
    const chosen = [...candidates, ...cheap];
    const needed = neededFor(candidates, simulate(stage, chosen, facts).moved, facts);
    return simulate(stage, [...candidates, ...needed], facts);
  };
  let candidates: readonly Step[] = heavy;
  const stale: NotHoisted[] = [];
  for (;;) {
    const { moved, kept, order } = plan(candidates);
    const left = leftWithOldIndex(moved, order);
    if (!left) {
      const anchors = [...new Set(moved.values())];
      const hoists = anchors.map((anchor) => ({ anchor, steps: steps.filter((step) => moved.get(step) === anchor) }));
      return { hoists, kept: [...rootsOf(kept.filter(({ step }) => heavy.includes(step))), ...stale] };
    }
    candidates = candidates.filter((step) => step !== left.mover);
    stale.push({
      step: left.mover,
      obstacle: {
        code: "stale-index",
        reason: `${saidStep(left.user, facts)} stays below the sources, and would install by an old index`,
        because: left.user.instruction.span,
      },
    });
  }
}

/** Package managers whose installs go by an index that an earlier command fetched, and fail when it is too old. */
const BY_INDEX: readonly string[] = ["apt", "apk", "pacman", "zypper"];

/** A step that fetched an index afresh after each edit of the sources, for an install that stays below them. */
function leftWithOldIndex(moved: ReadonlyMap<Step, Step>, order: readonly Step[]) {
  for (const [mover, anchor] of moved) {
    for (const ecosystem of BY_INDEX) {
      if (!mover.invocations.some((each) => each.ecosystem === ecosystem && each.purpose === "index")) continue;
      for (const step of order.slice(order.indexOf(anchor))) {
        const first = step.invocations.find(
          (each) => each.ecosystem === ecosystem && /^(index|system)$/.test(each.purpose) && !fetchesItself(each),
        );
        if (first?.purpose === "system") return { mover, user: step };
        if (first) break;
      }
    }
  }
  return undefined;
}

/** `apk add --no-cache`, `pacman -Sy`. */
function fetchesItself({ call }: Invocation): boolean {
  return call.args.some((word) => /^(--no-cache|--update(-cache)?|-U|-Sy\w*)$/.test(word ?? ""));
}

/** Its weight is that of packages and downloads which the app's files don't name. A download of which more is not known is no stable step. */
function installsForTheSystem(step: Step, facts: Facts): boolean {
  if (bringsProgram(step, facts)) return true;
  const system = step.invocations.filter(({ purpose }) => purpose === "system" || purpose === "index");
  if (system.length === 0 || !weightOf(step, facts.times).heavy) return false;
  return system.some(({ ecosystem }) => !["fetch", "git"].includes(ecosystem)) || isArranging(step, facts);
}

/** `COPY --from=composer:2 /usr/bin/composer /usr/bin/` is cheap, but the installs behind it can't stand above it. */
function bringsProgram({ instruction, stage, index }: Step, facts: Facts): boolean {
  const { from, destination } = copyView(instruction) ?? {};
  if (from?.value === undefined || destination === undefined) return false;
  if (/^\d+$/.test(from.value) || stageNamed(facts.stages, from.value)) return false;
  const isOfPrograms = OUTSIDE_PROJECTS.some((folder) => isUnder(destination.text, folder));
  const installs = (step: Step) => step.invocations.some(({ purpose }) => purpose === "dependencies");
  return isOfPrograms && stage.steps.slice(index + 1).some(installs);
}

const SETTINGS: readonly string[] = ["ARG", "ENV", "SHELL", "USER", "WORKDIR"];

/** Cheap, but what installs after it may need it: a user, a folder, a variable. */
function isArranging(step: Step, facts: Facts): boolean {
  const { keyword } = step.instruction;
  return (keyword === "RUN" || SETTINGS.includes(keyword)) && effectOf(step, facts).unknown === undefined;
}

/** Without those that only another one of `kept` holds back: what holds that one back is what matters. */
function rootsOf(kept: readonly NotHoisted[]): readonly NotHoisted[] {
  return kept.filter(({ obstacle }) => !kept.some(({ step }) => step.instruction.span === obstacle.because));
}

/** The cheap steps that `heavy` ones could not pass by. */
function neededFor(heavy: readonly Step[], moved: ReadonlyMap<Step, Step>, facts: Facts): readonly Step[] {
  const needed = new Set(heavy.filter((step) => moved.has(step)));
  const cheap = [...moved.keys()].filter((step) => !heavy.includes(step));
  for (const step of cheap.toReversed()) {
    const isNeeded = [...needed].some((later) => later.index > step.index && whyNotSwap(step, later, facts));
    if (isNeeded) needed.add(step);
  }
  return cheap.filter((step) => needed.has(step));
}

interface Simulation {
  /** To the step above which each comes. */
  readonly moved: ReadonlyMap<Step, Step>;
  readonly kept: readonly NotHoisted[];
  readonly order: readonly Step[];
}

/** Moves each of `movable` as far up as it gains, one after the other. */
function simulate(stage: Stage, movable: readonly Step[], facts: Facts): Simulation {
  const order = [...stage.steps];
  const moved = new Map<Step, Step>();
  const kept: NotHoisted[] = [];
  for (const step of stage.steps.filter((each) => movable.includes(each))) {
    const { anchor, obstacle, at } = destinationOf(step, order, facts);
    if (anchor) {
      moved.set(step, anchor);
      order.splice(order.indexOf(step), 1);
      order.splice(order.indexOf(anchor), 0, step);
    } else if (obstacle && order.slice(0, at + 1).some((above) => volatilityOf(above, facts) === "often"))
      kept.push({ step, obstacle });
  }
  return { moved, kept, order };
}

const RANKS: readonly Volatility[] = ["never", "rarely", "often"];

/** The topmost step that `step` can pass by and that changes; none where a step which changes as often stays above it. */
function destinationOf(step: Step, order: readonly Step[], facts: Facts) {
  const rankOf = (each: Step) => RANKS.indexOf(volatilityOf(each, facts));
  let anchor: Step | undefined;
  let passed = 0;
  let at = order.indexOf(step) - 1;
  let obstacle: NoSwap | undefined;
  for (; at >= 0; at--) {
    const above = order[at]!;
    obstacle = whyNotSwap(above, step, facts);
    if (obstacle) break;
    if (rankOf(above) > 0) anchor = above;
    passed = Math.max(passed, rankOf(above));
  }
  // Of a step that may do anything, that is what to say, whatever variable it may read as well.
  const copy = order.slice(0, at + 1).findLast((above) => rankOf(above) === 2);
  const isMinor = obstacle?.code === "variable" || obstacle?.code === "setting";
  if (isMinor && copy && effectOf(step, facts).unknown !== undefined)
    obstacle = whyNotSwap(copy, step, facts) ?? obstacle;
  const stays = Math.max(0, ...order.slice(0, at + 1).map(rankOf));
  return { anchor: stays < passed ? anchor : undefined, obstacle, at };
}
