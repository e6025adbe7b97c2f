/**
 * BuildKit's own parser as a judge for tests, and Docker's for image references: Engine 26's sources as Debian packages them
 * (golang-go, golang-github-docker-docker-dev, golang-github-agext-levenshtein-dev), compiled on first use.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join, resolve } from "node:path";

interface OracleHeredoc {
  readonly name: string;
  readonly expand: boolean;
  readonly chomp: boolean;
  readonly content: string;
}

export interface OracleInstruction {
  readonly keyword: string;
  /** 1-based lines. */
  readonly start: number;
  readonly end: number;
  /** The joined line, keyword and flags included. */
  readonly text: string;
  readonly flags: readonly string[];
  readonly heredocs: readonly OracleHeredoc[] | null;
  readonly json?: readonly string[];
  /** The words that BuildKit's line parser made of the arguments; for ENV and LABEL names and values in turn. */
  readonly values: readonly string[];
  /** Behind ONBUILD. Its lines are not set. */
  readonly trigger?: OracleInstruction;
}

export interface OracleAnswer {
  /** Why BuildKit refuses it. */
  readonly error?: string;
  readonly escape?: string;
  readonly instructions?: readonly OracleInstruction[];
  /** The expanded word, or the normalized name of the reference. */
  readonly result: string;
  readonly tag?: string;
  readonly digest?: string;
}

type OracleQuestion =
  | { readonly dockerfile: Uint8Array }
  | { readonly reference: string }
  | { readonly word: string; readonly env: readonly string[]; readonly escape: string };

export interface Oracle {
  /** Answers in the order of the questions. */
  ask(questions: readonly OracleQuestion[]): readonly OracleAnswer[];
}

/** From the root of the project, where scripts and tests run: both may be bundled, so `import.meta.url` says nothing. */
const program = "scripts/oracle/oracle.go";
const cache = ".cache/oracle";
const sources = "/usr/share/gocode";

/** Flags that are experimental in Engine 26 and stable in the newest frontend. */
const tags = "dfrunsecurity,dfexcludepatterns,dfparents";

/** The oracle, or undefined on a machine that lacks Go or the sources. A failing build throws. */
export function openOracle(): Oracle | undefined {
  if (!existsSync(join(sources, "src/github.com/moby/buildkit/frontend/dockerfile/parser")) || !hasGo())
    return undefined;
  const binary = build();
  return { ask: (questions) => ask(binary, questions) };
}

function hasGo(): boolean {
  return spawnSync("go", ["version"]).status === 0;
}

function build(): string {
  const hash = createHash("sha256").update(readFileSync(program)).update(tags).digest("hex").slice(0, 12);
  const binary = resolve(cache, `oracle-${hash}`);
  if (existsSync(binary)) return binary;
  mkdirSync(cache, { recursive: true });
  const fresh = `${binary}.${process.pid}`;
  execFileSync("go", ["build", "-tags", tags, "-o", fresh, program], {
    env: { ...process.env, GO111MODULE: "off", GOPATH: sources, GOFLAGS: "" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  renameSync(fresh, binary);
  return binary;
}

function ask(binary: string, questions: readonly OracleQuestion[]): readonly OracleAnswer[] {
  const input = questions.map((question) => `${JSON.stringify(encoded(question))}\n`).join("");
  const { status, stdout, stderr } = spawnSync(binary, { input, encoding: "utf8", maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`the oracle failed: ${stderr}`);
  const answers = stdout.trimEnd().split("\n");
  if (questions.length > 0 && answers.length !== questions.length)
    throw new Error("the oracle left questions unanswered");
  return questions.map((_, i) => JSON.parse(answers[i]!) as OracleAnswer);
}

/** Go reads bytes as base64. */
function encoded(question: OracleQuestion): object {
  return "dockerfile" in question ? { dockerfile: Buffer.from(question.dockerfile).toString("base64") } : question;
}
