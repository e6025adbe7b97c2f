/** Steps that install packages of the system: which of them the runtime stage does without. */
import {
  absentWithout,
  applyEdits,
  type Command,
  type Edit,
  extensionFolders,
  footprintOf,
  fromView,
  type Invocation,
  leftBehind,
  mayMakeAccounts,
  type Need,
  type NeedRules,
  namesNeeded,
  needsOf,
  needsOfParts,
  type PackagePart,
  type PackageStep,
  type PackageWork,
  packageStepOf,
  packagesSeenBy,
  remove,
  replace,
  type Script,
  type Span,
  type Step,
  type Word,
} from "../../src/transform/index.ts";
import { folderAt } from "./commands.ts";
import { inOnePlace } from "./extensions.ts";

/** What the runtime stage runs in the place of a step. */
export interface Reduced {
  /** Packages that stay in the builder stage. */
  readonly left: readonly string[];
  /** The instruction with what the container needs alone; undefined where that is nothing. */
  readonly text: string | undefined;
  /** What of the step's commands it still runs, with names of packages as they were. */
  readonly commands: readonly Command[];
  /** Folders of extensions that it compiles, which the runtime stage takes from the builder in its place. */
  readonly brings: readonly string[];
}

/** A step that the runtime stage runs, with the commands of it that are left. */
interface Later {
  readonly step: Step;
  readonly commands: readonly Command[];
  /** Packages that it names, and no longer installs. */
  readonly left: readonly string[];
}

/** Steps that the runtime stage runs with fewer packages, or not at all, in their order; `takesPart` says which of `steps` may be so. */
export function reducedSteps(
  steps: readonly Step[],
  takesPart: (step: Step) => boolean,
  source: string,
  rules: NeedRules,
): ReadonlyMap<Step, Reduced> {
  const reducedWhere = (crosses: boolean) => {
    const found: [Step, Reduced][] = [];
    const later: Later[] = [];
    // From the last one on: what is left behind calls nothing.
    for (const step of steps.toReversed()) {
      const reduced = takesPart(step) ? reducedStep(step, later, source, rules, crosses) : undefined;
      if (reduced) found.unshift([step, reduced]);
      const commands = reduced?.commands ?? step.script?.commands ?? [];
      later.unshift({ step, commands, left: reduced?.left ?? [] });
    }
    return found;
  };
  const plain = reducedWhere(false);
  if (!steps.some((step) => packageWork(step).includes("extensions"))) return new Map(plain);
  const crossing = reducedWhere(true);
  const countLeft = (found: readonly [Step, Reduced][]) => found.flatMap(([, { left }]) => left).length;
  const isLess = countLeft(crossing) > countLeft(plain);
  return new Map(isLess ? (inOnePlace(crossing, steps.filter(takesPart)) ?? plain) : plain);
}

/**
 * What the runtime stage needs of `step`; undefined where that is all of it, or not known. What one of the steps behind it that the runtime
 * stage runs as well, `later`, may call stays, and so does the index that one of them installs by.
 * @param crosses whether extensions that it compiles come from the builder
 */
function reducedStep(
  step: Step,
  later: readonly Later[],
  source: string,
  rules: NeedRules,
  crosses: boolean,
): Reduced | undefined {
  const { script, invocations, stage } = step;
  const found = packageStepOf(script, invocations);
  // Names that depend on the release are for the release that the file names, and `--build-arg` may name another one.
  const isFixed = stage.base.kind === "image" && !fromView(stage.from)?.image.text.includes("$");
  const base = isFixed ? stage.base.reference : undefined;
  const wanted = found && needsOf(found, base, rules);
  if (!wanted || found.parts.every(({ does }) => does === "rest")) return undefined;
  const has = (work: PackageWork) => found.parts.some(({ does }) => does === work);
  const compiles = has("extensions");
  // What this step compiles itself needs its packages as well.
  const isMissed = compiles && !crosses ? () => true : missedBy(later, base);
  // Accounts of the same step are numbered behind those that come with a package.
  const numbers = namesNeeded(wanted).some(mayMakeAccounts);
  const needs = wanted.map((need) => (isMissed(need) || (numbers && need.brings.length > 0) ? whole(need) : need));
  const isInstalled = ({ name }: Need) =>
    found.parts.some(({ does, names }) => does !== "remove" && names.includes(name));
  const left = leftBehind(needs.filter(isInstalled));
  const plan = planOf(found, needs, crosses);
  const isEmpty = plan.every(({ part, names }) => names === "dropped" || ["index", "rest"].includes(part.does));
  const leans = isRefreshing(found) && leansOnIndex(later);
  const brings = crosses ? extensionFolders(invocations.map(({ call }) => call)) : [];
  const cleans = has("remove") && has("rest");
  if (isEmpty && !leans && !cleans) return { left, text: undefined, commands: [], brings };
  if (plan.every(isAsWritten) && brings.length === 0) return undefined;
  const isGone = ({ span }: Command) =>
    plan.some(({ part, names }) => names === "dropped" && part.span.start <= span.start && span.end <= part.span.end);
  const commands = script!.commands.filter((command) => !isGone(command));
  return { left, text: textOf(step, plan, source, leans), commands, brings };
}

/** What a step does with packages of the system; nothing where it does anything else. */
export function packageWork({ script, invocations }: Step): readonly PackageWork[] {
  return packageStepOf(script, invocations)?.parts.map(({ does }) => does) ?? [];
}

