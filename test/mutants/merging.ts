/** Broken ways to join RUNs. */
import type { Facts, Step } from "../../src/image/index.ts";
import { escapesOf } from "../../src/shell/index.ts";
import { sliceOf } from "../../src/text/index.ts";

export type Rewrite = (facts: Facts) => string | undefined;

interface Rules {
  /** Two scripts into what follows `RUN `; undefined where even this mutant would not. */
  join(first: string, second: string): string | undefined;
  /** Passes over what no subshell holds back, as the real transform does: the mutant's mistake is another one. */
  readonly careful?: boolean;
  /** Keywords that may stand between; they are put before the joined RUN. */
  readonly over?: readonly string[];
  /** Flags are kept from the first RUN, or lost, whether or not they are the same. */
  readonly flags?: "same" | "first" | "none";
}

/** Joins the first two RUNs that the rules let it join. */
export function joining({ join, careful = false, over = [], flags = "same" }: Rules): Rewrite {
  return (facts) => {
    const { source } = facts.dockerfile;
    for (const { steps } of facts.stages) {
      for (const [index, first] of steps.entries()) {
        const next = steps.findIndex((step, at) => at > index && !over.includes(step.instruction.keyword));
        const second = steps[next];
        if (!second || !isScript(first) || !isScript(second)) continue;
        const own = flagsOf(source, first);
        if (flags === "same" && own !== flagsOf(source, second)) continue;
        if (
          careful &&
          (own.includes("tmpfs") || failsEarly(first) || escapesOf(first.script!).some(({ isolable }) => !isolable))
        )
          continue;
        const joined = join(textOf(first), textOf(second));
        if (joined === undefined) continue;
        const between = steps.slice(index + 1, next).map(({ instruction }) => `${sliceOf(source, instruction.span)}\n`);
        const { start } = first.instruction.span;
        const { end } = second.instruction.span;
        return `${source.slice(0, start)}${between.join("")}RUN ${flags === "none" ? "" : own}${joined}${source.slice(end)}`;
      }
    }
    return undefined;
  };
}

function isScript({ instruction, script }: Step): boolean {
  return instruction.heredocs.length === 0 && script !== undefined && script.unknown === undefined;
}

/** Under `set -e`, which the left side of `&&` ignores, in a subshell as well. */
function failsEarly({ script }: Step): boolean {
  return script!.options.errexit || /\bset -e/.test(script!.source.text);
}

function textOf({ script }: Step): string {
  return script!.source.text.trim();
}

function flagsOf(source: string, { instruction }: Step): string {
  return instruction.flags.map(({ span }) => `${sliceOf(source, span)} `).join("");
}

/** What a careful `&&` join looks at: nothing that would not parse. */
const parses = (first: string) => !/[;&]$|#/.test(first);

/** Isolates both, so that only what the mutant does wrong besides is left. */
const isolated = (first: string, second: string) =>
  /#/.test(first + second) ? undefined : `( ${first} ) && ( ${second} )`;

/** The same join without a mistake: it must not be caught. */
export const CONTROL: Rewrite = joining({ join: isolated, careful: true });

export const JOINS: Readonly<Record<string, Rewrite>> = {
  "joins with && and nothing else": joining({ join: (a, b) => (parses(a) ? `${a} && ${b}` : undefined) }),
  "joins with ;": joining({ careful: true, join: (a, b) => (parses(a) ? `${a}; ${b}` : undefined) }),
  "joins with ||": joining({ careful: true, join: (a, b) => (parses(a) ? `( ${a} ) || ( ${b} )` : undefined) }),
  "joins with && behind a comment": joining({
    careful: true,
    join: (a, b) => (/#/.test(a) ? `${a} && ${b}` : undefined),
  }),
  "joins with && and braces instead of subshells": joining({
    careful: true,
    join: (a, b) => (parses(a) && parses(b) ? `{ ${a}; } && { ${b}; }` : undefined),
  }),
  "isolates the second instead of the first": joining({
    careful: true,
    join: (a, b) => (parses(a) ? `${a} && ( ${b} )` : undefined),
  }),
  "isolates both, but joins with ;": joining({
    careful: true,
    join: (a, b) => (/#/.test(a + b) ? undefined : `( ${a} ); ( ${b} )`),
  }),
  "isolates background jobs as if a subshell ended them": joining({ join: isolated }),
  "isolates set -e as if && heeded it": joining({
    join: (a, b) => (/set -e/.test(a) && !/[&#]/.test(a) ? isolated(a, b) : undefined),
  }),
  "runs the second first": joining({ careful: true, join: (a, b) => isolated(b, a) }),
  "drops the second": joining({ careful: true, join: (a) => a }),
  "drops the first": joining({ careful: true, join: (_, b) => b }),
  "joins as lines of a heredoc without set -e": joining({ join: (a, b) => `<<EOF\n${a}\n${b}\nEOF` }),
  "joins as lines of a heredoc under set -e": joining({ join: (a, b) => `<<EOF\nset -e\n${a}\n${b}\nEOF` }),
  "joins isolated lines of a heredoc without set -e": joining({
    careful: true,
    join: (a, b) => `<<EOF\n(\n${a}\n)\n(\n${b}\n)\nEOF`,
  }),
  "puts set -e into the subshells": joining({
    careful: true,
    join: (a, b) => (/#/.test(a + b) ? undefined : `( set -e; ${a} ) && ( set -e; ${b} )`),
  }),
  "quotes the scripts for sh -c": joining({
    careful: true,
    join: (a, b) => (/'|#/.test(a + b) ? undefined : `sh -c '${a}' && ( ${b} )`),
  }),
  "lets failures of the first pass": joining({
    careful: true,
    join: (a, b) => (/#/.test(a + b) ? undefined : `( ${a} || true ) && ( ${b} )`),
  }),
  "keeps the first RUN's flags for both": joining({ join: isolated, careful: true, flags: "first" }),
  "loses flags": joining({ join: isolated, careful: true, flags: "none" }),
  "joins over ENV": joining({ join: isolated, careful: true, over: ["ENV"] }),
  "joins over ARG": joining({ join: isolated, careful: true, over: ["ARG"] }),
  "joins over USER": joining({ join: isolated, careful: true, over: ["USER"] }),
  "joins over WORKDIR": joining({ join: isolated, careful: true, over: ["WORKDIR"] }),
  "joins over SHELL": joining({
    careful: true,
    join: (a, b) => (parses(a) ? `( ${a} ) && ( ${b} )` : undefined),
    over: ["SHELL"],
  }),
  "joins over COPY": joining({ join: isolated, careful: true, over: ["COPY", "ADD"] }),
};
