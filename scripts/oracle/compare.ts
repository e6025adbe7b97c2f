import { isDeepStrictEqual } from "node:util";
import { type Dockerfile, type Instruction, pairsView, parseDockerfile } from "../../src/dockerfile/index.ts";
import type { OracleAnswer, OracleInstruction } from "./index.ts";

/** How our reading of a file compares with BuildKit's. */
export type Comparison =
  | { readonly result: "same" | "both refuse" }
  /** Not compared: versions of BuildKit differ about it, or it needs a newer one than the oracle. */
  | { readonly result: "known"; readonly why: string }
  | { readonly result: "different"; readonly what: string };

/** Flags that the newest stable frontend takes and the oracle does not know. */
const newer = /unknown flag: (device|unpack)\b/;

export function compare(ours: Dockerfile, theirs: OracleAnswer): Comparison {
  const drift = ours.problems.find(({ code }) => code === "drift");
  if (drift) return { result: "known", why: drift.message };
  const newerFlag = newer.exec(theirs.error ?? "");
  if (newerFlag) return { result: "known", why: `--${newerFlag[1]} is newer than the oracle` };
  const refusal = ours.problems.find(({ code }) => code === "syntax");
  if (theirs.error !== undefined) {
    return refusal ? { result: "both refuse" } : { result: "different", what: `BuildKit refuses: ${theirs.error}` };
  }
  if (refusal) return { result: "different", what: `only we refuse: ${refusal.message}` };
  if (ours.escape !== theirs.escape) return { result: "different", what: `the escape character is ${theirs.escape}` };
  return compareInstructions(ours, theirs.instructions ?? []);
}

function compareInstructions(ours: Dockerfile, theirs: readonly OracleInstruction[]): Comparison {
  for (let i = 0; i < Math.max(ours.instructions.length, theirs.length); i++) {
    const [mine, other] = [ours.instructions[i], theirs[i]];
    const [seen, expected] = [mine && described(ours, mine), other && normalized(other)];
    const textAgrees = mine !== undefined && other?.text.includes(visible(mine.args.text));
    if (isDeepStrictEqual(seen, expected) && textAgrees) continue;
    return {
      result: "different",
      what: `${JSON.stringify(seen)} should be ${JSON.stringify(expected)} (${other?.text})`,
    };
  }
  return { result: "same" };
}

interface Described extends Omit<OracleInstruction, "text" | "trigger"> {
  readonly trigger?: Described;
}

function normalized({ text: _, trigger, heredocs, values, ...rest }: OracleInstruction): Described {
  return {
    ...rest,
    heredocs: heredocs ?? [],
    values: rest.keyword === "ONBUILD" ? [] : values,
    // BuildKit takes any word for the instruction behind ONBUILD.
    ...(trigger && isKeyword(trigger.keyword) ? { trigger: normalized(trigger) } : {}),
  };
}

function described({ lines }: Dockerfile, instruction: Instruction): Described {
  const { heredocs } = instruction;
  return {
    ...content(instruction),
    start: lines.lineOf(instruction.lines.start) + 1,
    end: lines.lineOf(instruction.lines.end - 1) + 1,
    heredocs: heredocs.map(({ name, expand, chomp, content }) => ({ name, expand, chomp, content: visible(content) })),
  };
}

function content(instruction: Instruction): Described {
  const { keyword, flags, json, trigger } = instruction;
  return {
    keyword,
    start: 0,
    end: 0,
    flags: flags.map(({ name, value }) => visible(`--${name}${value === undefined ? "" : `=${value}`}`)),
    heredocs: [],
    values: valuesOf(instruction).map(visible),
    ...(json ? { json: json.map(({ value }) => value) } : {}),
    ...(trigger ? { trigger: content(trigger) } : {}),
  };
}

/** The words that BuildKit's line parsers make of an instruction's arguments. */
function valuesOf(instruction: Instruction): readonly string[] {
  const { keyword, args, json } = instruction;
  const { text } = args;
  const strings = json?.map(({ value }) => value);
  if (text === "" || keyword === "ONBUILD") return [];
  switch (keyword) {
    case "ENV":
    case "LABEL":
      return pairsView(instruction).flatMap(({ name, value }) => [name.text, value?.text ?? ""]);
    case "ARG":
      return pairsView(instruction).map(({ name, value }) => name.text + (value ? `=${value.text}` : ""));
    case "HEALTHCHECK": {
      const [, type = "", rest] = /^([^\t-\r ]+)(?:[\t-\r ]+(.*))?$/s.exec(text) ?? [];
      return [type, ...(strings ?? (rest === undefined ? [] : [rest]))];
    }
    case "FROM":
    case "EXPOSE":
    case "COPY":
    case "ADD":
    case "VOLUME":
      return strings ?? text.split(/[\t\v\f\r ]+/);
    default:
      return strings ?? [text];
  }
}

function isKeyword(name: string): boolean {
  return parseDockerfile(name).instructions[0]?.keyword === name;
}

/** Invalid bytes as Go's JSON shows them. */
function visible(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
