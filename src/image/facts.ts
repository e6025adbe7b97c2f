import type { BuildContext, UseStart } from "../context/index.ts";
import { type Dockerfile, expandWord, fromView, type Instruction, pairsView } from "../dockerfile/index.ts";
import { type Invocation, type PackageAnswer, recognise } from "../ecosystems/index.ts";
import { NO_VARIABLES, parseScript, type Script, type Variables } from "../shell/index.ts";
import { mappedFrom, type Span } from "../text/index.ts";
import { baseConfigIn } from "./base-config.ts";
import { digest, isKnown, type Text, unknownText } from "./digest.ts";
import { searchedFirst } from "./paths.ts";
import { Versions } from "./scope.ts";
import { type ArgumentPolicy, Globals, StageState } from "./stage-state.ts";
import type { StepTimes } from "./step-times.ts";
import type { Base, Facts, ImageAnswer, Resolution, Shell, Stage, Step, StepState } from "./types.ts";
import { officialVariables, userOf, workdirOf } from "./workdir.ts";

export interface FactsInput {
  readonly context?: BuildContext | undefined;
  readonly digests?: ReadonlyMap<string, Resolution> | undefined;
  readonly images?: ReadonlyMap<string, ImageAnswer> | undefined;
  readonly packages?: ReadonlyMap<string, PackageAnswer> | undefined;
  readonly namedContexts?: ReadonlyMap<string, string> | undefined;
  readonly targets?: ReadonlyMap<string, string> | undefined;
  readonly starts?: readonly UseStart[] | undefined;
  readonly times?: StepTimes | undefined;
  /** Build arguments that are given. */
  readonly buildArgs?: ReadonlyMap<string, string> | undefined;
  /** Whether smaller base images are tried. */
  readonly slims?: boolean | undefined;
  /** Whether servers of fewer files are tried. */
  readonly serves?: boolean | undefined;
  /** Taken for the working directory of images whose own is not known. */
  readonly workdir?: string | undefined;
}

/** What an ARG holds: what is given, else its default, else nobody knows what. */
export function argumentPolicy(buildArgs: ReadonlyMap<string, string> | undefined): ArgumentPolicy {
  return (name, fallback) => buildArgs?.get(name) ?? fallback ?? unknownText("argument", name);
}

/** What a Dockerfile means, in one pass: stages, and the state that each step starts in. Scripts are read when they are asked for. */
export function factsOf(dockerfile: Dockerfile, input: FactsInput = {}): Facts {
  const globals = new Globals(dockerfile.escape, argumentPolicy(input.buildArgs));
  const stages: StageFacts[] = [];
  for (const instruction of dockerfile.instructions) {
    if (instruction.keyword === "FROM") stages.push(stageOf(dockerfile, instruction, stages, globals, input));
    else if (stages.length === 0) globals.declare(instruction);
    else stages.at(-1)!.take(instruction);
  }
  const { context, digests = new Map(), images = new Map(), packages = new Map() } = input;
  const {
    namedContexts = new Map(),
    targets = new Map(),
    starts = [],
    times,
    buildArgs,
    slims,
    serves,
    workdir,
  } = input;
  const asked = { digests, images, packages };
  const project = { namedContexts, targets, starts };
  return { dockerfile, stages, context, ...asked, ...project, times, buildArgs, slims, serves, workdir };
}

function stageOf(
  dockerfile: Dockerfile,
  from: Instruction,
  earlier: readonly StageFacts[],
  globals: Globals,
  { workdir: assumed, images = new Map() }: FactsInput,
): StageFacts {
  const view = fromView(from);
  const image = globals.expand(view?.image.text ?? "");
  const parent = stageNamed(earlier, image);
  if (parent) {
    const state = parent.state.child();
    const triggers = parent.steps.flatMap(({ instruction }) => instruction.trigger ?? []);
    for (const trigger of triggers) state.apply(trigger);
    const base: Base = { kind: "stage", index: parent.index };
    const stage = new StageFacts(dockerfile, from, earlier.length, base, state, parent.fixed.entries());
    for (const trigger of triggers) fix(trigger, stage.fixed);
    return stage;
  }
  const isScratch = image === "scratch";
  const base: Base = isScratch ? { kind: "scratch" } : { kind: "image", reference: isKnown(image) ? image : undefined };
  const origin = {
    image: isScratch ? undefined : image,
    key: digest("image", image),
    workdir: workdirOf(image, assumed),
    user: userOf(image, assumed),
    config: baseConfigIn(images, image),
  };
  const state = new StageState(origin, globals, dockerfile.escape);
  const fixed = view?.image.text.includes("$") ? [] : officialVariables(isScratch ? undefined : image);
  return new StageFacts(dockerfile, from, earlier.length, base, state, fixed);
}

/** The last stage before that bears the name; BuildKit compares names in lower case. */
export function stageNamed<S extends { readonly name: string | undefined }>(
  stages: readonly S[],
  name: string,
): S | undefined {
  return stages.findLast((stage) => stage.name === name.toLowerCase());
}

class StageFacts implements Stage {
  readonly index: number;
  readonly name: string | undefined;
  readonly from: Instruction;
  readonly base: Base;
  readonly steps: Step[] = [];
  readonly state: StageState;
  readonly #dockerfile: Dockerfile;
  #now: StepState;
  /** What ENV sets, or an official image, that no build argument has a say in. */
  readonly fixed: Versions;

