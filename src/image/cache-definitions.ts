/**
 * What a step does, apart from what it takes from elsewhere: the part of its key in BuildKit's cache that the Dockerfile and the build
 * arguments decide (frontend/dockerfile/dockerfile2llb/convert.go, solver/llbsolver/ops/exec.go and file.go). A RUN has all of its
 * environment in it, used or not, build arguments too once an ARG declares them; a COPY only what its own words say. What proxies it is
 * told of is left out, as is everything that only changes the image's configuration.
 */
import {
  copyView,
  type Dockerfile,
  fromView,
  type Instruction,
  type MountOption,
  mountsOf,
} from "../dockerfile/index.ts";
import { digest, type Text } from "./digest.ts";
import { stageNamed } from "./facts.ts";
import { absolute } from "./paths.ts";
import { type ArgumentPolicy, Globals, StageState } from "./stage-state.ts";

export interface StageDefinition {
  readonly name: string | undefined;
  /** What it is built on, platform included. */
  readonly base: Text;
  /** Of the triggers that the stage inherits, then of its own instructions; undefined for what is no step. */
  readonly steps: readonly (Text | undefined)[];
}

/** `policy` says what an ARG holds. */
export function definitionsOf(dockerfile: Dockerfile, policy: ArgumentPolicy): readonly StageDefinition[] {
  const globals = new Globals(dockerfile.escape, policy);
  const stages: StageReader[] = [];
  for (const instruction of dockerfile.instructions) {
    if (instruction.keyword === "FROM") stages.push(new StageReader(instruction, stages, globals, dockerfile.escape));
    else if (stages.length === 0) globals.declare(instruction);
    else stages.at(-1)!.take(instruction);
  }
  return stages;
}

class StageReader implements StageDefinition {
  readonly name: string | undefined;
  readonly base: Text;
  readonly steps: (Text | undefined)[] = [];
  readonly #state: StageState;
  readonly #triggers: Instruction[] = [];

  constructor(from: Instruction, earlier: readonly StageReader[], globals: Globals, escapeCharacter: string) {
    const view = fromView(from);
    const image = globals.expand(view?.image.text ?? "");
    const parent: StageReader | undefined = stageNamed(earlier, image);
    const origin = { image: image === "scratch" ? undefined : image, key: digest("image", image) };
    this.name = view?.alias?.text.toLowerCase();
    this.base = `${globals.expand(view?.platform ?? "")} ${image}`;
    this.#state = parent ? parent.#state.child() : new StageState(origin, globals, escapeCharacter);
    for (const trigger of parent ? parent.#triggers : []) this.#define(trigger);
  }

  take(instruction: Instruction): void {
    this.#define(instruction);
    if (instruction.trigger) this.#triggers.push(instruction.trigger);
  }

  #define(instruction: Instruction): void {
    const state = this.#state;
    const before = instruction.keyword === "WORKDIR" ? undefined : definitionOf(instruction, state);
    state.apply(instruction);
    this.steps.push(instruction.keyword === "WORKDIR" ? `WORKDIR ${state.user} ${state.cwd}` : before);
  }
}

function definitionOf(instruction: Instruction, state: StageState): Text | undefined {
  switch (instruction.keyword) {
    case "RUN":
      return runOf(instruction, state);
    case "COPY":
    case "ADD":
      return copyOf(instruction, state);
    default:
      return undefined;
  }
}

function runOf(instruction: Instruction, state: StageState): Text {
  const { args, json, heredocs } = instruction;
  const command = json?.map(({ value }) => value) ?? [...state.shell.words, args.text];
  const texts = heredocs.map(({ name, content }) => `${name} ${content}`);
  return joined("RUN", [
    state.cwd,
    state.user,
    `${state.scope.digest}`,
    ...runFlagsOf(instruction, state),
    ...command,
    ...texts,
  ]);
}

/** Of a cache mount it counts only whether the cache is the one that its target names, and shared: exec.go, checkShouldClearCacheOpts. */
function runFlagsOf(instruction: Instruction, state: StageState): Text[] {
  const caches = mountsOf(instruction).filter(({ type }) => type === "cache");
  const others = instruction.flags.filter((flag) => !caches.some((mount) => mount.flag === flag));
  const expanded = ({ key, value }: MountOption) => `${key}=${value === undefined ? "" : state.expand(value)}`;
  const kept = caches.map(({ options, target }) => {
    const isUsual = options.every(
      ({ key, value = "" }) =>
        (key !== "id" || ["", target?.value].includes(state.expand(value))) &&
        (key !== "sharing" || value === "shared"),
    );
    const rest = options.filter(({ key }) => key !== "id" && key !== "sharing").map(expanded);
    return [isUsual ? "usual" : "other", ...rest].join(",");
  });
  return [...flagsOf(others, state), ...kept];
}

function copyOf(instruction: Instruction, state: StageState): Text | undefined {
  const view = copyView(instruction);
  if (!view) return undefined;
  const sources = view.sources.map(({ text, heredoc }) => {
    if (!heredoc) return state.expand(text);
    return `${heredoc.name} ${heredoc.expand ? state.expand(heredoc.content) : heredoc.content}`;
  });
  const written = state.expand(view.destination.text);
  const resolved = absolute(state.cwd, written) ?? joined("relative", [state.cwd, written]);
  const end = /(^|\/)\.{0,2}$/.test(written) ? "/" : "";
  return joined(instruction.keyword, [...flagsOf(instruction.flags, state), ...sources, resolved + end]);
}

function flagsOf(flags: Instruction["flags"], state: StageState): Text[] {
  return flags.map(({ name, value }) => `--${name}=${value === undefined ? "" : state.expand(value)}`).sort();
}

function joined(keyword: string, parts: readonly Text[]): Text {
  return [keyword, ...parts.map((part) => `${part.length}:${part}`)].join(" ");
}
