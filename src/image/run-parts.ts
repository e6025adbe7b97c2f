/** A RUN that does several things, in parts that are as good as RUNs of their own. */
import { type Invocation, packageStepOf, recognise, tellsDebconf } from "../ecosystems/index.ts";
import {
  type Command,
  type Escape,
  escapesOf,
  type Pipeline,
  parseScript,
  pipelinesOf,
  type Script,
} from "../shell/index.ts";
import type { Span } from "../text/index.ts";

export interface RunPart {
  readonly script: Script;
  readonly invocations: readonly Invocation[];
  /** In the text of the whole script. */
  readonly span: Span;
}

/**
 * The parts of a script, `&&` between them; `isOne` says whether one more pipeline goes with those of a part. Empty for a script of one part,
 * and where one leaves something in its shell or its container that the next could notice.
 */
export function partsBy(
  script: Script,
  isOne: (part: readonly Pipeline[], next: Pipeline) => boolean,
): readonly RunPart[] {
  const groups: Pipeline[][] = [];
  for (const next of pipelinesOf(script) ?? []) {
    const last = groups.at(-1);
    if (last && isOne(last, next)) last.push(next);
    else groups.push([next]);
  }
  const parts = groups.map((group) => partOf(script, group));
  return parts.length > 1 && areApart(parts, script) ? parts : [];
}

const known = new WeakMap<Script, readonly RunPart[]>();

/** Those that do nothing but look after packages of the system, and the others. */
export function packageParts(script: Script): readonly RunPart[] {
  const areOfPackages = (pipelines: readonly Pipeline[]) => isOfPackages(partOf(script, pipelines));
  const found =
    known.get(script) ??
    partsBy(script, (part, next) => areOfPackages([...part, next]) || (!areOfPackages(part) && !areOfPackages([next])));
  known.set(script, found);
  return found;
}

function partOf({ source, dialect, options, variables }: Script, pipelines: readonly Pipeline[]): RunPart {
  const span = { start: pipelines[0]!.span.start, end: pipelines.at(-1)!.span.end };
  const script = parseScript(source.slice(span.start, span.end), dialect, options, variables);
  return { script, invocations: script.commands.flatMap((command) => recognise(command) ?? []), span };
}

/** What only cleans up, `npm cache clean`, does so behind whatever stands before it. */
function isOfPackages({ script, invocations }: RunPart): boolean {
  const step = packageStepOf(script, invocations);
  const isCleanup = invocations.every(({ purpose }) => purpose === "clean");
  return step !== undefined && (!isCleanup || step.parts.some(({ does }) => does === "remove"));
}

function areApart(parts: readonly RunPart[], { source }: Script): boolean {
  return parts.slice(1).every(({ span }, at) => {
    const before = parts[at]!;
    const between = source.text.slice(before.span.end, span.start);
    // Package managers of the system work wherever they are called.
    const isAnywhere = parts.slice(at + 1).every(isOfPackages);
    const escapes = escapesOf(before.script).filter(({ kind }) => kind !== "cwd" || !isAnywhere);
    return /^\s*&&\s*$/.test(between) && escapes.every((each) => isOfBuild(each, before.script));
  });
}

/** What makes no difference to commands that succeed and ask nobody. */
function isOfBuild({ span }: Escape, { commands }: Script): boolean {
  const command = commands.find((each) => each.span.start === span.start);
  return command !== undefined && SETTINGS.some((isSetting) => isSetting(command));
}

const SETTINGS: readonly ((command: Command) => boolean)[] = [
  ({ name, words }) => name === "set" && words.slice(1).every(({ raw }) => /^(-[euxo]+|pipefail|errexit)$/.test(raw)),
  ({ name, words }) => name === "export" && words.slice(1).every(tellsDebconf),
];