  constructor(
    dockerfile: Dockerfile,
    from: Instruction,
    index: number,
    base: Base,
    state: StageState,
    fixed: Iterable<readonly [string, Text]>,
  ) {
    this.#dockerfile = dockerfile;
    this.from = from;
    this.index = index;
    this.name = fromView(from)?.alias?.text.toLowerCase();
    this.base = base;
    this.state = state;
    this.#now = snapshot(state);
    this.fixed = new Versions(fixed);
  }

  get after(): StepState {
    return this.#now;
  }

  take(instruction: Instruction): void {
    this.steps.push(
      new StepFacts(this.#dockerfile.source, this, this.steps.length, instruction, this.#now, this.fixed.view()),
    );
    this.state.apply(instruction);
    fix(instruction, this.fixed);
    if (CHANGING.has(instruction.keyword)) this.#now = snapshot(this.state);
  }
}

/** What an ENV sets, until there is an ARG of that name; what is made of other variables is not known. */
function fix(instruction: Instruction, fixed: Versions): void {
  if (instruction.keyword === "ARG")
    for (const { name } of pairsView(instruction)) fixed.set(name.text, unknownText("variable", name.text));
  if (instruction.keyword !== "ENV") return;
  const before = fixed.view();
  for (const { name, value } of pairsView(instruction)) {
    const text = value && expandWord(value.text, (other) => before.get(other), instruction.escape);
    fixed.set(name.text, text ?? unknownText("variable", name.text));
  }
}

const CHANGING: ReadonlySet<string> = new Set(["ENV", "ARG", "WORKDIR", "USER", "SHELL"]);

function snapshot({ cwd, user, shell, scope }: StageState): StepState {
  const known = (text: string) => (isKnown(text) ? text : undefined);
  return {
    cwd: known(cwd),
    user: known(user),
    shell,
    env: scope.view(),
    searched: searchedFirst(scope.lookup("PATH")),
  };
}

class StepFacts implements Step {
  readonly stage: Stage;
  readonly index: number;
  readonly instruction: Instruction;
  readonly before: StepState;
  readonly fixed: Variables;
  readonly #source: string;
  #script: Script | undefined;
  #invocations: readonly Invocation[] | undefined;

  constructor(
    source: string,
    stage: Stage,
    index: number,
    instruction: Instruction,
    before: StepState,
    fixed: Variables,
  ) {
    this.#source = source;
    this.stage = stage;
    this.index = index;
    this.instruction = instruction;
    this.before = before;
    this.fixed = fixed;
  }

  get script(): Script | undefined {
    this.#script ??= scriptOf(this.#source, this.instruction, this.before.shell, this.fixed);
    return this.#script;
  }

  get invocations(): readonly Invocation[] {
    this.#invocations ??= this.script?.commands.flatMap((command) => recognise(command) ?? []) ?? [];
    return this.#invocations;
  }
}

/**
 * The script that the shell gets from a RUN: its text; the body of its only heredoc; or text and heredocs, as they stand. Undefined for
 * exec form, and for a heredoc with a shebang, which another program reads. BuildKit, dockerfile2llb/convert.go, dispatchRun.
 */
export function scriptOf(
  source: string,
  instruction: Instruction,
  shell: Shell,
  fixed: Variables = NO_VARIABLES,
): Script | undefined {
  if (instruction.keyword !== "RUN" || instruction.json) return undefined;
  const { args, heredocs } = instruction;
  const [only] = heredocs;
  if (!only) return parseScript(args, shell.dialect, shell.options, fixed);
  if (/^\s*<<-?\s*["']?[^\s"'<>|;&]+["']?\s*$/.test(args.text)) {
    if (only.content.startsWith("#!")) return undefined;
    const body = mappedFrom(source, bodyPieces(source, only.body, only.chomp));
    return parseScript(body, shell.dialect, shell.options, fixed);
  }
  const pieces = [args.toSourceSpan({ start: 0, end: args.text.length })];
  for (const heredoc of heredocs) pieces.push(heredoc.body, heredoc.terminator);
  if (source.slice(pieces[0]!.start, pieces[0]!.end) !== args.text) {
    return { ...parseScript(args, "unknown", shell.options), unknown: "a heredoc behind continued lines" };
  }
  return parseScript(mappedFrom(source, withLineEnds(source, pieces)), shell.dialect, shell.options, fixed);
}

/** The lines of a heredoc's body, `<<-` without their leading tabs. */
function bodyPieces(source: string, body: Span, chomp: boolean): Span[] {
  if (!chomp) return [body];
  const pieces: Span[] = [];
  for (let at = body.start; at < body.end; ) {
    const newline = source.indexOf("\n", at);
    const end = newline < 0 ? body.end : Math.min(newline + 1, body.end);
    let start = at;
    while (start < end && source[start] === "\t") start++;
    pieces.push({ start, end });
    at = end;
  }
  return pieces;
}

/** The first piece with the line end that follows it in the file. */
function withLineEnds(source: string, [first, ...rest]: readonly Span[]): Span[] {
  const end = source.indexOf("\n", first!.end) + 1;
  return [{ start: first!.start, end: end > 0 ? end : first!.end }, ...rest];
}
