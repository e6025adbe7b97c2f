/** A stage that builds an app, with what can be told of it without running anything. */
import { posix } from "node:path";
import {
  type BuildContext,
  type BuildWork,
  type BuiltApp,
  builtApp,
  Decline,
  type Facts,
  footprintOf,
  isBuildWork,
  isInProject,
  isUnder,
  needRulesOf,
  type Stage,
  type Step,
  type UseStart,
} from "../../src/transform/index.ts";
import { checkProject, stageBase } from "./base.ts";
import { checkExcused } from "./checks.ts";
import { namedBy } from "./commands.ts";
import { type Landing, projectView } from "./layout.ts";
import { checkManager } from "./manager-left.ts";
import { newOwner, userOf } from "./owners.ts";
import { inParts, type Parted } from "./parts.ts";
import { type Plan, planOf, workplaceIn } from "./roles.ts";
import { shownOf } from "./shown.ts";
import { outsideOf } from "./start.ts";
import { fixedWord } from "./variables.ts";
import { commandOf, landingsOf, toldOf, type Work, worksOf } from "./work.ts";

export interface App {
  /** The file as `plan` speaks of it. */
  readonly parted: Parted;
  readonly plan: Plan;
  /** What COPYs put into the project folder before it is built. */
  readonly landings: readonly Landing[];
  /** The project folder as they leave it. */
  readonly view: BuildContext;
  /** The installs and builds of the builder stage. */
  readonly works: readonly Work[];
  readonly built: BuiltApp;
}

export function isBuilding({ steps }: Stage): boolean {
  return steps.some(({ invocations }) => invocations.some((it) => isBuildWork(it) && it.purpose === "build"));
}

/** Throws a `Decline` where the stage is none that can be cut in two. */
export function openApp(stage: Stage, facts: Facts): App {
  const { context } = facts;
  if (stage.base.kind !== "image") throw new Decline("multi-stage", "the stage is built on another stage of the file");
  if (!context)
    throw new Decline(
      "no-context",
      "what the build reads and writes can't be told without a build context (--context)",
    );
  const known = stageBase(stage, stage.base.reference, facts);
  const base = known.reference;
  const parted = inParts(stage, facts, workplaceIn(stage.steps).project);
  const plan = planOf(parted, needRulesOf(facts), (path) => context.has(path));
  checkPaths(stage);
  checkProject(known, plan.project);
  const { landings, later } = landingsOf(plan, context);
  const view = projectView(context, plan.project, landings);
  checkBefore(plan, view);
  const works = worksOf(plan);
  const finished = projectView(context, plan.project, [...landings, ...later]);
  const work = {
    ...toldOf(parted, plan),
    project: view,
    finished,
    commands: works.map((each) => commandOf(each, plan.project, base)),
    outside: outsideOf(later, context),
  };
  const built = onceOf(builtFor(work, facts.starts), plan, later);
  checkExcused(plan, built);
  checkPrune(built, works, plan);
  checkManager(built, works, plan, base);
  checkUsers(built, works);
  checkBehind(works, plan, base);
  return { parted, plan, landings, view, works, built };
}

/** What a container needs whatever it is made to start. */
function builtFor(work: BuildWork, others: readonly UseStart[]): BuiltApp {
  const startingUpTo = (end: number) => builtApp({ ...work, starts: [...work.starts, ...others.slice(0, end)] });
  try {
    return startingUpTo(others.length);
  } catch (error) {
    if (!(error instanceof Decline)) throw error;
    throw declineOf(() => startingUpTo(0)) ?? culpritAmong(others, startingUpTo) ?? error;
  }
}

/** The first of `others` that what is built can't do for, in the words of its decline. */
function culpritAmong(others: readonly UseStart[], startingUpTo: (end: number) => BuiltApp): Decline | undefined {
  for (const [at, { by }] of others.entries()) {
    const decline = declineOf(() => startingUpTo(at + 1));
    if (decline) return new Decline(decline.code, `${decline.message} (${by})`);
  }
  return undefined;
}

function declineOf(attempt: () => unknown): Decline | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (error instanceof Decline) return error;
    throw error;
  }
}

/** Without what a COPY behind the build brings once more: it need not be taken from the builder. */
function onceOf(built: BuiltApp, plan: Plan, later: readonly Landing[]): BuiltApp {
  const redone = new Set(later.flatMap(({ files }) => [...files.keys()]));
  const isOnce = (name: string) => !redone.has(posix.join(plan.project, name));
  const entries = built.entries.filter(isOnce);
  const isThere = entries.length > 0 || built.packages.some((path) => !path.startsWith("/"));
  const { leavesMore } = built;
  if (leavesMore !== undefined && !(isThere && isWhole(plan, later)))
    throw new Decline(
      "outputs-unknown",
      `refit does not know what \`${leavesMore}\` leaves in the project folder, which can't cross as a whole`,
    );
  return {
    ...built,
    entries,
    dropped: built.dropped.filter(isOnce),
    shed: isThere && isWhole(plan, later) ? built.shed : undefined,
  };
}

