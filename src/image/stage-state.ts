import type { BaseConfig } from "../bases/index.ts";
import { expandWord, type Instruction, pairsView } from "../dockerfile/index.ts";
import { DEFAULT_SHELL, dialectOf, shellOptionsOf } from "../shell/index.ts";
import { type Digest, isKnown, type Text, unknownText } from "./digest.ts";
import { absolute } from "./paths.ts";
import { isPlatformArg, Scope } from "./scope.ts";
import type { Shell } from "./types.ts";
import { officialVariables } from "./workdir.ts";

/** What an ARG holds; undefined where it stays unset. `fallback` is its default. */
export type ArgumentPolicy = (name: string, fallback: Text | undefined) => Text | undefined;

/** ARGs before the first FROM. */
export class Globals {
  readonly #values = new Map<string, Text | undefined>();
  readonly #escape: string;
  readonly policy: ArgumentPolicy;

  constructor(escapeCharacter: string, policy: ArgumentPolicy) {
    this.#escape = escapeCharacter;
    this.policy = policy;
  }

  declare(instruction: Instruction): void {
    for (const { name, value } of pairsView(instruction)) {
      const fallback = value && this.expand(value.text);
      this.#values.set(name.text, this.policy(name.text, fallback));
    }
  }

  /** Undefined where it is not declared or unset. */
  get(name: string): Text | undefined {
    return this.#values.get(name);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** A word of FROM, or of a global ARG. */
  expand(raw: string): Text {
    const lookup = (name: string) =>
      this.#values.get(name) ?? (!this.#values.has(name) && isPlatformArg(name) ? unknownText("platform", name) : null);
    return expandWord(raw, lookup, this.#escape) ?? unknownText("expansion", raw);
  }
}

/** What a stage starts from. `key` stands for everything that is not known of it. */
export interface Origin {
  /** As FROM names it; undefined for scratch. */
  readonly image: Text | undefined;
  readonly key: Digest;
  /** The folder that it is taken to work in. */
  readonly workdir?: string | undefined;
  /** The user that it is taken to have. */
  readonly user?: string | undefined;
  /** What is known of it beside that, which goes before what it is taken for. */
  readonly config?: BaseConfig | undefined;
}

/** The environment of an image without a base: BuildKit, util/system/path.go, DefaultPathEnvUnix. */
const SCRATCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const beneathScratch = (name: string) => (name === "PATH" ? SCRATCH_PATH : null);

/** What instructions leave to those after them, files and config aside. Mutable. */
export class StageState {
  readonly origin: Origin;
  readonly scope: Scope;
  cwd: Text;
  user: Text;
  shell: Shell;
  /** False until a SHELL instruction. */
  isShellSet = false;
  readonly #escape: string;
  readonly #globals: Globals;

  constructor(origin: Origin, globals: Globals, escapeCharacter: string, parent?: StageState) {
    this.origin = origin;
    this.#globals = globals;
    this.#escape = escapeCharacter;
    const { image, key, config } = origin;
    const isKnownWhole = image === undefined || config !== undefined;
    // What is taken for granted goes with the folder that is.
    const official = origin.workdir === undefined ? undefined : officialVariables(image);
    this.scope = new Scope(isKnownWhole ? beneathScratch : (name) => official?.get(name), parent?.scope);
    if (!parent)
      for (const [name, value] of config?.env ?? [])
        this.scope.setEnv(name, value ?? unknownText("variable", key, name));
    const [cwd, user] = isKnownWhole ? [config?.cwd ?? "/", config?.user ?? ""] : [origin.workdir, origin.user];
    this.cwd = parent?.cwd ?? cwd ?? unknownText("cwd", key);
    this.user = parent?.user ?? user ?? unknownText("user", key);
    this.shell = parent?.shell ?? shellOf(image, config?.shell);
    this.isShellSet = parent?.isShellSet ?? false;
  }

  child(): StageState {
    return new StageState(this.origin, this.#globals, this.#escape, this);
  }

  /** A word as BuildKit expands it here. */
  expand(raw: string): Text {
    let isOpen = false;
    const lookup = (name: string) => {
      const value = this.scope.lookup(name);
      if (value !== undefined) return value;
      isOpen ||= asksWhetherSet(raw, name);
      return unknownText("variable", this.origin.key, name);
    };
    const expanded = expandWord(raw, lookup, this.#escape);
    if (expanded !== undefined && !isOpen) return expanded;
    return unknownText("expansion", raw, this.scope.digest, this.origin.key);
  }

  /** Names and values of an ENV or LABEL, values expanded with what was in force before the instruction. */
  pairs(instruction: Instruction): readonly (readonly [string, Text])[] {
    return pairsView(instruction).map(({ name, value }) => [this.expand(name.text), this.expand(value?.text ?? "")]);
  }

  apply(instruction: Instruction): void {
    switch (instruction.keyword) {
      case "ENV":
        for (const [name, value] of this.pairs(instruction)) this.scope.setEnv(name, value);
        break;
      case "ARG":
        this.#declare(instruction);
        break;
      case "WORKDIR": {
        const path = this.expand(instruction.args.text);
        this.cwd = absolute(isKnown(this.cwd) ? this.cwd : undefined, path) ?? unknownText("cwd", this.cwd, path);
        break;
      }
      case "USER":
        this.user = this.expand(instruction.args.text);
        break;
      case "SHELL":
        if (instruction.json) {
          this.isShellSet = true;
          this.shell = shellOf(
            this.origin.image,
            instruction.json.map(({ value }) => value),
          );
        }
    }
  }

  #declare(instruction: Instruction): void {
    for (const pair of pairsView(instruction)) {
      const name = pair.name.text;
      const own = pair.value && this.expand(pair.value.text);
      const value =
        own === undefined && this.#globals.has(name) ? this.#globals.get(name) : this.#globals.policy(name, own);
      if (value !== undefined) this.scope.setArg(name, value);
      else if (own === undefined && isPlatformArg(name)) this.scope.setArg(name, unknownText("platform", name));
    }
  }
}

/** Whether a word is one thing if the variable is set and another if not: `${NAME:+…}`, `${NAME-…}`. */
function asksWhetherSet(word: string, name: string): boolean {
  return new RegExp(`\\$\\{${name}:?[-+?]`).test(word);
}

function shellOf(image: Text | undefined, words: readonly string[] | undefined): Shell {
  return {
    dialect: dialectOf(image, words),
    options: shellOptionsOf(words),
    words: words ?? DEFAULT_SHELL,
  };
}