/** Whether a step could tell that a package is not there. */
function missedBy(steps: readonly Later[], base: string | undefined): (need: Need) => boolean {
  const calls = steps.flatMap(({ step, commands, left }) =>
    commands
      .filter((command) => command.words.length > 0 || asksShell(command, step))
      .map((command) => {
        const call = step.invocations.find((each) => each.command === command);
        return { call: call && mayLeaveAnything(call, step, base) ? undefined : call, left };
      }),
  );
  return (need) => {
    const names = absentWithout([need]);
    const isMissedBy = ({ call, left }: (typeof calls)[number]) =>
      !call || packagesSeenBy(call, names).some((name) => !left.includes(name));
    return names.length > 0 && calls.some(isMissedBy);
  };
}

/** Whether a variable is set to what a command prints. */
function asksShell({ span }: Command, { script }: Step): boolean {
  return /`|\$\(/.test(script?.source.text.slice(span.start, span.end) ?? "");
}

/** Whether a command around a project could write anywhere: what is unpacked in the root folder, or told by words that only the shell knows. */
function mayLeaveAnything(invocation: Invocation, step: Step, base: string | undefined): boolean {
  const { purpose, command } = invocation;
  if (!["files", "system"].includes(purpose) || packageWork(step).length > 0) return false;
  const { env } = step.before;
  const isOfShell = ({ literal, raw }: Word) =>
    literal === undefined &&
    (/`|\$\(/.test(raw) || [...raw.matchAll(/\$\{?(\w+)/g)].some(([, name = ""]) => env.get(name) === undefined));
  if (command.words.some(isOfShell)) return true;
  const cwd = folderAt(step, command);
  return footprintOf(invocation, { ...step.before, cwd, base })?.writes.includes("/") ?? cwd === undefined;
}

function whole(need: Need): Need {
  return { ...need, needed: [need.name] };
}

function isRefreshing({ parts }: PackageStep): boolean {
  return parts.some(({ does, refreshes }) => refreshes && does !== "install");
}

/** Whether the first of `steps` that may install packages of the system goes by an index that it does not bring up to date itself. */
function leansOnIndex(steps: readonly Later[]): boolean {
  for (const { step, commands } of steps) {
    const { script, invocations } = step;
    const parts = packageStepOf(script, invocations)?.parts;
    const first = parts?.find(({ does, refreshes }) => refreshes || does === "install" || does === "upgrade");
    if (first) return !first.refreshes;
    if (parts) continue;
    for (const command of commands.filter(({ words }) => words.length > 0)) {
      const { ecosystem, purpose } = invocations.find((each) => each.command === command) ?? {};
      if (purpose === "index") return false;
      if (ecosystem !== "files" && purpose !== "clean") return true;
    }
  }
  return false;
}

function isAsWritten({ part, names }: PlannedPart): boolean {
  return names !== "dropped" && names.every((each, at) => each.length === 1 && each[0] === part.names[at]);
}

interface PlannedPart {
  readonly part: PackagePart;
  /** What stands in the place of each of its names; empty where that is nothing. */
  readonly names: readonly (readonly string[])[] | "dropped";
}

/** What becomes of each part, each package installed once. */
function planOf(step: PackageStep, needs: readonly Need[], crosses: boolean): readonly PlannedPart[] {
  const ofParts = needsOfParts(step, needs);
  return step.parts.map((part, at) => {
    const names = ofParts[at]!.map(({ name, needed }) => (needed.includes(name) ? [name] : needed));
    const isEmpty =
      part.names.length > 0
        ? names.every((each) => each.length === 0)
        : part.does === "remove" || (crosses && part.does === "extensions");
    return { part, names: isEmpty ? "dropped" : names };
  });
}

/** The instruction as it is written, with other names, and without the parts that would do nothing. */
function textOf({ script, instruction }: Step, plan: readonly PlannedPart[], source: string, leans: boolean): string {
  const edits: Edit[] = [];
  const toFile = (span: Span) => script!.source.toSourceSpan(span);
  const kept = (at: number) => plan[at]?.names !== "dropped" || isIndex(at);
  // A script that brings the index up to date leaves that behind, where what comes next needs it.
  const isIndex = (at: number) => {
    const { part, names } = plan[at]!;
    if (names !== "dropped" || !part.refreshes || part.does !== "tools") return false;
    const next = plan.slice(at + 1).find((each) => each.names !== "dropped" && each.part.does !== "rest");
    return next ? !next.part.refreshes : leans;
  };
  const first = plan.findIndex((_, at) => kept(at));
  for (const [at, { part, names }] of plan.entries()) {
    if (isIndex(at)) edits.push(replace(toFile(part.span), "apt-get update"));
    else if (names === "dropped") {
      const span =
        at < first
          ? { start: part.span.start, end: plan[at + 1]!.part.span.start }
          : { start: plan[at - 1]!.part.span.end, end: part.span.end };
      edits.push(remove(toFile(span)));
    } else
      for (const [index, word] of part.words.entries()) {
        const text = names[index]!.join(" ");
        if (text === part.names[index]) continue;
        if (text !== "") edits.push(replace(toFile(word.span), text));
        // With what stands between it and the word before it.
        else edits.push(remove({ start: endBefore(script!, word), end: toFile(word.span).end }));
      }
  }
  const { start, end } = instruction.span;
  return applyEdits(source, [remove({ start: 0, end: start }), ...edits, remove({ start: end, end: source.length })]);
}

/** In the file, where the word before `word` ends. */
function endBefore({ commands, source }: Script, word: Word): number {
  const { words } = commands.find((command) => command.words.includes(word))!;
  return source.toSourceSpan(words[words.indexOf(word) - 1]!.span).end;
}
