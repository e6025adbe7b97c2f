/** A makefile that says all by variables and rules. One with conditionals, other files or functions of its own is not read. */
import { unknown } from "../../context/index.ts";

/** Stands in expanded text for what only make knows: the output of a command, a list of files. */
export const HOLE = "\0";

export interface Rule {
  readonly prerequisites: readonly string[];
  /** Commands as written, without the characters in front that make takes for itself. */
  readonly recipe: readonly string[];
}

export interface Makefile {
  /** By target; `%` in patterns, and for targets that only make knows. */
  readonly rules: ReadonlyMap<string, Rule>;
  /** The first target that is no special one and no pattern. */
  readonly goal: string | undefined;
  /** Text with variables replaced, with holes; `automatic` are those of a rule. */
  expand(text: string, automatic?: ReadonlyMap<string, string>): string;
}

const FURTHER =
  /^\s*-?(include|sinclude|ifeq|ifneq|ifdef|ifndef|else|endif|define|endef|vpath|load|override|undefine)\b/;
const ASSIGNMENT = /^\s*(?:export\s+)?([\w.-]+)\s*(:::?=|::?=|[?+!]?=)\s*(.*)$/;

/** Variables that make sets itself (GNU make's manual, Implicit Variables). */
const BUILT_IN = { CC: "cc", CXX: "g++", AR: "ar", RM: "rm -f", ARFLAGS: "rv", MAKE: "make" };

type Variables = ReadonlyMap<string, string>;

/** `given` are set on the command line and win; `env` loses to the file. */
export function readMakefile(text: string, given: Variables, env: Variables): Makefile | { readonly unknown: string } {
  const variables = new Map<string, string>([...Object.entries(BUILT_IN), ...env]);
  const rules = new Map<string, { prerequisites: string[]; recipe: string[] }>();
  let goal: string | undefined;
  let open: { prerequisites: string[]; recipe: string[] }[] = [];
  const expand = (raw: string, automatic?: Variables) =>
    expanded(raw, (name) => automatic?.get(name) ?? given.get(name) ?? variables.get(name) ?? "");
  for (const line of text.replace(/\\\r?\n[ \t]*/g, " ").split(/\r?\n/)) {
    if (line.startsWith("\t")) {
      const command = line.trim().replace(/^[@+-]+\s*/, "");
      if (command !== "" && !command.startsWith("#")) for (const rule of open) rule.recipe.push(command);
      continue;
    }
    const said = line.replace(/(^|\s)#.*$/, "");
    if (said.trim() === "" || /^\s*(un)?export\b[^=]*$/.test(said)) continue;
    if (FURTHER.test(said)) return unknown(`the makefile says \`${said.trim()}\``);
    const [, name, operator, value = ""] = ASSIGNMENT.exec(said) ?? [];
    if (name !== undefined) {
      if (operator === "?=" && variables.has(name)) continue;
      const before = operator === "+=" && variables.has(name) ? `${variables.get(name)} ` : "";
      // A value is looked up where it is used, unless the operator has a colon.
      const isSimple = operator?.includes(":") ?? false;
      variables.set(name, operator === "!=" ? HOLE : isSimple ? expand(value).replaceAll("$", "$$$$") : before + value);
      continue;
    }
    const [, targets, rest = ""] = /^([^:]+)::?(.*)$/.exec(said) ?? [];
    if (targets === undefined || ASSIGNMENT.test(rest)) return unknown(`the makefile says \`${said.trim()}\``);
    const [needs = "", command] = rest.split(/;(.*)/s);
    const names = wordsOf(expand(targets));
    // The recipe of a static pattern rule is one for all of its targets.
    const isStatic = needs.includes(":");
    const prerequisites = isStatic ? [] : wordsOf(expand(needs.replace("|", " ")));
    open = (isStatic || names.some((target) => target.includes(HOLE)) ? [`%${rules.size}`] : names).map((target) => {
      const rule = rules.get(target) ?? { prerequisites: [], recipe: [] };
      rule.prerequisites.push(...prerequisites);
      if (command !== undefined) rule.recipe.push(command.trim());
      rules.set(target, rule);
      if (!/^\.[^/]|%/.test(target)) goal ??= target;
      return rule;
    });
  }
  return { rules, goal, expand };
}

export function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** Replaces `$(NAME)`, `${NAME}`, `$X` and `$(NAME:.c=.o)`; all other functions leave a hole. */
function expanded(raw: string, lookUp: (name: string) => string, depth = 0): string {
  if (depth > 20) return HOLE;
  let result = "";
  for (let at = 0; at < raw.length; at++) {
    const next = raw[at] === "$" ? (raw[++at] ?? "") : undefined;
    if (next === undefined || next === "$") {
      result += raw[at] ?? "$";
      continue;
    }
    const inner = next === "(" || next === "{" ? raw.slice(at + 1, closingOf(raw, at)) : next;
    if (inner !== next) at += inner.length + 1;
    const [, name, from, to = ""] = /^([\w.@<^*+?-]+?)(?::([^=]*)=(.*))?$/.exec(inner) ?? [];
    const text = name === undefined ? HOLE : expanded(lookUp(name), lookUp, depth + 1);
    result += from === undefined ? text : substituted(text, from, to);
  }
  return result;
}

/** Where the bracket at `start` ends. */
function closingOf(raw: string, start: number): number {
  const [opening, closing] = raw[start] === "(" ? ["(", ")"] : ["{", "}"];
  let depth = 0;
  for (let at = start; at < raw.length; at++) {
    if (raw[at] === opening) depth++;
    else if (raw[at] === closing && --depth === 0) return at;
  }
  return raw.length;
}

function substituted(words: string, from: string, to: string): string {
  const [head, tail] = from.includes("%") ? (from.split("%") as [string, string]) : ["", from];
  const [newHead, newTail] = to.includes("%") ? (to.split("%") as [string, string]) : ["", to];
  return words
    .split(/\s+/)
    .map((word) =>
      word.startsWith(head) && word.endsWith(tail)
        ? `${newHead}${word.slice(head.length, word.length - tail.length)}${newTail}`
        : word,
    )
    .join(" ");
}
