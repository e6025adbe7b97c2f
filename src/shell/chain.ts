import type { Span } from "../text/index.ts";
import { has, treeOf } from "./tree.ts";
import type { Command, Script } from "./types.ts";

/** A script that is nothing but simple commands, one after the other, of which none runs after one that failed. */
export interface Sequence {
  readonly commands: readonly Command[];
  /** `;` stands for line ends as well; then `set -e` is on. */
  readonly separator: "&&" | ";";
}

/** `a && b && c`, or `set -e; a; b`; undefined for any other script. */
export function sequenceOf(script: Script): Sequence | undefined {
  const chain = joinedBy(script, /^\s*&&\s*$/);
  if (chain) return { commands: chain, separator: "&&" };
  const lines = joinedBy(script, /^[^\S\n]*(;|\n)(\s|#.*)*$/);
  return lines && stopsAtFailures(script, lines) ? { commands: lines, separator: ";" } : undefined;
}

/** Commands joined by `|`, or one alone. */
export interface Pipeline {
  readonly commands: readonly Command[];
  readonly span: Span;
}

/** The pipelines of a script that is nothing but those, one after the other; undefined for any other script. */
export function pipelinesOf(script: Script): readonly Pipeline[] | undefined {
  if (script.unknown !== undefined) return undefined;
  const { text } = script.source;
  const pipelines: Pipeline[] = [];
  let end = 0;
  for (const command of script.commands) {
    if (command.span.start < end) continue;
    const between = text.slice(end, command.span.start);
    const before = pipelines.at(-1);
    const isPiped = before !== undefined && /^\s*\|\s*$/.test(between);
    const isNext = before === undefined ? /^(\s|#.*\n)*$/.test(between) : /^\s*(&&|;|\n)(\s|#.*\n)*$/.test(between);
    if ((!isPiped && !isNext) || !command.unconditional) return undefined;
    if (isPiped)
      pipelines[pipelines.length - 1] = {
        commands: [...before.commands, command],
        span: { start: before.span.start, end: command.span.end },
      };
    else pipelines.push({ commands: [command], span: command.span });
    end = command.span.end;
  }
  return /^\s*;?(\s|#.*)*$/.test(text.slice(end)) ? pipelines : undefined;
}

/** The commands of a script that is nothing but `a && b && c`, simple commands all; undefined for any other. */
export function chainOf(script: Script): readonly Command[] | undefined {
  return joinedBy(script, /^\s*&&\s*$/);
}

function joinedBy(script: Script, link: RegExp): readonly Command[] | undefined {
  if (script.unknown !== undefined) return undefined;
  const { text } = script.source;
  const chain: Command[] = [];
  let end = 0;
  for (const command of script.commands) {
    // Commands of a substitution lie inside the command before.
    if (command.span.start < end) continue;
    const between = text.slice(end, command.span.start);
    const isLink = chain.length === 0 ? /^(\s|#.*\n)*$/.test(between) : link.test(between);
    if (!isLink || !command.inMainShell || !command.unconditional) return undefined;
    chain.push(command);
    end = command.span.end;
  }
  return chain.length > 0 && /^\s*;?(\s|#.*)*$/.test(text.slice(end)) ? chain : undefined;
}

/** Whether `set -e` is on from the start and stays on. */
function stopsAtFailures({ options }: Script, commands: readonly Command[]): boolean {
  const sets = commands.filter(({ name }) => name === "set");
  const turnsOn = ({ words }: Command) =>
    words.slice(1).every(({ literal }) => /^(-[a-z]+|pipefail|errexit)$/.test(literal ?? "")) &&
    words.some(
      ({ literal }, index) =>
        /^-[a-df-z]*e/.test(literal ?? "") || (literal === "errexit" && words[index - 1]?.literal === "-o"),
    );
  const stays = sets.every(
    ({ words }) => !words.some(({ literal }) => literal === undefined || literal.startsWith("+")),
  );
  const [first] = commands;
  return stays && (options.errexit || (first?.name === "set" && turnsOn(first)));
}

/** What reads or writes files without a command's doing, or runs one an unknown number of times. */
const OTHERS = ["For", "Select", "ArithmeticFor", "While", "Case", "Function", "Coproc", "TestCommand", "Redirected"];

/** Whether all that a script does is done by simple commands, each at most once, none in the background. */
export function isOfCommands({ source, unknown }: Script): boolean {
  return (
    unknown === undefined &&
    !has(
      treeOf(source.text),
      (node) => OTHERS.includes(node.type) || (node.type === "Statement" && node.background === true),
    )
  );
}
