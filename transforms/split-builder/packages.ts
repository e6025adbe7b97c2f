/** Steps that install packages of the system: which of them the runtime stage does without. */
import {
  absentWithout,
  applyEdits,
  type Edit,
  fromView,
  isForBuilds,
  leftBehind,
  mayMakeAccounts,
  type Need,
  namesNeeded,
  needsOf,
  type PackageStep,
  packageStepOf,
  packagesSeenBy,
  remove,
  replace,
  type Step,
  type Word,
} from "../../src/transform/index.ts";

/** What the runtime stage runs in the place of a step. */
export interface Reduced {
  /** Packages that stay in the builder stage. */
  readonly left: readonly string[];
  /** The instruction with what the container needs alone; undefined where that is nothing. */
  readonly text: string | undefined;
}

/** Whether a step installs compilers and their like. */
export function installsForBuilds({ script, invocations }: Step): boolean {
  const words = packageStepOf(script, invocations)?.installs.flat() ?? [];
  return words.some(({ literal }) => literal !== undefined && isForBuilds(literal));
}

/**
 * What the runtime stage needs of `step`; undefined where that is all of it, or not known. What one of the steps behind it that the runtime
 * stage runs as well, `later`, may call stays.
 */
export function reducedStep(
  step: Step,
  later: readonly Step[],
  source: string,
  isCalled: (program: string) => boolean,
): Reduced | undefined {
  const { script, invocations, stage } = step;
  const found = packageStepOf(script, invocations);
  // Names that depend on the release are for the release that the file names, and `--build-arg` may name another one.
  const isFixed = stage.base.kind === "image" && !fromView(stage.from)?.image.text.includes("$");
  const base = isFixed ? stage.base.reference : undefined;
  const wanted = found && needsOf(found, base, isCalled);
  if (!wanted) return undefined;
  const isMissed = missedBy(later);
  // Accounts of the same step are numbered behind those that come with a package.
  const numbers = namesNeeded(wanted).some(mayMakeAccounts);
  const needs = wanted.map((need) => (isMissed(need) || (numbers && need.brings.length > 0) ? whole(need) : need));
  const left = leftBehind(needs);
  if (left.length === 0) return undefined;
  if (namesNeeded(needs).length === 0 && !found.upgrades) return { left, text: undefined };
  const text = textOf(step, found, needs, source);
  return text === undefined ? undefined : { left, text };
}

/** Whether a step could tell that a package is not there. */
function missedBy(steps: readonly Step[]): (need: Need) => boolean {
  const calls = steps.flatMap(({ script, invocations }) =>
    (script?.commands ?? [])
      .filter(({ words }) => words.length > 0)
      .map((command) => invocations.find((each) => each.command === command)),
  );
  return (need) => {
    const names = absentWithout([need]);
    return names.length > 0 && calls.some((call) => !call || packagesSeenBy(call, names).length > 0);
  };
}

function whole(need: Need): Need {
  return { ...need, needed: [need.name] };
}

/** The instruction as it is written, with other names. Undefined where one of its commands would install nothing. */
function textOf(step: Step, { installs }: PackageStep, needs: readonly Need[], source: string): string | undefined {
  const { script, instruction } = step;
  const said = new Set(needs.flatMap(({ name, needed }) => (needed.includes(name) ? [name] : [])));
  const edits: Edit[] = [];
  const waiting = [...needs];
  for (const words of installs) {
    let isEmpty = true;
    for (const word of words) {
      const { name, needed } = waiting.shift()!;
      if (needed.includes(name)) {
        isEmpty = false;
        continue;
      }
      const names = needed.filter((each) => !said.has(each));
      for (const each of names) said.add(each);
      const span = script!.source.toSourceSpan(word.span);
      if (names.length > 0) edits.push(replace(span, names.join(" ")));
      // With what stands between it and the word before it.
      else edits.push(remove({ start: endBefore(step, word), end: span.end }));
      isEmpty &&= names.length === 0;
    }
    if (isEmpty) return undefined;
  }
  const { start, end } = instruction.span;
  return applyEdits(source, [remove({ start: 0, end: start }), ...edits, remove({ start: end, end: source.length })]);
}

/** In the file, where the word before `word` ends. */
function endBefore({ script }: Step, word: Word): number {
  const { words } = script!.commands.find((command) => command.words.includes(word))!;
  const before = words[words.indexOf(word) - 1]!;
  return script!.source.toSourceSpan(before.span).end;
}