/** Whether the project folder can cross as a whole: root can take out what stays behind, and nothing of it is copied once more. */
function isWhole({ last, project }: Plan, later: readonly Landing[]): boolean {
  return (
    userOf(last) === undefined &&
    !later.some(({ files }) => [...files.keys()].some((path) => isInProject(path, project)))
  );
}

/** A step that the runtime stage repeats before packages are there must not be one that could see them. */
function checkBehind(works: readonly Work[], { roles, project, reduced }: Plan, base: string): void {
  for (const [step, role] of roles) {
    if (role !== "both" || !step.script) continue;
    const places = works
      .filter((work) => work.step.index < step.index)
      .flatMap(({ filled = [] }) => filled.filter((path) => !isInProject(path, project)));
    const isSeen = (path: string) => places.some((place) => isUnder(place, path) || isUnder(path, place));
    const repeated = reduced.get(step)?.commands ?? step.script.commands;
    const sees = step.invocations.some(
      (invocation) =>
        repeated.includes(invocation.command) &&
        (footprintOf(invocation, { ...step.before, base })?.reads.some(isSeen) ?? true),
    );
    if (places.length > 0 && sees)
      throw new Decline(
        "sees-packages",
        `${shownOf(step.instruction)} comes behind an install and may see what it left`,
      );
  }
}

/**
 * A user whom the file names may install elsewhere than root would. What is root's, none but root can change, so that a user may build behind
 * an install of root's, where it is known what that makes.
 */
function checkUsers({ packages, outputs, trimmed }: BuiltApp, works: readonly Work[]): void {
  const users = works.map(({ step }) => userOf(step));
  const isSeveral = trimmed !== undefined && new Set(users).size > 1;
  const place = packages.find((path) => path.startsWith("/") || isSeveral);
  const user = works
    .filter(({ filled, invocation: { purpose } }) => isSeveral || filled || purpose !== "build" || outputs.length === 0)
    .map(({ step }) => userOf(step))
    .find((each) => each !== undefined);
  if (user !== undefined && place !== undefined)
    throw new Decline(
      "user-changes",
      `${user} works in the builder stage, so that it is not known what of ${place} is whose`,
    );
}

/** Paths and users are written into the new steps as they are now, so `--build-arg` must not change them. */
function checkPaths({ steps }: Stage): void {
  for (const step of steps) {
    const { keyword, args } = step.instruction;
    if (!["WORKDIR", "USER", "COPY", "ADD"].includes(keyword) || !args.text.includes("$")) continue;
    if (fixedWord(args.text, step) !== undefined) continue;
    throw new Decline("computed-path", `\`${keyword} ${args.text.trim()}\` depends on a variable`);
  }
}

/** A folder that is there before the COPYs: the builder's would be put into it, and leave its mode and owner. It would not be taken out either. */
function checkBefore({ roles, effects, project, first }: Plan, view: BuildContext): void {
  const removed = new Set(
    [...roles].flatMap(([step, role]) =>
      role === "build" ? effects.get(step)!.flatMap((effect) => effect.removed) : [],
    ),
  );
  for (const step of roles.keys()) {
    if (step.index >= first.index) continue;
    const made = namedBy(step, project).find((name) => view.isFolder(name) || removed.has(name));
    if (made === undefined) continue;
    const fate = removed.has(made) ? "which a later step takes out again" : "which the build context brings too";
    throw new Decline("made-before", `${shownOf(step.instruction)} makes ${made}, ${fate}`);
  }
}

/** Who takes packages out must be who brought them. */
function checkPrune({ prune }: BuiltApp, works: readonly Work[], { roles, last, project }: Plan): void {
  const install = prune && works[prune.of]?.step;
  if (!install) return;
  // The packages are the user's, or a chown between made them so; one that leaves their group would mix it with the user's own.
  const isGiven = ([step]: readonly [Step, unknown]) => {
    const [user, group] = newOwner(step, project)?.split(":") ?? [];
    return step.index > install.index && user === userOf(last)?.split(":")[0] && group !== "root";
  };
  const isOwn = userOf(last) === userOf(install) || [...roles].some(isGiven);
  if (!isOwn) throw new Decline("user-changes", "the user changes between install and build");
}
